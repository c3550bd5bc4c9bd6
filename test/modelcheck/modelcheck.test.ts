import { describe, expect, test } from "vitest";
import { asExpected } from "./case.ts";
import { CASES } from "./cases.ts";
import { converges, explore } from "./explore.ts";
import type { Model } from "./explore.ts";
import { layoutLike } from "./layout.ts";

// The write protocol at small bounds. Larger ones: npm run modelcheck.

const MAX_STATES = 200_000;
const quick = CASES.filter(({ size }) => size === "quick");

describe("the protocol holds", () => {
  const cases = quick.filter(({ kind }) => kind === "protocol");
  test.each(cases.map((each) => [`${each.model}: ${each.id}`, each] as const))("%s", (_name, each) => {
    const found = each.check(MAX_STATES);
    expect(found.finding).toBeUndefined();
    expect(found.truncated).toBe(false);
  });
});

describe("each rule is needed, and so is what is assumed of AWS", () => {
  const cases = quick.filter(({ kind }) => kind !== "protocol");
  test.each(cases.map((each) => [`${each.id}: ${each.says}`, each] as const))("%s", (_name, each) => {
    const found = each.check(MAX_STATES);
    expect(found.finding?.broken).toMatch(new RegExp(`^${each.breaks!}: `));
    expect(found.finding?.trace.length).toBeGreaterThan(0);
    expect(asExpected(each, found)).toBe(true);
  });
});

/** Two hands of a clock that go from 0 to `last`, and each back to 0 if it may. */
const clock = (last: number, round: boolean): Model<{ a: number; b: number }> => ({
  layout: layoutLike({ a: 0, b: 0 }),
  initial: () => [{ a: 0, b: 0 }],
  steps({ a, b }, emit) {
    if (a < last) emit(() => "a", { a: a + 1, b });
    if (b < last) emit(() => "b", { a, b: b + 1 });
    if (a === last && round) emit(() => "a again", { a: 0, b });
  },
  canonical() {},
  broken: ({ a, b }) => (a === 2 && b === 3 ? "X: two and three" : undefined),
});

describe("the checker itself", () => {
  test("visits every state once", () => {
    expect(explore({ ...clock(9, true), broken: () => undefined }, { maxStates: 1000 })).toEqual({
      states: 100,
      steps: 190,
      finding: undefined,
      truncated: false,
    });
  });

  test("finds a shortest way", () => {
    const { finding } = explore(clock(9, true), { maxStates: 1000 });
    expect(finding?.broken).toBe("X: two and three");
    expect(finding?.trace.toSorted()).toEqual(["a", "a", "b", "b", "b"]);
  });

  test("says when the bound was too small", () => {
    expect(explore({ ...clock(9, true), broken: () => undefined }, { maxStates: 20 }).truncated).toBe(true);
  });

  test("states that are canonically one are counted once", () => {
    const sorted: Model<{ a: number; b: number }> = {
      ...clock(9, false),
      canonical(state) {
        [state.a, state.b] = [Math.min(state.a, state.b), Math.max(state.a, state.b)];
      },
      broken: () => undefined,
    };
    expect(explore(sorted, { maxStates: 1000 }).states).toBe(55);
  });

  const ends = (last: number, round: boolean) => ({
    model: { ...clock(last, round), broken: () => undefined },
    wrong: ({ a, b }: { a: number; b: number }) => (a === last && b === last ? undefined : "X: too early"),
    describe: ({ a, b }: { a: number; b: number }) => `${String(a)}, ${String(b)}`,
  });

  test("follows every start to its right end", () => {
    expect(converges(ends(3, false), [{ a: 1, b: 2 }]).finding).toBeUndefined();
  });

  test("names the circle in which a run may go round", () => {
    expect(converges(ends(1, true), [{ a: 1, b: 1 }]).finding).toEqual({
      broken: "I5: may go on for ever",
      from: "1, 1",
      trace: ["again and again: a again", "again and again: a"],
    });
  });

  test("names the wrong end", () => {
    const early = { ...ends(2, false), wrong: () => "X: too early" };
    expect(converges(early, [{ a: 1, b: 2 }]).finding).toEqual({ broken: "X: too early", from: "1, 2", trace: ["a"] });
  });

  test("structs and lists go through bytes unchanged", () => {
    const state = {
      one: 7,
      list: [1, 2, 3],
      runs: [
        { x: 1, y: 2 },
        { x: 3, y: 255 },
      ],
    };
    const layout = layoutLike(state);
    const bytes = new Uint8Array(layout.size);
    layout.pack(state, bytes);
    expect([...bytes]).toEqual([7, 1, 2, 3, 1, 2, 3, 255]);
    expect(layout.unpack(bytes)).toEqual(state);
    const copy = layout.copy(state);
    copy.runs[0]!.x = 9;
    copy.list[0] = 9;
    expect(state.runs[0]!.x + state.list[0]!).toBe(2);
  });
});
