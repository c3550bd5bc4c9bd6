import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withRegion } from "../../src/cloud/edit.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import { prove } from "../../src/interlock/prove.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import { look } from "../../src/pipeline.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { LIFTED, STRICT } from "./estates.ts";
import { NETWORK, twoAccounts } from "../world/two-accounts.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

// Records and checks are in one account, endpoints and certificates in the other: the proof looks at both.

async function standing(): Promise<World> {
  const into = world();
  prepare(into, twoAccounts);
  expect((await reconcile(into, twoAccounts)).outcome).toBe("converged");
  return into;
}

const api = twoAccounts.apis[0];
if (api === undefined) throw new Error("no API");
const eastOnly: Manifest = { ...twoAccounts, apis: [{ ...api, regions: api.regions.slice(0, 1) }] };

describe("a faulty plan is refused", () => {
  test("NAME_GOES_DARK: its records go, in the other account", async () => {
    const into = await standing();
    const { plan, seen } = await look(twoAccounts, RETIRE, into.ports);
    expect(prove({ ...plan, retired: [] }, seen.cloud, invariants, LIFTED).proof).toMatchObject({
      safe: false,
      violation: { code: "NAME_GOES_DARK", name: api.name },
    });
  });

  test("PLAN_CANNOT_FINISH: an endpoint cannot go while a record of the other account leads there", async () => {
    const into = await standing();
    const { plan, seen } = await look(eastOnly, { ...CONVERGE, lift: ["deletePercent"] }, into.ports);
    const steps = plan.steps.filter((step) => step.kind === "api-domain" || step.kind === "condemned");
    const ids = new Set(steps.map((step) => step.id));
    const alone = steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }));
    expect(prove(plan, seen.cloud, invariants, LIFTED).proof).toMatchObject({ safe: true });
    expect(prove({ ...plan, steps: alone }, seen.cloud, invariants, LIFTED).proof).toMatchObject({
      safe: false,
      violation: { code: "PLAN_CANNOT_FINISH" },
    });
  });
});

describe("a state is looked at in both accounts", () => {
  async function state(change: (cloud: Cloud) => Cloud): Promise<readonly string[]> {
    const baseline = (await standing()).emulator.cloud();
    const [zone] = accountOf(baseline, NETWORK).zones;
    if (zone === undefined) throw new Error("no zone");
    const names = [{ name: api?.name ?? zone.name, zone: { ...zone, account: NETWORK }, retired: false }];
    const owner = { manifest: twoAccounts.name, scope: twoAccounts.scopeId };
    const of = { account: ACCOUNT, owner, policy: STRICT };
    const at: Reachable = { ...of, cloud: change(baseline), baseline, names, held: [] };
    return invariants.flatMap((each) => each.check?.(at) ?? []).map(({ code }) => code);
  }
  const region = api.regions[0]?.region ?? "";

  test("nothing is wrong", async () => {
    expect(await state((cloud) => cloud)).toEqual([]);
  });

  test("TARGET_MISSING: the endpoint is gone", async () => {
    const without = (cloud: Cloud): Cloud => {
      const there = regionOf(cloud, ACCOUNT, region);
      return withRegion(cloud, ACCOUNT, { ...there, domains: there.domains.delete(api.name) });
    };
    expect(await state(without)).toEqual(["TARGET_MISSING"]);
  });

  test("CERTIFICATE_DOES_NOT_COVER: its certificate has expired", async () => {
    const expired = (cloud: Cloud): Cloud => {
      const there = regionOf(cloud, ACCOUNT, region);
      let { certificates } = there;
      for (const each of there.certificates) certificates = certificates.set(each.arn, { ...each, status: "EXPIRED" });
      return withRegion(cloud, ACCOUNT, { ...there, certificates });
    };
    expect(await state(expired)).toEqual(["CERTIFICATE_DOES_NOT_COVER"]);
  });
});
