import { expect, test } from "vitest";
import { kindOf, kinds } from "../../src/resource/kinds.ts";

test("every kind is found by its name, and names are unique", () => {
  expect(new Set(kinds.map((kind) => kind.name)).size).toBe(kinds.length);
  for (const kind of kinds) expect(kindOf(kind.name)).toBe(kind);
});

test("an unknown kind is a bug of ours", () => {
  expect(() => kindOf("load-balancer")).toThrow("no kind load-balancer");
});

test("what is deleted through a marker belongs to a name, and what is ensured is never deleted", () => {
  const throughMarker = kinds.filter((kind) => kind.condemnedAs !== undefined);
  expect(throughMarker.map((kind) => kind.name)).toEqual(["api-domain", "health-check", "check-user", "edge-endpoint"]);
  expect(throughMarker.filter((kind) => kind.owningName === undefined || kind.ensured === true)).toEqual([]);
});
