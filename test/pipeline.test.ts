import { describe, expect, test } from "vitest";
import type { RecordSet } from "../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../src/cloud/edit.ts";
import { domainName } from "../src/dns/domain-name.ts";
import { look } from "../src/pipeline.ts";
import { hasChanges } from "../src/plan/plan.ts";
import type { Address } from "../src/resource/address.ts";
import { foreignOf } from "./property/strangers.ts";
import { storefront, withApi, storefrontApi } from "./world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "./world/world.ts";
import type { World } from "./world/world.ts";

const RECORD = "record-set/shop.example.com/A/storefront/us-east-1" as Address;

async function converged(): Promise<World> {
  const into = world();
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into;
}

const records = (into: World): readonly RecordSet[] =>
  [...accountOf(into.emulator.cloud(), ACCOUNT).zones].flatMap((zone) => [...zone.recordSets]);

const answers = (into: World): readonly RecordSet[] => records(into).filter((record) => record.Type === "A");

function change(
  into: World,
  changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[],
): void {
  const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
  const input = { HostedZoneId: zone?.id, ChangeBatch: { Changes: changes } };
  const outcome = into.emulator.call({
    account: ACCOUNT,
    region: "us-east-1",
    service: "route53",
    operation: "ChangeResourceRecordSets",
    input,
  });
  if (!outcome.ok) throw new Error(outcome.fault.message);
}

/** Somebody turns target health evaluation on, in the console. */
function edit(into: World): void {
  const [old] = answers(into);
  if (old?.AliasTarget === undefined) throw new Error("nothing to edit");
  change(into, [
    { Action: "DELETE", ResourceRecordSet: old },
    {
      Action: "CREATE",
      ResourceRecordSet: { ...old, AliasTarget: { ...old.AliasTarget, EvaluateTargetHealth: true } },
    },
  ]);
}

describe("the main job", () => {
  test("from empty to a converged estate, in 12 writes and one round", async () => {
    const into = world();
    prepare(into, storefront);
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, writes: done.writes, rounds: done.rounds }).toEqual({
      outcome: "converged",
      writes: 12,
      rounds: 1,
    });
    expect(answers(into).map((record) => record.SetIdentifier)).toEqual([
      "storefront/us-east-1",
      "storefront/us-west-2",
    ]);
    const checks = [...accountOf(into.emulator.cloud(), ACCOUNT).healthChecks].map((check) => check.HealthCheckConfig);
    expect(checks.filter((config) => config.Type === "HTTPS_STR_MATCH")).toMatchObject([
      { ResourcePath: "/prod/healthcheck", SearchString: "ok", RequestInterval: 30, FailureThreshold: 2 },
      { ResourcePath: "/prod/healthcheck", SearchString: "ok", RequestInterval: 30, FailureThreshold: 2 },
    ]);
    expect(checks.map((config) => config.FullyQualifiedDomainName)).not.toContain("shop.example.com");
    expect(records(into).filter((record) => record.Type === "CNAME")).toHaveLength(1);
  });

  test("run again, it has nothing to do and writes nothing", async () => {
    const into = await converged();
    const from = into.log.length;
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
    expect(writesSince(into, from)).toEqual([]);
  });

  test("reconcile, destroy, reconcile: burnt references and remembered tokens are no obstacle", async () => {
    const into = await converged();
    expect((await reconcile(into, storefront, RETIRE)).outcome).toBe("converged");
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
    expect(hasChanges((await look(storefront, CONVERGE, into.ports)).plan)).toBe(false);
    const references = [...accountOf(into.emulator.cloud(), ACCOUNT).healthChecks].map((check) =>
      check.CallerReference.split(".").at(-1),
    );
    expect(references).toEqual(["2", "2", "2", "2"]);
  });

  test("destroy leaves nothing of ours but the validation record, and everything foreign as it was", async () => {
    const into = world();
    prepare(into, storefront);
    change(into, [
      {
        Action: "CREATE",
        ResourceRecordSet: { Name: "www.example.com.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
      },
    ]);
    await reconcile(into, storefront);
    const foreign = foreignOf(into.emulator.cloud());
    expect((await reconcile(into, storefront, RETIRE)).outcome).toBe("converged");
    expect(records(into).map((record) => `${record.Type} ${record.Name.replace(/^_[0-9a-f]{32}/u, "_x")}`)).toEqual([
      "NS example.com.",
      "SOA example.com.",
      "CNAME _x.shop.example.com.",
      "A www.example.com.",
    ]);
    const account = accountOf(into.emulator.cloud(), ACCOUNT);
    expect(account.healthChecks.size).toBe(0);
    for (const region of account.regions) expect([region.certificates.size, region.domains.size]).toEqual([0, 0]);
    expect(foreign).toContain("www.example.com");
  });

  test("what records pointed to goes only after its drain: 900 s after the change was INSYNC", async () => {
    const into = await converged();
    const from = into.log.length;
    await reconcile(into, storefront, RETIRE);
    const calls = into.log.slice(from);
    const dropped = calls.find(({ call }) => call.operation === "ChangeResourceRecordSets");
    const deleted = calls.find(({ call }) => call.operation === "DeleteDomainName");
    expect((deleted?.answer.at ?? 0) - (dropped?.answer.at ?? 0)).toBeGreaterThanOrEqual(930_000);
  });
});

