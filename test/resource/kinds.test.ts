import { expect, test } from "vitest";
import { kindOf, kinds } from "../../src/resource/kinds.ts";

test("every kind is found by its name, and names are unique", () => {
  expect(new Set(kinds.map((kind) => kind.name)).size).toBe(kinds.length);
  for (const kind of kinds) expect(kindOf(kind.name)).toBe(kind);
});

test("an unknown kind is a bug of ours", () => {
  expect(() => kindOf("load-balancer")).toThrow("no kind load-balancer");
});

test("kinds that are deleted through a marker belong to a name, and those that are ensured are never deleted through one", () => {
  for (const kind of kinds) {
    if (kind.condemnedAs !== undefined) expect(kind.owningName).toBeDefined();
    if (kind.ensured === true) expect(kind.condemnedAs).toBeUndefined();
  }
});
