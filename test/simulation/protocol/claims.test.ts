import { describe, expect, test } from "vitest";
import { publishes, takesDown } from "./calls.ts";
import { unsigned } from "./distortions.ts";
import { WEST, bare, casts, expectMends } from "./estates.ts";
import type { Cast } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion, Stage } from "./stage.ts";

// Counter-examples of the write protocol about deletions by name: one that is late must not take what was made anew.

const MISSING = expect.stringMatching(/^I2 /u) as string;

/** The estate afterwards is mended by any manifest. */
async function mended(on: Stage, { both, east }: Cast): Promise<void> {
  await expectMends(on.into.emulator.cloud(), both, [both, east]);
}

describe("V7: A and B both see west drained; A deletes it, makes it anew and publishes it; B's DELETE lands", () => {
  const play = async (cast: Cast, b?: Distortion): Promise<readonly string[]> => {
    const on = stage(cast.live, "V7");
    await on.start("B", cast.east, b);
    expect(await on.upTo("B", takesDown(WEST))).toBeDefined();
    await on.start("A", cast.both);
    expect(await on.past("A", publishes(WEST))).toBeDefined();
    await on.past("B", takesDown(WEST));
    if (b !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await mended(on, cast);
    return on.watch.broken;
  };
  test.each(casts)("AWS refuses a deletion that was signed too long ago, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("one that is signed when it is sent takes the new endpoint", async () =>
    expect(await play(bare, unsigned)).toContainEqual(MISSING));
});

describe("V8: B claims west and is killed with its DELETE on the way; A takes over, deletes, makes anew and publishes", () => {
  const play = async (cast: Cast, b?: Distortion): Promise<readonly string[]> => {
    const on = stage(cast.live, "V8");
    await on.start("B", cast.east, b);
    expect(await on.upTo("B", takesDown(WEST))).toBeDefined();
    const land = await on.killWithRequestOnItsWay("B");
    await on.start("A", cast.both);
    expect(await on.past("A", publishes(WEST))).toBeDefined();
    expect(land().ok).toBe(b !== undefined);
    if (b !== undefined) return on.watch.broken;
    expect((await on.rest("A"))?.outcome).toBe("converged");
    await mended(on, cast);
    return on.watch.broken;
  };
  test.each(casts)("the claim's time is over before another deletes, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("a claim without a date for its request does not help", async () =>
    expect(await play(bare, unsigned)).toContainEqual(MISSING));
});

describe("V9: A's DELETE of west is not answered and still on its way; A goes on, makes west anew, and the DELETE lands", () => {
  const play = async (cast: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(cast.live, "V9");
    await on.start("B", cast.east);
    await on.upTo("B", takesDown(WEST));
    await on.kill("B"); // it never sends it
    await on.start("A", cast.both, a);
    expect(await on.upTo("A", takesDown(WEST))).toBeDefined();
    const land = await on.lose("A", "late");
    expect(await on.past("A", publishes(WEST))).toBeDefined();
    land();
    if (a !== undefined) return on.watch.broken;
    expect((await on.rest("A"))?.outcome).toBe("converged");
    const sent = on.sent.filter(({ call }) => takesDown(WEST)(call)).map(({ call }) => JSON.stringify(call));
    expect(new Set(sent).size).toBe(sent.length); // none was sent again
    await mended(on, cast);
    return on.watch.broken;
  };
  test.each(casts)(
    "no request is sent twice, and the next claim waits for the end of the first, %s",
    async (_what, cast) => expect(await play(cast)).toEqual([]),
  );
  test("a request without a date lands on what was made anew", async () =>
    expect(await play(bare, unsigned)).toContainEqual(MISSING));
});