describe("an edit by hand", () => {
  test("plan names the field, reconcile leaves it, --overwrite mends it", async () => {
    const into = await converged();
    edit(into);
    const seen = await look(storefront, CONVERGE, into.ports);
    expect(seen.plan.steps).toEqual([]);
    expect(seen.plan.held).toMatchObject([
      { address: RECORD, differences: [{ field: "aliasTarget.evaluateTargetHealth", before: "true", after: "false" }] },
    ]);
    const from = into.log.length;
    expect((await reconcile(into, storefront)).outcome).toBe("refused");
    expect(writesSince(into, from)).toEqual([]);
    expect((await reconcile(into, storefront, { overwrite: [RECORD] })).outcome).toBe("converged");
    expect(answers(into).map((record) => record.AliasTarget?.EvaluateTargetHealth)).toEqual([false, false]);
  });

  test("--accept-live keeps it, and later runs do not ask again", async () => {
    const into = await converged();
    edit(into);
    expect((await reconcile(into, storefront, { acceptLive: [RECORD] })).outcome).toBe("converged");
    expect(answers(into).map((record) => record.AliasTarget?.EvaluateTargetHealth)).toEqual([true, false]);
    expect(hasChanges((await look(storefront, CONVERGE, into.ports)).plan)).toBe(false);
  });

  test("a record deleted by hand is held, and put back with --overwrite", async () => {
    const into = await converged();
    const [old] = answers(into);
    if (old !== undefined) change(into, [{ Action: "DELETE", ResourceRecordSet: old }]);
    const { plan } = await look(storefront, CONVERGE, into.ports);
    expect(plan.held).toMatchObject([{ address: RECORD, differences: [{ field: "record", before: "(deleted)" }] }]);
    expect((await reconcile(into, storefront, { overwrite: [RECORD] })).outcome).toBe("converged");
    expect(answers(into)).toHaveLength(2);
  });
});

