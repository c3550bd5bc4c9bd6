import { describe, expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { cones } from "../../src/interlock/cones.ts";
import { estateOf } from "../../src/interlock/estate.ts";
import { project } from "../../src/interlock/projection.ts";
import { shapeOf } from "../../src/interlock/shape.ts";
import type { ApiSection, Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { change } from "../world/estate.ts";
import { storefront, storefrontApi } from "../world/storefront.ts";
import { CONVERGE, RETIRE, prepare, reconcile, world } from "../world/world.ts";

const wild: Manifest = {
  ...storefront,
  certificates: [
    { label: "wild", domains: [domainName("*.example.com")], keyAlgorithms: ["RSA_2048"], transparencyLogging: true },
  ],
};

/** A name like every other, but for what it and its APIs are called. */
const api = (label: string, part: Partial<ApiSection> = {}): ApiSection => ({
  ...storefrontApi,
  name: domainName(`${label}.example.com`),
  certificate: "wild",
  regions: storefrontApi.regions.map(({ region }, place) => ({
    region,
    mappings: [{ basePath: "v1", restApi: `${label.padEnd(9, "x").slice(0, 9)}${place}`, stage: "prod" }],
  })),
  ...part,
});

async function shapes(manifest: Manifest, before?: Manifest, options = CONVERGE) {
  const into = world();
  prepare(into, before ?? manifest);
  if (before !== undefined) expect((await reconcile(into, before)).outcome).toBe("converged");
  prepare(into, manifest);
  const { plan, proof, seen } = await look(manifest, options, into.ports);
  const estate = estateOf(seen.cloud, plan);
  const found = cones(plan, seen.cloud).map((cone) => shapeOf(cone, project(cone, estate)));
  return { plan, proof, found, into };
}

const different = (found: readonly (string | undefined)[]): number => new Set(found).size;

describe("names whose plans differ by what they are called", () => {
  test.each(["alpha", "b", "delete", "us", "name"])("alone and with %s: proved once", async (label) => {
    const one = await shapes({ ...wild, apis: [api("first")] });
    const two = await shapes({ ...wild, apis: [api("first"), api(label)] });
    expect(two.found).toHaveLength(2);
    expect(different(two.found)).toBe(1);
    expect(two.proof).toMatchObject({ safe: true, shapes: 1 });
    expect(two.proof?.safe === true && two.proof.states).toBe(one.proof?.safe === true && one.proof.states);
  });

  test("names that share a gate are proved once, however many they are: as they come, change and leave", async () => {
    const { regions, healthCheck } = api("first");
    if (healthCheck === undefined) throw new Error("no health check");
    const labels = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const sharing = (part: Partial<typeof healthCheck> = {}): Manifest => ({
      ...wild,
      apis: labels.map((label) => api(label, { regions, healthCheck: { ...healthCheck, ...part } })),
    });
    const options = { ...CONVERGE, lift: ["updatePercent"] } as const;
    const plans = [
      await shapes(sharing()),
      await shapes(sharing({ path: "/prod/other", intervalSeconds: 10 }), sharing(), options),
      await shapes(sharing({ gate: "own" }), sharing(), options),
      await shapes(sharing({ gate: "none" }), sharing(), options),
    ];
    for (const { found, proof } of plans) {
      expect(found).toHaveLength(labels.length);
      expect(different(found)).toBe(1);
      expect(proof).toMatchObject({ safe: true, shapes: 1 });
    }
  });

  test("in a standing estate, too: where the names are retired", async () => {
    const manifest = { ...wild, apis: [api("alpha"), api("beta"), api("gamma")] };
    const { found } = await shapes(manifest, manifest, RETIRE);
    expect(found).toHaveLength(3);
    expect(different(found)).toBe(1);
  });
});

describe("names whose plans differ otherwise are told apart", () => {
  test.each<[string, Partial<ApiSection>]>([
    ["fewer Regions", { regions: api("beta").regions.slice(0, 1) }],
    [
      "other Regions",
      { regions: api("beta").regions.map((each, place) => (place === 0 ? each : { ...each, region: "eu-west-1" })) },
    ],
    ["no health check", { healthCheck: undefined }],
    ["IPv6", { ipAddressType: "dualstack" }],
    [
      "one API in both Regions",
      { regions: api("beta").regions.map((each) => ({ ...each, mappings: api("beta").regions[0]?.mappings ?? [] })) },
    ],
  ])("%s", async (_what, part) => {
    const { found } = await shapes({ ...wild, apis: [api("alpha"), api("beta", part)] });
    expect(different(found)).toBe(2);
  });

  test.each(["gate", "prod"])("a label that means something elsewhere as well: %s", async (label) => {
    const { found } = await shapes({ ...wild, apis: [api("alpha"), api(label)] });
    expect(different(found)).toBe(2);
  });

  test("a Region's code as a label is not taken for a name", async () => {
    const { found } = await shapes({ ...wild, apis: [api("us-east-1"), api("us-west-2")] });
    expect(different(found)).toBe(2);
  });

  test("a marker whose digest is not that of the live record: only a hash tells, so the name is proved by itself", async () => {
    const manifest = { ...wild, apis: [api("alpha"), api("beta")] };
    const into = world();
    prepare(into, manifest);
    expect((await reconcile(into, manifest)).outcome).toBe("converged");
    const live = [...(into.emulator.cloud().accounts.get("111122223333")?.zones ?? [])]
      .flatMap((zone) => [...zone.recordSets])
      .find((each) => each.Type === "A" && each.Name.startsWith("alpha"));
    if (live?.AliasTarget === undefined) throw new Error("no record");
    const { HealthCheckId: _gone, ...edited } = live;
    change(into, [
      { Action: "DELETE", ResourceRecordSet: live },
      { Action: "CREATE", ResourceRecordSet: edited },
    ]);
    const { plan, seen } = await look(manifest, RETIRE, into.ports);
    const estate = estateOf(seen.cloud, plan);
    const found = cones(plan, seen.cloud).map((cone) => [
      cone.watched?.name,
      shapeOf(cone, project(cone, estate)) === undefined,
    ]);
    for (const [name, alone] of found) expect(alone).toBe(name === "alpha.example.com.");
  });
});

test("what is proved on the part of the estate that a name depends on is what holds in the whole", async () => {
  // The same verdict and the same states, whether other names stand beside it or not.
  const alone = await shapes(
    { ...wild, apis: [api("alpha", { healthCheck: undefined })] },
    { ...wild, apis: [api("alpha")] },
  );
  const others = [api("beta"), api("gamma")];
  const among = await shapes(
    { ...wild, apis: [api("alpha", { healthCheck: undefined }), ...others] },
    { ...wild, apis: [api("alpha"), ...others] },
  );
  expect(among.found.map((each) => each !== undefined)).toEqual([true]);
  const statesOf = ({ proof }: typeof alone): unknown => (proof?.safe === true ? proof.states : proof);
  expect(statesOf(among)).toBe(statesOf(alone));
});
