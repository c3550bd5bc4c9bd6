import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { hasChanges } from "../../../src/plan/plan.ts";
import { look } from "../../../src/pipeline.ts";
import { CONVERGE, world } from "../../world/world.ts";
import { deletes, domain, drains, drops, isCall, publishes } from "./calls.ts";
import { withoutLastLook } from "./distortions.ts";
import { EAST, WEST, casts, expectMends, whole } from "./estates.ts";
import type { Cast } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion } from "./stage.ts";

// Counter-examples of the write protocol about how runs end, and about what must come before a removal.

describe("V18: east is going and wanted again, west stands and is not wanted", () => {
  /** A run with {west} dropped east and drained it, and was killed. */
  const goingEast = async ({ west, live }: Cast): Promise<Cloud> => {
    const on = stage(live, "going");
    await on.start("K", west);
    await on.past("K", drains(domain(EAST)));
    await on.kill("K");
    return on.into.emulator.cloud();
  };
  test.each(casts)("east comes to its end and stands again before west is dropped, %s", async (_what, cast) => {
    const on = stage(await goingEast(cast), "V18");
    await on.start("A", cast.east);
    expect((await on.rest("A"))?.outcome).toBe("converged");
    const at = (matches: (call: (typeof on.sent)[number]["call"]) => boolean): number =>
      on.sent.findIndex(({ call }) => matches(call));
    expect(at(deletes(EAST))).toBeGreaterThan(-1);
    expect(at(publishes(EAST))).toBeGreaterThan(at(deletes(EAST)));
    expect(at(drops(WEST))).toBeGreaterThan(at(publishes(EAST)));
    expect(on.watch.broken).toEqual([]);
    await expectMends(on.into.emulator.cloud(), cast.both, [cast.east, cast.both]);
  });
  test("killed after any of its calls, one more run with any manifest converges", async () => {
    const start = await goingEast(whole);
    for (let calls = 1; ; calls += 11) {
      const on = stage(start, `V18 ${String(calls)}`);
      let sent = 0;
      await on.start("A", whole.east);
      const killed = await on.upTo("A", () => sent++ === calls);
      if (killed === undefined) break;
      await on.kill("A");
      expect(on.watch.broken).toEqual([]);
      await expectMends(on.into.emulator.cloud(), whole.both, [whole.east, whole.both, whole.west]);
    }
  });
});

/** As many reads as A makes, the last of them the last look at the markers. */
const READS = await (async () => {
  const on = stage(whole.live, "V19 reads");
  await on.start("A", whole.both);
  await on.rest("A");
  return on.sent.length;
})();

describe("V19: A looks for the last time; B drops west and is killed; A ends", () => {
  const play = async ({ both, east, live }: Cast, calls: number, a?: Distortion): Promise<boolean> => {
    const on = stage(live, `V19 ${String(calls)}`);
    let sent = 0;
    await on.start("A", both, a);
    await on.upTo("A", () => sent++ === calls);
    await on.start("B", east);
    await on.past("B", drops(WEST));
    await on.kill("B");
    const done = await on.rest("A");
    expect(on.watch.broken).toEqual([]);
    const { plan } = await look(both, CONVERGE, world(on.into.emulator.cloud(), undefined, "V19 after").ports);
    return done?.outcome !== "converged" || !hasChanges(plan);
  };
  test("before each of A's reads: when it says converged, the estate is", async () => {
    for (let calls = 0; calls < READS; calls++)
      expect({ calls, held: await play(whole, calls) }).toEqual({ calls, held: true });
  });
  test("without the last look it says converged, and is not", async () =>
    expect(await play(whole, READS - 1, withoutLastLook)).toBe(false));
});

describe("F6: A wants both Regions, B only east: they undo each other", () => {
  test.each(casts)("one of them stops and says that it is contested, %s", async (_what, cast) => {
    const on = stage(cast.live, "F6");
    await on.start("B", cast.east);
    await on.past("B", drops(WEST));
    await on.start("A", cast.both);
    for (let times = 0; times < 12; times++) {
      await on.past("A", publishes(WEST));
      await on.past("B", drops(WEST));
    }
    const [a, b] = [await on.rest("A"), await on.rest("B")];
    const codes = [a, b].flatMap((each) => each?.diagnostics.map(({ code }) => code) ?? []);
    expect([a?.outcome, b?.outcome]).toContain("refused");
    expect(codes).toContain("CONTESTED");
    expect(on.sent.filter(({ call }) => isCall("CreateDomainName", WEST)(call)).length).toBeLessThanOrEqual(2);
    expect(on.watch.broken).toEqual([]);
    await expectMends(on.into.emulator.cloud(), cast.both, [cast.both, cast.east]);
  });
});
