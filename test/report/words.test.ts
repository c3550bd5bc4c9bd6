import { describe, expect, test } from "vitest";
import { columns, count, cut, duration, elapsed, kindWords, list } from "../../src/report/words.ts";

const S = 1_000;
const M = 60 * S;

test.each([
  [0, "less than a second"],
  [40 * S, "about 40 s"],
  [89.2 * S, "about 90 s"],
  [90 * S, "about 2 min"],
  [22 * M, "about 22 min"],
  [60 * M, "about 60 min"],
  [90 * M, "about 1 h 30 min"],
  [120 * M, "about 2 h"],
])("a duration of %i ms", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test.each([
  [0, "T+00:00"],
  [-5, "T+00:00"],
  [330 * S, "T+05:30"],
  [59_999, "T+00:59"],
  [65 * M + 5 * S, "T+1:05:05"],
])("%i ms after the start", (milliseconds, words) => {
  expect(elapsed(milliseconds)).toBe(words);
});

describe("words", () => {
  test("counts", () =>
    expect([count(0, "call"), count(1, "call"), count(2, "call")]).toEqual(["0 calls", "1 call", "2 calls"]));
  test("kinds", () => expect([kindWords("record-set"), kindWords("api-domain")]).toEqual(["record set", "API domain"]));
  test("lists", () =>
    expect([list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]));
});

test.each([
  ["short", 10, "short"],
  ["exactly", 7, "exactly"],
  ["too long", 4, "too…"],
  ["none", 0, ""],
])("%s cut to %i", (text, width, expected) => {
  expect(cut(text, width)).toBe(expected);
});

test("columns are as wide as their widest cell, without blanks at the end", () => {
  expect(columns([["a", "b"], ["ccc", ""], ["d"]])).toEqual(["a    b", "ccc", "d"]);
});
