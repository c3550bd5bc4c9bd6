import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { LimitName, PlanOptions } from "../../src/plan/options.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planDigest } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { ACCOUNT, CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

const live = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, storefront);
  expect((await reconcile(into, storefront)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

const at = (start: Cloud = live): World => world(start, undefined, "plans");
const planOf = async (manifest: Manifest, options: Partial<PlanOptions> = {}, into = at()): Promise<Plan> =>
  (await look(manifest, { ...CONVERGE, ...options }, into.ports)).plan;

/** Steps without what identifies one live resource. */
const ids = (plan: Plan): readonly string[] =>
  plan.steps.map((step) => step.id.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, "ID").replace(/ arn:\S+/u, ""));

const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });

describe("the stations of a removal", () => {
  test("a Region: the record first, its own batch condemns; drained, deleted, and released when its certificate is gone", async () => {
    const plan = await planOf(east);
    expect(ids(plan)).toEqual([
      "delete record-set/shop.example.com/A/storefront/us-west-2",
      "drain condemned/shop.example.com/api-domain/us-west-2",
      "drain condemned/shop.example.com/health-check/ID",
      "drain condemned/shop.example.com/health-check/ID",
      "delete api-domain/us-west-2/shop.example.com",
      "delete gate/us-west-2/8h2jk1xxxx.execute-api.us-west-2.amazonaws.com/shop.example.com ID",
      "delete health-check/us-west-2/8h2jk1xxxx.execute-api.us-west-2.amazonaws.com/shop.example.com ID",
      "delete certificate/storefront/us-west-2/RSA_2048",
      "release condemned/shop.example.com/api-domain/us-west-2",
      "release condemned/shop.example.com/health-check/ID",
      "release condemned/shop.example.com/health-check/ID",
    ]);
  });

  test("what a batch does not condemn has a station of its own: a check below a gate that stays", async () => {
    const faster = withApi({
      healthCheck: {
        host: "api",
        path: "/prod/healthcheck",
        searchString: "ok",
        intervalSeconds: 10,
        failureThreshold: 2,
        gate: "shared",
      },
    });
    const plan = await planOf(faster);
    expect(ids(plan).filter((id) => id.startsWith("condemn "))).toHaveLength(2);
    const update = plan.steps.find((step) => step.id.startsWith("gate/"));
    const condemn = plan.steps.find((step) => step.action === "condemn");
    expect(condemn?.after).toContain(update?.id);
  });

  test("destroy: the marker goes last of all", async () => {
    const plan = await planOf(storefront, RETIRE);
    expect(ids(plan).at(-1)).toBe("delete marker/shop.example.com");
    const marker = plan.steps.at(-1);
    expect(marker?.after).toHaveLength(plan.steps.length - 1);
  });

  test("a name in neither apis nor retire is kept, and a warning says so", async () => {
    const plan = await planOf({ ...storefront, apis: [], certificates: [] });
    expect(plan.steps).toEqual([]);
    expect(plan.diagnostics).toMatchObject([{ code: "ORPHAN", severity: "warning", subject: "shop.example.com" }]);
  });
});

describe("something that was on its way out is wanted again", () => {
  /** A run that takes the Region away is killed right after its call number `kill` of an operation. */
  async function halfway(operation: string, times: number): Promise<World> {
    const into = world(live, undefined, "halfway");
    let left = times;
    const mortal: World = {
      ...into,
      ports: {
        ...into.ports,
        send: async (call) => {
          const answer = await into.ports.send(call);
          if (call.operation === operation && --left === 0) throw new Error("killed");
          return answer;
        },
      },
    };
    await expect(reconcile(mortal, east)).rejects.toThrow("killed");
    return into;
  }

  test("only condemned: it is published again, with new checks", async () => {
    const plan = await planOf(storefront, {}, await halfway("ChangeResourceRecordSets", 1));
    expect(ids(plan)).toContain("record-set/shop.example.com/A/storefront/us-west-2");
    expect(ids(plan)).not.toContain("delete api-domain/us-west-2/shop.example.com");
  });

  test("drained: it comes to its end in this round, and nothing else of the name is touched", async () => {
    const into = await halfway("ChangeResourceRecordSets", 2);
    expect(
      ids(await planOf(storefront, {}, into)).filter((id) => /us-west-2\/shop|api-domain|record-set/u.test(id)),
    ).toEqual([
      "drain condemned/shop.example.com/api-domain/us-west-2",
      "delete api-domain/us-west-2/shop.example.com",
      "release condemned/shop.example.com/api-domain/us-west-2",
    ]);
    expect((await reconcile(into, storefront)).outcome).toBe("converged");
  });

  test("drained, and the only Region wanted: the one that still answers stays until the new one stands", async () => {
    const west = withApi({ regions: storefrontApi.regions.slice(1) });
    const into = await halfway("ChangeResourceRecordSets", 2);
    expect(ids(await planOf(west, {}, into)).filter((id) => id.startsWith("delete record-set"))).toEqual([]);
    expect((await reconcile(into, west)).outcome).toBe("converged");
    expect(regionOf(into.emulator.cloud(), ACCOUNT, "us-east-1").domains.size).toBe(0);
  });
});

