import { describe, expect, test } from "vitest";
import { accountOf } from "../src/cloud/edit.ts";
import { look } from "../src/pipeline.ts";
import { hasChanges } from "../src/plan/plan.ts";
import type { Address } from "../src/resource/address.ts";
import { answers, change, converged, edit, records } from "./world/estate.ts";
import { storefront } from "./world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world, writesSince } from "./world/world.ts";
import type { World } from "./world/world.ts";

const RECORD = "record-set/shop.example.com/A/storefront/us-east-1" as Address;

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

  test("AWS's validation records are its own making, not the model's: still one round", async () => {
    const mirrored = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value).replace(
          /_([0-9a-f]{32})\./gu,
          (_all, hex: string) => `_${hex.split("").toReversed().join("")}.`,
        ),
      );
    const into = world(undefined, (send) => async (call) => {
      const answer = await send({ ...call, input: mirrored(call.input) });
      return answer.ok === true ? { ...answer, output: mirrored(answer.output) } : answer;
    });
    prepare(into, storefront);
    const done = await reconcile(into, storefront);
    expect({ outcome: done.outcome, rounds: done.rounds }).toEqual({ outcome: "converged", rounds: 1 });
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
