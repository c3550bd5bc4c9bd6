import { describe, expect, test } from "vitest";
import { accountOf, regionOf } from "../src/cloud/edit.ts";
import { domainName } from "../src/dns/domain-name.ts";
import { look } from "../src/pipeline.ts";
import { hasChanges } from "../src/plan/plan.ts";
import { answers, converged } from "./world/estate.ts";
import { storefront, storefrontApi, withApi } from "./world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "./world/world.ts";

describe("changes of a live service", () => {
  const cases: readonly (readonly [string, typeof storefront])[] = [
    [
      "another name in the certificate",
      {
        ...storefront,
        certificates: storefront.certificates.map((each) => ({
          ...each,
          domains: [...each.domains, domainName("more.example.com")],
        })),
      },
    ],
    [
      "another key algorithm",
      {
        ...storefront,
        certificates: storefront.certificates.map((each) => ({ ...each, keyAlgorithms: ["EC_prime256v1"] })),
      },
    ],
    [
      "another interval: the checks are replaced",
      withApi({
        healthCheck: {
          host: "api",
          path: "/prod/healthcheck",
          searchString: "ok",
          intervalSeconds: 10,
          failureThreshold: 2,
          gate: "shared",
        },
      }),
    ],
    [
      "another search string: in place",
      withApi({
        healthCheck: {
          host: "api",
          path: "/prod/healthcheck",
          searchString: "fine",
          intervalSeconds: 30,
          failureThreshold: 2,
          gate: "shared",
        },
      }),
    ],
    [
      "no gate",
      withApi({
        healthCheck: {
          host: "api",
          path: "/prod/healthcheck",
          searchString: "ok",
          intervalSeconds: 30,
          failureThreshold: 2,
          gate: "none",
        },
      }),
    ],
    ["no health check", withApi({ healthCheck: undefined })],
    ["another security policy", withApi({ securityPolicy: "TLS_1_0" })],
    ["dual stack", withApi({ ipAddressType: "dualstack" })],
    [
      "another API behind a Region",
      withApi({
        regions: storefrontApi.regions.map((each) => ({
          ...each,
          mappings: [{ basePath: "v1", restApi: "other00000", stage: "prod" }],
        })),
      }),
    ],
    [
      "another base path",
      withApi({
        regions: storefrontApi.regions.map((each) => ({
          ...each,
          mappings: each.mappings.map((mapping) => ({ ...mapping, basePath: "v2" })),
        })),
      }),
    ],
    ["one Region fewer", withApi({ regions: storefrontApi.regions.slice(0, 1) })],
    [
      "out of the public logs",
      { ...storefront, certificates: storefront.certificates.map((each) => ({ ...each, transparencyLogging: false })) },
    ],
    ["other tags", { ...storefront, tags: { team: "checkout" } }],
    ["retired", { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] }],
  ];
  test.each(cases)("%s: converges, and nothing of ours is left over", async (_what, changed) => {
    const into = await converged();
    prepare(into, changed);
    const done = await reconcile(into, changed, { lift: ["deletePercent", "clientClasses"] });
    expect({
      outcome: done.outcome,
      diagnostics: done.diagnostics,
      violation: done.look.proof?.safe === false ? done.look.proof.violation : undefined,
    }).toMatchObject({ outcome: "converged" });
    expect(hasChanges((await look(changed, CONVERGE, into.ports)).plan)).toBe(false);
    const { healthChecks, regions } = accountOf(into.emulator.cloud(), ACCOUNT);
    const used = new Set(
      answers(into).flatMap((record) => (record.HealthCheckId === undefined ? [] : [record.HealthCheckId])),
    );
    for (const check of healthChecks)
      if (check.HealthCheckConfig.Type !== "CALCULATED") continue;
      else expect(used).toContain(check.Id);
    for (const region of regions)
      expect(regionOf(into.emulator.cloud(), ACCOUNT, region.region).certificates.size).toBe(region.domains.size);
  });

  test("a Region is never published before its endpoint answers", async () => {
    const broken = world(
      undefined,
      (send) => async (call) =>
        call.service === "probe" && call.region === "us-west-2"
          ? { ok: false, fault: { code: "ProbeFailed", message: "no answer", status: 502 }, at: 0 }
          : send(call),
    );
    prepare(broken, storefront);
    const done = await reconcile(broken, storefront);
    expect(done.outcome).toBe("failed");
    expect(done.diagnostics.map((each) => each.code)).toContain("PROBE_FAILED");
    expect(answers(broken).map((record) => record.Region)).toEqual(["us-east-1"]);
  });

  test("a retired name that is gone is remarked upon", async () => {
    const into = await converged();
    const retired = { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] };
    const done = await reconcile(into, retired);
    expect(done.outcome).toBe("converged");
    expect(done.look.plan.diagnostics.map((each) => each.code)).toEqual(["RETIRED_AND_GONE"]);
  });
});
