import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { aliasTargetExists } from "../../src/interlock/invariants/alias-target-exists.ts";
import { healthyRegionStays } from "../../src/interlock/invariants/healthy-region-stays.ts";
import { nameKeepsAnswering } from "../../src/interlock/invariants/name-keeps-answering.ts";
import { regionsRemoved } from "../../src/interlock/invariants/regions-removed.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import { prove } from "../../src/interlock/prove.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import type { Change } from "../../src/resource/kind.ts";
import { endpointOf } from "../../src/resource/record-endpoint.ts";
import { recordChanges } from "../../src/resource/record-switch.ts";
import type { RecordSwitchSpec } from "../../src/resource/record-switch.ts";
import { ROUTINGS, cname, exchanged, failover, latency, simple, simpleWest, weighted } from "../world/routings.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import { SHOP, STRICT } from "./estates.ts";

async function after(manifest: Manifest): Promise<Cloud> {
  const into = world();
  for (const each of ROUTINGS) prepare(into, each);
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

const zoneIn = (cloud: Cloud) => {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  return zone;
};

const answers = (cloud: Cloud): readonly RecordSet[] =>
  [...zoneIn(cloud).recordSets].filter((record) => endpointOf(record) !== undefined);

function without(cloud: Cloud, records: readonly RecordSet[]): Cloud {
  const zone = zoneIn(cloud);
  const recordSets = records.reduce((all, record) => all.delete(recordKey(record)), zone.recordSets);
  return withZone(cloud, ACCOUNT, { ...zone, recordSets });
}

const from = (baseline: Cloud, cloud: Cloud): Reachable => ({
  cloud,
  baseline,
  account: ACCOUNT,
  owner: { manifest: "storefront", scope: "7f3k9q" },
  policy: STRICT,
  names: [{ name: SHOP, zone: { ...zoneIn(cloud), account: ACCOUNT }, retired: false }],
  held: [],
});

/** The checks of a Region's endpoint fail, for good. */
function sick(cloud: Cloud, region: string): Cloud {
  const of = accountOf(cloud, ACCOUNT);
  let { healthChecks } = of;
  for (const check of of.healthChecks)
    if (check.HealthCheckConfig.FullyQualifiedDomainName?.includes(`.${region}.`) === true)
      healthChecks = healthChecks.set(check.Id, {
        ...check,
        HealthCheckConfig: { ...check.HealthCheckConfig, Inverted: true, Disabled: true },
      });
  return withAccount(cloud, { ...of, healthChecks });
}

/** A plan's switch taken apart: a step for each of its record sets, in this order. */
function apart(plan: Plan): Plan {
  const steps = plan.steps.flatMap((step): readonly Step[] => {
    if (step.kind !== "record-switch") return [step];
    return recordChanges(step.change as Change<RecordSwitchSpec>).map((change) => {
      const action = change.after === undefined ? "delete" : change.before === undefined ? "create" : "update";
      return {
        ...step,
        id: `${action} ${change.address}`,
        kind: "record-set",
        action,
        address: change.address,
        change,
      };
    });
  });
  const ids = new Set(steps.map(({ id }) => id));
  return { ...plan, steps: steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) })) };
}

const planned = async (start: Cloud, manifest: Manifest) => {
  const into = world(start, undefined, "interlock");
  const { plan, seen, proof } = await look(manifest, CONVERGE, into.ports);
  return { plan, cloud: seen.cloud, proof };
};

describe("a switch is proved as one call", () => {
  test.each([
    ["another policy", latency, weighted],
    ["another type", latency, cname],
    ["roles exchanged", failover, exchanged],
  ] as const)("%s: record by record AWS would refuse it", async (_what, was, is) => {
    const { plan, cloud, proof } = await planned(await after(was), is);
    expect(proof).toMatchObject({ safe: true });
    const { proof: taken } = prove(apart(plan), cloud, invariants, STRICT);
    expect(taken).toMatchObject({ safe: false, violation: { code: "REFUSED_BY_MODEL" } });
  });

  test("what the old records led to must stand until it is forgotten", async () => {
    const { plan, cloud } = await planned(await after(latency), simple);
    const hasty = plan.steps.filter(({ kind, action }) => kind !== "condemned" || action === "release");
    const ids = new Set(hasty.map(({ id }) => id));
    const steps = hasty.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }));
    const { proof } = prove({ ...plan, steps }, cloud, invariants, STRICT);
    expect(proof).toMatchObject({ safe: false });
  });
});

describe("LAST_HEALTHY_REGION by every policy", () => {
  test.each([
    ["weighted", weighted],
    ["failover", failover],
  ] as const)("%s: one that only answers when the others fail is a healthy Region, too", async (_what, manifest) => {
    const cloud = sick(await after(manifest), "us-east-1");
    const [east, west] = answers(cloud);
    if (east === undefined || west === undefined) throw new Error("two records");
    expect(healthyRegionStays.check(from(cloud, without(cloud, [east])))).toEqual([]);
    expect(healthyRegionStays.check(from(cloud, without(cloud, [west])))).toMatchObject([
      { code: "LAST_HEALTHY_REGION", viewpoint: "us-west-2" },
    ]);
  });

  test("the only record is not moved to a Region that is not healthy", async () => {
    const start = await after(latency);
    expect((await planned(start, simpleWest)).proof).toMatchObject({ safe: true });
    expect((await planned(sick(start, "us-west-2"), simpleWest)).proof).toMatchObject({
      safe: false,
      violation: { code: "LAST_HEALTHY_REGION", viewpoint: "us-east-1" },
    });
  });
});

describe("Regions, answers and targets, whatever the policy and the type", () => {
  test.each([
    ["weighted", weighted],
    ["failover", failover],
    ["CNAME", cname],
  ] as const)("%s", async (_what, manifest) => {
    const cloud = await after(manifest);
    const [east, west] = answers(cloud);
    if (east === undefined || west === undefined) throw new Error("two records");
    const none = { ...STRICT, regionsRemovedPerRun: 0 };
    expect(regionsRemoved.check({ ...from(cloud, cloud), policy: none })).toEqual([]);
    expect(regionsRemoved.check({ ...from(cloud, without(cloud, [west])), policy: none })).toMatchObject([
      { viewpoint: "us-west-2" },
    ]);
    expect(nameKeepsAnswering.check(from(cloud, without(cloud, [west])))).toEqual([]);
    expect(nameKeepsAnswering.check(from(cloud, without(cloud, [east, west])))).toMatchObject([
      { code: "NAME_GOES_DARK", viewpoint: undefined },
    ]);

    const state = regionOf(cloud, ACCOUNT, "us-west-2");
    const gone = withRegion(cloud, ACCOUNT, { ...state, domains: state.domains.delete(SHOP) });
    expect(aliasTargetExists.check(from(cloud, gone))).toMatchObject([
      { code: "TARGET_MISSING", viewpoint: "us-west-2" },
    ]);
    const held = [{ name: SHOP, record: west, until: cloud.now + MINUTE }];
    expect(aliasTargetExists.check(from(cloud, without(gone, [west])))).toEqual([]);
    expect(aliasTargetExists.check({ ...from(cloud, without(gone, [west])), held })).toHaveLength(1);
  });
});
