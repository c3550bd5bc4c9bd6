import { describe, expect, test } from "vitest";
import { tagSafe } from "../../src/resource/address.ts";
import type { Address } from "../../src/resource/address.ts";
import { isOurs, missingTags, ownerTags, shortHash } from "../../src/resource/ownership.ts";
import { owner } from "./clouds.ts";

describe("ours is what carries our manifest and our scope", () => {
  const tags = ownerTags(owner, "api-domain/us-east-1/*.example.com" as Address);
  const rows: readonly (readonly [string, Record<string, string> | undefined, boolean])[] = [
    ["both", { ...tags }, true],
    ["both, and others", { ...tags, team: "payments" }, true],
    ["another scope", { ...tags, "signalbox:scope": "other" }, false],
    ["another manifest", { ...tags, "signalbox:manifest": "other" }, false],
    ["none", {}, false],
    ["tags that were not read", undefined, false],
  ];
  test.each(rows)("%s", (_what, live, expected) => expect(isOurs(live, owner)).toBe(expected));

  test("an asterisk has no place in a tag", () => {
    expect(tags["signalbox:address"]).toBe("api-domain/us-east-1/_wildcard.example.com");
    expect(tagSafe("a")).toBe("a");
  });
});

test("missing tags: those absent or different, never the other way round", () => {
  expect(missingTags({ a: "1", b: "2", c: "3" }, { a: "1", b: "x", theirs: "y" })).toEqual({ b: "2", c: "3" });
  expect(missingTags({ a: "1" }, undefined)).toEqual({ a: "1" });
});

test("a short hash is of the length asked for, and differs with its text", () => {
  expect(shortHash("a", 20)).toMatch(/^[0-9a-f]{20}$/u);
  expect(shortHash("a", 20)).not.toBe(shortHash("b", 20));
});
