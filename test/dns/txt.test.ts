import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTxt, parseTxt, quoteTxt, unquoteTxt } from "../../src/dns/txt.ts";

describe("quoteTxt", () => {
  test.each([
    ["plain", "v=spf1 -all", '"v=spf1 -all"'],
    ["empty", "", '""'],
    ["quote and backslash", 'a"b\\c', '"a\\"b\\\\c"'],
    ["outside ASCII, as UTF-8", "é", '"\\303\\251"'],
    ["256 octets are two strings", "x".repeat(256), `"${"x".repeat(255)}" "x"`],
  ])("%s", (_, text, expected) => {
    expect(quoteTxt(text)).toBe(expected);
  });

  test("unquote undoes quote", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
        expect(unquoteTxt(quoteTxt(text))).toBe(text);
      }),
    );
  });
});

describe("parseTxt", () => {
  test.each([
    ["strings are joined when read", '"a" "b"', "ab"],
    ["octal", '"\\101"', "A"],
    ["not quoted", "abc", undefined],
    ["no end", '"abc', undefined],
    ["text between strings", '"a" b "c"', undefined],
    ["no blank between strings", '"a""b"', undefined],
  ])("%s", (_, value, expected) => {
    expect(unquoteTxt(value)).toBe(expected);
  });

  test("strings stay apart", () => {
    expect(parseTxt('"a" "bc"')?.map((string) => string.length)).toEqual([1, 2]);
    expect(formatTxt(parseTxt('"\\141"   "b"') ?? [])).toBe('"a" "b"');
  });
});
