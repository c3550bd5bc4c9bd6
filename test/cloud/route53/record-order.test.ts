import { describe, expect, test } from "vitest";
import type { RecordSet } from "../../../src/cloud/cloud.ts";
import { nameKeyPrefix, recordKey, subtreeKeyPrefix, typeKeyPrefix } from "../../../src/cloud/route53/record-order.ts";

type Row = [name: string, type: RecordSet["Type"], identifier?: string];

describe("recordKey sorts as AWS lists", () => {
  test.each<[string, Row[]]>([
    [
      "the apex before what is below",
      [
        ["example.com.", "SOA"],
        ["a.example.com.", "A"],
      ],
    ],
    [
      "a hyphen before the dot",
      [
        ["a-b.example.com.", "A"],
        ["a.example.com.", "A"],
        ["b.a.example.com.", "A"],
      ],
    ],
    [
      "a longer label after the dot",
      [
        ["a.example.com.", "A"],
        ["z.a.example.com.", "A"],
        ["a0.example.com.", "A"],
      ],
    ],
    [
      "the wildcard as \\052, after the digits",
      [
        ["1.example.com.", "A"],
        ["\\052.example.com.", "A"],
        ["_x.example.com.", "A"],
        ["a.example.com.", "A"],
      ],
    ],
    [
      "then the type",
      [
        ["a.example.com.", "A"],
        ["a.example.com.", "AAAA"],
        ["a.example.com.", "MX"],
        ["a.example.com.", "TXT"],
      ],
    ],
    [
      "then the identifier",
      [
        ["a.example.com.", "A", "x"],
        ["a.example.com.", "A", "y"],
        ["a.example.com.", "AAAA", "a"],
      ],
    ],
    [
      "the zone's name decides first",
      [
        ["z.example.com.", "A"],
        ["a.example.net.", "A"],
      ],
    ],
  ])("%s", (_, rows) => {
    const keys = rows.map(([Name, Type, identifier]) =>
      recordKey({ Name, Type, ...(identifier === undefined ? {} : { SetIdentifier: identifier }) }),
    );
    expect(keys).toEqual([...keys].toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("prefixes", () => {
  const key = (Name: string, Type: RecordSet["Type"]): string => recordKey({ Name, Type });
  test.each([
    ["the name itself", key("a.example.com.", "A"), nameKeyPrefix("a.example.com."), true],
    ["not what is below", key("b.a.example.com.", "A"), nameKeyPrefix("a.example.com."), false],
    ["not a longer label", key("a-b.example.com.", "A"), nameKeyPrefix("a.example.com."), false],
    ["either form of a wildcard", key("\\052.example.com.", "A"), nameKeyPrefix("*.example.com."), true],
    ["the type", key("a.example.com.", "A"), typeKeyPrefix("a.example.com.", "A"), true],
    ["not a longer type", key("a.example.com.", "AAAA"), typeKeyPrefix("a.example.com.", "A"), false],
    ["the subtree", key("b.a.example.com.", "A"), subtreeKeyPrefix("a.example.com."), true],
    ["not a sibling", key("ab.example.com.", "A"), subtreeKeyPrefix("a.example.com."), false],
  ])("%s", (_, found, prefix, expected) => {
    expect(found.startsWith(prefix)).toBe(expected);
  });
});
