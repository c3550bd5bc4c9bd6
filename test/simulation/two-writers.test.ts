import { afterAll, describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { Done } from "../world/world.ts";
import { answersIn, broken, census } from "./estate.ts";
import { player, turns } from "./turns.ts";

/** Raise it (WRITERS_SEEDS=500) for a longer look. */
const SEEDS = Number(process.env["WRITERS_SEEDS"] ?? 20);

const both = storefront;
const east = withApi({ regions: storefrontApi.regions.slice(0, 1) });
const west = withApi({ regions: storefrontApi.regions.slice(1) });

const live = await (async (): Promise<Cloud> => {
  const into = world();
  prepare(into, both);
  expect((await reconcile(into, both)).outcome).toBe("converged");
  return into.emulator.cloud();
})();

const empty = ((): Cloud => {
  const into = world();
  prepare(into, both);
  return into.emulator.cloud();
})();

const aloneWith = async (manifest: Manifest): Promise<unknown> => {
  const into = world(live, undefined, "alone");
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return census(into.emulator.cloud());
};

/** Why runs stopped: contested, the last Region refused, a certificate that was still needed taken away. */
const reasons: Record<string, number> = {};
const outcomes: Record<string, Record<string, number>> = {};

async function contend(
  start: Cloud,
  manifests: readonly Manifest[],
  seed: number,
): Promise<{ after: Cloud; done: readonly Done[]; dark: readonly string[] }> {
  const into = world(start, undefined, `writers ${String(seed)}`);
  const names = manifests.map((_each, index) => `w${String(index)}`);
  const order = turns(names, seed);
  const dark: string[] = [];
  let answered = false;
  let calls = 0;
  const check = (): void => {
    calls++;
    const cloud = into.emulator.cloud();
    const answers = answersIn(cloud).length;
    if (answered && answers === 0) dark.push(`call ${String(calls)}: no answer`);
    answered ||= answers > 0;
    dark.push(...broken(cloud).map((problem) => `call ${String(calls)}: ${problem}`));
  };
  const running = manifests.map(async (manifest, index) => {
    const who = names[index] ?? "";
    try {
      return await reconcile(player(into, order, who, check), manifest);
    } finally {
      order.leave(who);
    }
  });
  const done = await Promise.all(running);
  return { after: into.emulator.cloud(), done, dark };
}

const pairs: readonly (readonly [string, Cloud, readonly [Manifest, Manifest]])[] = [
  ["both Regions and east, on a live estate", live, [both, east]],
  ["both Regions and west, on a live estate", live, [both, west]],
  ["east and west, on a live estate", live, [east, west]],
  ["both Regions and east, from nothing", empty, [both, east]],
  ["the same manifest twice, from nothing", empty, [both, both]],
];

describe.each(pairs)("%s", (what, start, manifests) => {
  test(`${String(SEEDS)} interleavings: nothing goes dark, and one more run of either mends all`, async () => {
    const tally: Record<string, number> = {};
    outcomes[what] = tally;
    const wanted = await Promise.all(manifests.map(aloneWith));
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { after, done, dark } = await contend(start, manifests, seed);
      expect({ seed, dark }).toEqual({ seed, dark: [] });
      for (const each of done) {
        tally[each.outcome] = (tally[each.outcome] ?? 0) + 1;
        if (each.outcome === "converged") continue;
        const { proof } = each.look;
        const codes = [
          ...each.diagnostics.map(({ code }) => code),
          ...(proof?.safe === false ? [proof.violation.code] : []),
        ];
        for (const code of codes) reasons[code] = (reasons[code] ?? 0) + 1;
        expect(["refused", "failed"], `seed ${String(seed)}: ${codes.join(" ")}`).toContain(each.outcome);
        expect(codes).not.toEqual([]);
      }
      // From nothing, a run may leave a target in a Region that only the other manifest names: the one that names all mends it.
      const last = start === empty ? 0 : seed % 2;
      const into = world(after, undefined, `after ${String(seed)}`);
      const manifest = manifests[last] ?? both;
      const mended = await reconcile(into, manifest);
      expect({ seed, outcome: mended.outcome, diagnostics: mended.diagnostics }).toMatchObject({
        outcome: "converged",
      });
      expect(census(into.emulator.cloud()), `seed ${String(seed)}`).toEqual(wanted[last]);
      expect(hasChanges((await look(manifest, CONVERGE, into.ports)).plan)).toBe(false);
    }
  });
});

afterAll(() => {
  console.table(outcomes);
  console.table(reasons);
});
