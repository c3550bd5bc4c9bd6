import { describe, expect, test } from "vitest";
import { accountOf } from "../../src/cloud/edit.ts";
import { ANY_ACCOUNT, withQuota } from "../../src/cloud/quotas.ts";
import type { QuotaKey } from "../../src/cloud/quotas.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { quotasSuffice } from "../../src/interlock/invariants/quotas-suffice.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

const NAMES = ["pay", "shop", "till"].map((label) => domainName(`${label}.example.com`));

/** Three names in one Region, each with a certificate and a check of its own. */
function three(intervalSeconds: 10 | 30, more: readonly string[] = []): Manifest {
  return {
    ...storefront,
    certificates: NAMES.map((name, place) => ({
      label: `c${String(place)}`,
      domains: [name, ...more.map((label) => domainName(`${label}.${name}`))],
      keyAlgorithms: ["RSA_2048"],
      transparencyLogging: true,
    })),
    apis: NAMES.map((name, place) => ({
      ...storefrontApi,
      name,
      certificate: `c${String(place)}`,
      healthCheck: {
        host: domainName(`${String(place)}.example.net`),
        path: "/",
        searchString: undefined,
        intervalSeconds,
        failureThreshold: 3,
        gate: "own",
      },
      regions: storefrontApi.regions.slice(0, 1),
    })),
  };
}

async function standing(): Promise<World> {
  const into = world();
  prepare(into, three(30));
  const done = await reconcile(into, three(30));
  expect({ outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
  return into;
}

/** As if AWS allowed so many, and the manifest said so. */
const allowed = (manifest: Manifest, key: QuotaKey, value: number): Manifest => ({
  ...manifest,
  quotas: [{ account: undefined, key, value }],
});

const limited = (cloud: Cloud, key: QuotaKey, value: number): Cloud => withQuota(cloud, ANY_ACCOUNT, key, value);

describe.each([
  ["health checks", "route53.healthChecks", three(10), 6, "CreateHealthCheck"],
  ["certificates", "acm.certificates", three(30, ["www"]), 3, "RequestCertificate"],
] as const)("%s are exchanged in waves", (_what, key, wanted, there, operation) => {
  test.each([
    [1, 3],
    [2, 2],
    [3, 1],
  ])("with room for %i, three in %i", async (room, waves) => {
    const into = world(limited((await standing()).emulator.cloud(), key, there + room), undefined, "later");
    const manifest = allowed(wanted, key, there + room);
    const { plan, proof } = await look(manifest, CONVERGE, into.ports);
    expect(proof).toMatchObject({ safe: true });
    const deep = new Map<string, number>();
    for (const { id, after, action, kind } of plan.steps) {
      const below = Math.max(0, ...after.map((each) => deep.get(each) ?? 0));
      deep.set(id, below + (action === "create" && (kind === "health-check" || kind === "certificate") ? 1 : 0));
    }
    expect(Math.max(...deep.values())).toBe(waves);
    const done = await reconcile(into, manifest);
    expect(done).toMatchObject({ outcome: "converged", rounds: 1 });
    const made = into.log.filter(({ call, answer }) => call.operation === operation && answer.ok === true);
    expect(made).toHaveLength(3);
  });

  test("with no room there is nothing to begin with, and the numbers are told", async () => {
    const into = await standing();
    const { proof } = await look(allowed(wanted, key, there), CONVERGE, into.ports);
    expect(proof).toMatchObject({ safe: false, violation: { code: "QUOTA_TOO_SMALL" } });
    const message = proof?.safe === false ? proof.violation.message : "";
    expect(message).toContain(`${String(there + 3)} `);
    expect(message).toContain(
      `, and ${String(there + 1)} in waves; there are ${String(there)}, and the quota is ${String(there)}.`,
    );
  });
});

describe("what is made within a time counts too", () => {
  test.each([
    ["route53.healthChecksPerDay", three(10), "9 health checks made within 24 hours"],
    ["acm.requestsPerYear", three(30, ["www"]), "6 certificates requested within 365 days, in us-east-1"],
  ] as const)("%s", async (key, wanted, words) => {
    const into = await standing();
    const enough = key === "acm.requestsPerYear" ? 6 : 9;
    const cloud = into.emulator.cloud();
    expect(accountOf(cloud, ACCOUNT).healthChecks.size).toBe(6);
    const { plan } = await look(wanted, CONVERGE, into.ports);
    expect(quotasSuffice.adds(plan, limited(cloud, key, enough))).toEqual([]);
    const [violation] = quotasSuffice.adds(plan, limited(cloud, key, enough - 1));
    expect(violation).toMatchObject({ code: "QUOTA_TOO_SMALL" });
    expect(violation?.message).toContain(words);
  });
});
