import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import type { Address } from "../../src/resource/address.ts";
import { change } from "../world/estate.ts";
import {
  ROUTINGS,
  cname,
  exchanged,
  failover,
  latency,
  moved,
  otherSecondary,
  reweighted,
  simple,
  simpleWest,
  three,
  weighted,
} from "../world/routings.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

async function after(manifest: Manifest): Promise<Cloud> {
  const into = world();
  for (const each of ROUTINGS) prepare(into, each);
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

const seen = async (into: World, manifest: Manifest, options: Partial<PlanOptions> = {}) =>
  look(manifest, { ...CONVERGE, ...options }, into.ports);

const between = async (from: Manifest, to: Manifest, options: Partial<PlanOptions> = {}) =>
  seen(world(await after(from), undefined, "switch"), to, options);

const SWITCH = "update record-switch/shop.example.com";

describe("what can only be changed together is one step, and nothing else is", () => {
  const alone = (region: string): string => `update record-set/shop.example.com/A/storefront/${region}`;
  const cases: readonly (readonly [string, Manifest, Manifest, readonly string[]])[] = [
    ["another policy", latency, weighted, [SWITCH]],
    ["another type", latency, cname, [SWITCH]],
    ["roles exchanged", failover, exchanged, [SWITCH]],
    ["another secondary", failover, otherSecondary, [SWITCH]],
    ["another policy, and another Region", latency, moved, [SWITCH]],
    ["from one record", simple, latency, [SWITCH]],
    ["other weights", weighted, reweighted, [alone("us-east-1")]],
    ["one record that leads to another Region", simple, simpleWest, ["update record-set/shop.example.com/A"]],
    ["a Region more by the same policy", latency, three, ["create record-set/shop.example.com/A/storefront/eu-west-1"]],
  ];
  test.each(cases)("%s", async (_what, from, to, wanted) => {
    const { plan, proof } = await between(from, to);
    const records = plan.steps.filter(({ kind }) => kind.startsWith("record-"));
    expect(records.map(({ action, address }) => `${action} ${address}`)).toEqual(wanted);
    expect(proof).toMatchObject({ safe: true });
  });
});

test("a switch comes after all else that the name gets, and before all that goes", async () => {
  const { plan } = await between(latency, moved);
  const place = plan.steps.findIndex(({ kind }) => kind === "record-switch");
  const kinds = (from: number, to?: number): readonly string[] =>
    plan.steps.slice(from, to).flatMap(({ kind, action }) => (action === "settle" ? [] : [`${action} ${kind}`]));
  expect(new Set(kinds(0, place))).toEqual(
    new Set([
      "create certificate",
      "create api-domain",
      "create base-path-mapping",
      "create health-check",
      "probe endpoint-probe",
    ]),
  );
  expect(new Set(kinds(place + 1))).toEqual(
    new Set(["drain condemned", "delete api-domain", "delete health-check", "delete certificate", "release condemned"]),
  );
  const before = new Set(plan.steps[place]?.after);
  for (const { id, kind, action } of plan.steps.slice(0, place))
    if (kind === "endpoint-probe" || (kind === "health-check" && action === "create")) expect(before).toContain(id);
});

/** Five names like the storefront, so that percentages count; `count` of them by weight. */
function five(count: number): Manifest {
  const names = ["a", "b", "c", "d", "e"].map((label) => domainName(`${label}.shop.example.com`));
  const check = storefrontApi.healthCheck;
  const weights = weighted.apis[0]?.routing;
  if (check === undefined || weights === undefined) throw new Error("the storefront has a check");
  const apis = names.map((name, index) => ({
    ...storefrontApi,
    name,
    healthCheck: { ...check, gate: "own" as const },
    routing: index < count ? weights : storefrontApi.routing,
  }));
  return { ...storefront, apis };
}

describe("limits", () => {
  const exceeded = async (from: Manifest, to: Manifest, options: Partial<PlanOptions> = {}) =>
    (await between(from, to, options)).plan.diagnostics.flatMap(({ code, message }) =>
      code === "LIMIT_EXCEEDED" ? [/limits\.(\w+)/u.exec(message)?.[1]] : [],
    );
  const strict = (manifest: Manifest): Manifest => ({
    ...manifest,
    limits: { ...manifest.limits, regionsRemovedPerRun: 0 },
  });

  test("each record set that is switched is one update", async () => {
    expect(await exceeded(five(0), five(1))).toEqual([]);
    expect(await exceeded(five(0), five(2))).toEqual(["updatePercent"]);
    expect(await exceeded(five(0), five(2), { lift: ["updatePercent"] })).toEqual([]);
  });

  test("a Region that goes with a switch counts as removed, and not as updated", async () => {
    expect(await exceeded(latency, simple)).toEqual([]);
    expect(await exceeded(latency, strict(simple))).toEqual(["regionsRemovedPerRun"]);
    expect(await exceeded(three, simple)).toEqual(["regionsRemovedPerRun"]);
  });

  test("so does the Region that a name's only record leaves", async () => {
    expect(await exceeded(simple, strict(simpleWest))).toEqual(["regionsRemovedPerRun"]);
    expect((await between(simple, strict(simpleWest), { lift: ["regionsRemovedPerRun"] })).proof).toMatchObject({
      safe: true,
    });
  });
});

const addresses = (into: World): readonly RecordSet[] =>
  [...accountOf(into.emulator.cloud(), ACCOUNT).zones].flatMap((zone) =>
    [...zone.recordSets].filter(({ Type }) => Type === "A"),
  );

describe("edits by hand", () => {
  test("a switch waits for the decision, and overwrites what was edited, verbatim", async () => {
    const into = world(await after(weighted), undefined, "edited");
    const [old] = addresses(into);
    if (old === undefined) throw new Error("no record");
    change(into, [
      { Action: "DELETE", ResourceRecordSet: old },
      { Action: "CREATE", ResourceRecordSet: { ...old, Weight: 42 } },
    ]);
    const { plan } = await seen(into, latency);
    expect(plan.steps).toEqual([]);
    expect(plan.held.map(({ diagnostic }) => diagnostic.code)).toEqual(["EDITED_BY_HAND"]);
    const overwrite = ["record-set/shop.example.com/A/storefront/us-east-1" as Address];
    expect((await reconcile(into, latency, { overwrite })).outcome).toBe("converged");
    expect(addresses(into).map(({ Region, Weight }) => [Region, Weight])).toEqual([
      ["us-east-1", undefined],
      ["us-west-2", undefined],
    ]);
  });

  test("one record cannot be kept by the old policy beside the others by the new one", async () => {
    const into = world(await after(weighted), undefined, "kept");
    const [old] = addresses(into);
    if (old === undefined) throw new Error("no record");
    change(into, [
      { Action: "DELETE", ResourceRecordSet: old },
      { Action: "CREATE", ResourceRecordSet: { ...old, Weight: 42 } },
    ]);
    const acceptLive = ["record-set/shop.example.com/A/storefront/us-east-1" as Address];
    const { proof } = await seen(into, latency, { acceptLive });
    expect(proof).toMatchObject({ safe: false, violation: { code: "REFUSED_BY_MODEL" } });
  });
});

test("what is foreign at the name is in the way of a CNAME", async () => {
  const into = world(await after(latency), undefined, "foreign");
  const record = {
    Name: "shop.example.com.",
    Type: "TXT",
    TTL: 60,
    ResourceRecords: [{ Value: '"v=spf1 -all"' }],
  } as const;
  change(into, [{ Action: "CREATE", ResourceRecordSet: record }]);
  const { plan } = await seen(into, cname);
  expect(plan.diagnostics.map(({ code }) => code)).toContain("FOREIGN_IN_THE_WAY");
  expect((await seen(into, weighted)).plan.diagnostics).toEqual([]);
});
