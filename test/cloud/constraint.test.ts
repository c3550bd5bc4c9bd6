import { describe, expect, test } from "vitest";
import { constraintFault, memberName } from "../../src/cloud/constraint.ts";
import type { ServiceConstraints } from "../../src/cloud/constraint.ts";
import { call } from "./world.ts";

const constraints: ServiceConstraints = {
  code: "InvalidInput",
  operations: {
    Make: {
      Name: { min: 2, max: 4, pattern: /[a-z]+/ },
      TTL: { min: 0, max: 10 },
      Kind: { values: ["A", "B"] },
      Data: { max: 2 },
      Items: { min: 1, max: 2, each: { members: { Key: { max: 1 } } } },
      Tags: { max: 1, each: { max: 1 } },
      Config: { members: { Inner: { members: { Deep: { min: 1 } } } } },
    },
  },
};
const of = (input: unknown, operation = "Make") => constraintFault(constraints, call("route53", operation, input));

describe("kept", () => {
  test.each<[string, unknown]>([
    ["nothing given", {}],
    ["no input at all", undefined],
    ["members without constraint", { Other: "x".repeat(100), toString: "x" }],
    ["absent members", { Name: undefined, TTL: null }],
    [
      "on the bounds",
      { Name: "abcd", TTL: 10, Items: [{ Key: "k" }], Tags: { a: "b" }, Config: { Inner: { Deep: "x" } } },
    ],
    ["characters count, not code units", { Tags: { a: "\u{1f600}" } }],
  ])("%s", (_, input) => expect(of(input)).toBeUndefined());

  test("operations without constraints", () => {
    expect(of({ Name: "" }, "Other")).toBeUndefined();
    expect(of({ Name: "" }, "toString")).toBeUndefined();
  });
});

describe("broken", () => {
  test.each<[string, unknown, string]>([
    [
      "too short",
      { Name: "a" },
      "Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "too long",
      { Name: "abcde" },
      "Value 'abcde' at 'name' failed to satisfy constraint: Member must have length less than or equal to 4",
    ],
    [
      "too small",
      { TTL: -1 },
      "Value '-1' at 'tTL' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      "too great",
      { TTL: 11 },
      "Value '11' at 'tTL' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
    [
      "no such value",
      { Kind: "C" },
      "Value 'C' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      "pattern",
      { Name: "ab1" },
      "Value 'ab1' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      "an item",
      { Items: [{ Key: "k" }, { Key: "kk" }] },
      "Value 'kk' at 'items.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      "too many items",
      { Items: [{}, {}, {}] },
      "Value '[{},{},{}]' at 'items' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a value of a map",
      { Tags: { a: "bb" } },
      "Value 'bb' at 'tags.a.member' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      "deep inside",
      { Config: { Inner: { Deep: "" } } },
      "Value '' at 'config.inner.deep' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])("%s", (_, input, message) => {
    expect(of(input)).toEqual({
      code: "InvalidInput",
      message: `1 validation error detected: ${message}`,
      status: 400,
    });
  });

  test("bytes are counted", () => {
    expect(of({ Data: new Uint8Array(3) })?.message).toContain("length less than or equal to 2");
    expect(of({ Data: new Uint8Array(2) })).toBeUndefined();
  });

  test("everything is told at once", () => {
    expect(of({ Name: "1", TTL: -1 })?.message).toMatch(
      /^3 validation errors detected: Value '1' at 'name' .*; Value '1' at 'name' .*; Value '-1' at 'tTL' /,
    );
  });
});

test.each([
  ["IdempotencyToken", "idempotencyToken"],
  ["TTL", "tTL"],
  ["VPCId", "vPCId"],
  ["domainName", "domainName"],
])("%s is written %s", (name, written) => expect(memberName(name)).toBe(written));
