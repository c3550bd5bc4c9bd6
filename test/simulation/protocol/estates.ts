import { expect } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import type { ApiSection, Manifest } from "../../../src/manifest/manifest.ts";
import { look } from "../../../src/pipeline.ts";
import { hasChanges } from "../../../src/plan/plan.ts";
import { storefront, storefrontApi, withApi } from "../../world/storefront.ts";
import { CONVERGE, prepare, reconcile, world } from "../../world/world.ts";
import { census } from "../estate.ts";

/** The manifests of the counter-examples: {r1, r2}, {r1} and {r2}. */
export const EAST = "us-east-1";
export const WEST = "us-west-2";

/** A cast of manifests, and the estates that they begin from. */
export interface Cast {
  readonly both: Manifest;
  readonly east: Manifest;
  readonly west: Manifest;
  /** {r1, r2} stands. */
  readonly live: Cloud;
  /** {r2} stands, and r1 was in service once: its tomb makes every run look there. */
  readonly eastGone: Cloud;
}

/** The estate after whole runs with these manifests, one after the other. */
export async function after(...manifests: readonly Manifest[]): Promise<Cloud> {
  const into = world(undefined, undefined, "before");
  prepare(into, storefront);
  for (const manifest of manifests) expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

async function cast(section: Partial<ApiSection>): Promise<Cast> {
  const [both, east, west] = [
    withApi(section),
    withApi({ ...section, regions: storefrontApi.regions.slice(0, 1) }),
    withApi({ ...section, regions: storefrontApi.regions.slice(1) }),
  ];
  return { both, east, west, live: await after(both), eastGone: await after(both, west) };
}

/** With health checks and gates, as the product is used. */
export const whole = await cast({});
/** As in the model that was checked: endpoints only. */
export const bare = await cast({ healthCheck: undefined });
export const casts: readonly (readonly [string, Cast])[] = [
  ["with health checks", whole],
  ["endpoints only", bare],
];

const wanted = new Map<Manifest, unknown>();

/** I3 and I4: one more run, alone, with any of the manifests, makes the estate what that manifest says. */
export async function expectMends(from: Cloud, start: Manifest, manifests: readonly Manifest[]): Promise<void> {
  for (const [index, manifest] of manifests.entries()) {
    const straight = wanted.get(manifest) ?? census(await after(start, manifest));
    wanted.set(manifest, straight);
    const into = world(from, undefined, `mended ${String(index)}`);
    const done = await reconcile(into, manifest);
    expect({ index, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    expect(census(into.emulator.cloud())).toEqual(straight);
    expect(hasChanges((await look(manifest, CONVERGE, into.ports)).plan)).toBe(false);
  }
}