describe("what is refused before the first write", () => {
  const foreign: readonly (readonly [string, RecordSet, string])[] = [
    [
      "an A record",
      { Name: "shop.example.com.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] },
      "FOREIGN_IN_THE_WAY",
    ],
    [
      "a CNAME",
      { Name: "shop.example.com.", Type: "CNAME", TTL: 60, ResourceRecords: [{ Value: "elsewhere.test." }] },
      "FOREIGN_IN_THE_WAY",
    ],
    [
      "another manifest's marker",
      {
        Name: "_signalbox.shop.example.com.",
        Type: "TXT",
        TTL: 60,
        ResourceRecords: [{ Value: '"signalbox v=1 manifest=other scope=zzzzzz generation=1 nonce=n ttl=60"' }],
      },
      "NAME_OWNED_ELSEWHERE",
    ],
    [
      "a marker that cannot be read",
      { Name: "_signalbox.shop.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"signalbox v=9"' }] },
      "MARKER_UNREADABLE",
    ],
  ];
  test.each(foreign)("%s in the way", async (_what, record, code) => {
    const into = world();
    prepare(into, storefront);
    change(into, [{ Action: "CREATE", ResourceRecordSet: record }]);
    const from = into.log.length;
    const done = await reconcile(into, storefront);
    expect(done.outcome).toBe("refused");
    expect(done.diagnostics.map((each) => each.code)).toContain(code);
    expect(writesSince(into, from)).toEqual([]);
  });

  test("a REST API, a stage or a zone that does not exist", async () => {
    const into = world();
    expect((await look(storefront, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "ZONE_NOT_FOUND",
    );
    prepare(into, storefront);
    const missing = withApi({
      regions: [{ region: "us-east-1", mappings: [{ basePath: "v1", restApi: "nothere000", stage: "prod" }] }],
    });
    expect((await look(missing, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "API_NOT_FOUND",
    );
    const stage = withApi({
      regions: [{ region: "us-east-1", mappings: [{ basePath: "v1", restApi: "2wkt1cxxxx", stage: "beta" }] }],
    });
    expect((await look(stage, CONVERGE, into.ports)).plan.diagnostics.map((each) => each.code)).toContain(
      "STAGE_NOT_FOUND",
    );
  });

  test("credentials of another account", async () => {
    const into = world();
    prepare(into, storefront);
    const { plan } = await look({ ...storefront, account: "999999999999" }, CONVERGE, into.ports);
    expect(plan.diagnostics.map((each) => each.code)).toEqual(["WRONG_ACCOUNT"]);
  });

  test("two Regions of a name removed at once, unless the limit is lifted", async () => {
    const three = [
      ...storefrontApi.regions,
      { region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "eu00000000", stage: "prod" }] },
    ];
    const into = world();
    prepare(into, withApi({ regions: three }));
    await reconcile(into, withApi({ regions: three }));
    const one = withApi({ regions: three.slice(2) });
    expect((await reconcile(into, one)).diagnostics.map((each) => each.code)).toContain("LIMIT_EXCEEDED");
    expect(answers(into)).toHaveLength(3);
    expect((await reconcile(into, one, { lift: ["regionsRemovedPerRun"] })).outcome).toBe("converged");
    expect(answers(into).map((record) => record.Region)).toEqual(["eu-west-1"]);
  });
});

describe("what a look costs", () => {
  /** Foreign records, so that the zone has three pages of 300. */
  function crowd(into: World, count: number): void {
    for (let start = 0; start < count; start += 400) {
      const some = Array.from(
        { length: Math.min(400, count - start) },
        (_each, index) => `n${String(start + index)}.example.com.`,
      );
      change(
        into,
        some.map((Name) => ({
          Action: "CREATE",
          ResourceRecordSet: { Name, Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"x"' }] },
        })),
      );
    }
  }

  test("by the page, and nothing per record", async () => {
    const into = await converged();
    crowd(into, 700);
    const from = into.log.length;
    const { plan } = await look(storefront, CONVERGE, into.ports);
    expect(hasChanges(plan)).toBe(false);
    const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
    const counts: Record<string, number> = {};
    for (const { call } of into.log.slice(from)) counts[call.operation] = (counts[call.operation] ?? 0) + 1;
    expect(counts).toEqual({
      GetCallerIdentity: 1,
      ListHostedZonesByName: 1,
      ListResourceRecordSets: Math.ceil((zone?.recordSets.size ?? 0) / 300),
      ListHealthChecks: 1,
      ListCertificates: 2,
      GetResources: 2,
      GetDomainNames: 2,
      GetBasePathMappings: 2,
    });
    expect(counts["ListResourceRecordSets"]).toBe(3);
  });
});

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
    ["other tags", { ...storefront, tags: { team: "checkout" } }],
    ["retired", { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] }],
  ];
  test.each(cases)("%s: converges, and nothing of ours is left over", async (_what, changed) => {
    const into = await converged();
    prepare(into, changed);
    const done = await reconcile(into, changed, { lift: ["deletePercent"] });
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
});