describe("limits", () => {
  const three = withApi({
    regions: [
      ...storefrontApi.regions,
      { region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "eu00000000", stage: "prod" }] },
    ],
  });
  const strict = { ...east, limits: { ...east.limits, regionsRemovedPerRun: 0 } };
  const retired: Manifest = {
    ...storefront,
    apis: [],
    certificates: [],
    retire: [domainName("shop.example.com")],
    limits: { ...storefront.limits, deleteMax: 1 },
  };
  const rows: readonly (readonly [string, Manifest, readonly LimitName[], readonly string[]])[] = [
    ["one Region fewer", east, [], []],
    ["more Regions fewer than allowed", strict, [], ["regionsRemovedPerRun"]],
    ["lifted", strict, ["regionsRemovedPerRun"], []],
    ["another limit lifted", strict, ["deleteMax"], ["regionsRemovedPerRun"]],
    ["more records of retired names than allowed", retired, [], ["deleteMax"]],
    ["one Region more is no removal", three, [], []],
  ];
  test.each(rows)("%s", async (_what, manifest, lift, exceeded) => {
    const into = at();
    prepare(into, manifest);
    const { diagnostics } = await planOf(manifest, { lift }, into);
    const named = diagnostics
      .filter((each) => each.code === "LIMIT_EXCEEDED")
      .map((each) => /limits\.(\w+)/u.exec(each.message)?.[1]);
    expect(named).toEqual(exceeded);
  });

  test("destroy is not limited: it was asked for by its own name", async () => {
    expect(
      (await planOf({ ...storefront, limits: { ...storefront.limits, deleteMax: 0 } }, RETIRE)).diagnostics,
    ).toEqual([]);
  });
});

describe("what was edited by hand", () => {
  const address = "record-set/shop.example.com/A/storefront/us-east-1" as Address;
  function edited(): World {
    const into = at();
    const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
    const record = [...(zone?.recordSets ?? [])].find((each) => each.Type === "A");
    const Changes = [
      { Action: "DELETE", ResourceRecordSet: record },
      {
        Action: "CREATE",
        ResourceRecordSet: { ...record, AliasTarget: { ...record?.AliasTarget, EvaluateTargetHealth: true } },
      },
    ];
    into.emulator.call({
      account: ACCOUNT,
      region: "us-east-1",
      service: "route53",
      operation: "ChangeResourceRecordSets",
      input: { HostedZoneId: zone?.id, ChangeBatch: { Changes } },
    });
    return into;
  }

  test("holds back all else of its name, and says so", async () => {
    const plan = await planOf(east, {}, edited());
    expect(plan.held.map((each) => each.address)).toEqual([address]);
    expect(plan.steps).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(["HELD_BACK"]);
  });

  test("decided, it does not", async () => {
    const plan = await planOf(east, { overwrite: [address] }, edited());
    expect(plan.held).toEqual([]);
    expect(ids(plan)).toContain(address);
  });

  test("a decision about what nobody edited is worth a word", async () => {
    expect((await planOf(storefront, { acceptLive: [address] })).diagnostics).toMatchObject([
      { code: "NOT_EDITED", subject: address },
    ]);
  });
});

test("two looks at one state make one plan, but for its time and nonce", async () => {
  const into = at();
  const [first, second] = [await planOf(east, {}, into), await planOf(east, {}, into)];
  const same = (plan: Plan): string =>
    planDigest({ ...(JSON.parse(JSON.stringify(plan).replaceAll(plan.nonce, "n")) as Plan), readAt: 0 });
  expect(same(first)).toBe(same(second));
  expect(planDigest(first)).not.toBe(planDigest(second));
});
