import { describe, expect, test } from "vitest";
import { caaAllows } from "../../../src/cloud/acm/caa.ts";
import { publicZones } from "../../../src/cloud/acm/public-dns.ts";
import type { RecordSet } from "../../../src/cloud/cloud.ts";
import { cname, name, withZones, world, zone } from "../world.ts";

const caa = (Name: string, ...values: string[]): RecordSet => ({
  Name,
  Type: "CAA",
  TTL: 300,
  ResourceRecords: values.map((Value) => ({ Value })),
});

const allows = (text: string, ...zones: ReturnType<typeof zone>[]): boolean =>
  caaAllows(name(text), publicZones(withZones(world(), ...zones)));

// Source: ACM guide "Configure a CAA record"; RFC 8659 §4.
describe("what CAA records at the name say", () => {
  test.each<[string, string[], boolean, boolean]>([
    ["nothing", [], true, true],
    ["amazon.com", ['0 issue "amazon.com"'], true, true],
    ["amazontrust.com", ['0 issue "amazontrust.com"'], true, true],
    ["awstrust.com", ['0 issue "awstrust.com"'], true, true],
    ["amazonaws.com", ['0 issue "amazonaws.com"'], true, true],
    ["another authority", ['0 issue "letsencrypt.org"'], false, false],
    ["Amazon among others", ['0 issue "letsencrypt.org"', '0 issue "amazon.com"'], true, true],
    ["nobody", ['0 issue ";"'], false, false],
    ["nobody, said by nothing", ['0 issue ""'], false, false],
    ["parameters after the name", ['0 issue "amazon.com; policy=ev"'], true, true],
    ["blanks and another case", ['0  ISSUE  " Amazon.Com ; a=b"'], true, true],
    ["no quotation marks", ["0 issue amazon.com"], true, true],
    ["a name that only ends like it", ['0 issue "notamazon.com"'], false, false],
    ["nobody may issue wildcards", ['0 issue "amazon.com"', '0 issuewild ";"'], true, false],
    ["only wildcards", ['0 issue ";"', '0 issuewild "amazon.com"'], false, true],
    ["wildcards by another authority, and no rule for names", ['0 issuewild "letsencrypt.org"'], true, false],
    ["only whom to tell", ['0 iodef "mailto:a@example.com"'], true, true],
    ["an unknown property", ['0 future "x"'], true, true],
    ["an unknown property that is critical", ['128 future "x"', '0 issue "amazon.com"'], false, false],
    ["a known property that is critical", ['128 issue "amazon.com"'], true, true],
    ["what is no CAA value", ["nonsense"], true, true],
  ])("%s", (_, values, plain, wildcard) => {
    const here = zone("example.com", values.length === 0 ? [] : [caa("example.com.", ...values)]);
    expect({ plain: allows("example.com", here), wildcard: allows("*.example.com", here) }).toEqual({
      plain,
      wildcard,
    });
  });
});

// Source: RFC 8659 §3.
describe("which CAA records count", () => {
  const denies = '0 issue ";"';
  const grants = '0 issue "amazon.com"';

  test.each<[string, string, ReturnType<typeof zone>[], boolean]>([
    ["those above", "a.b.example.com", [zone("example.com", [caa("example.com.", denies)])], false],
    [
      "the closest ones",
      "a.b.example.com",
      [zone("example.com", [caa("example.com.", denies), caa("b.example.com.", grants)])],
      true,
    ],
    [
      "the closest ones, though they only say whom to tell",
      "b.example.com",
      [zone("example.com", [caa("example.com.", denies), caa("b.example.com.", '0 iodef "mailto:a@b.c"')])],
      true,
    ],
    ["not those below", "example.com", [zone("example.com", [caa("a.example.com.", denies)])], true],
    ["of a wildcard those of its parent", "*.example.com", [zone("example.com", [caa("example.com.", denies)])], false],
    [
      "in the zone of the parent, too",
      "a.b.example.com",
      [zone("example.com", [caa("example.com.", denies)]), zone("b.example.com")],
      false,
    ],
    [
      "not those of a private zone",
      "example.com",
      [zone("example.com", [caa("example.com.", denies)], { private: true })],
      true,
    ],
    [
      "of a wildcard not those at the wildcard",
      "*.example.com",
      [zone("example.com", [caa("\\052.example.com.", denies)])],
      true,
    ],
    ["those that a wildcard gives", "a.example.com", [zone("example.com", [caa("\\052.example.com.", denies)])], false],
    ["not those of another name", "example.com", [zone("example.net", [caa("example.net.", denies)])], true],
    [
      "where a CNAME leads",
      "a.example.com",
      [
        zone("example.com", [cname("a.example.com.", "b.example.net"), caa("example.com.", grants)]),
        zone("example.net", [caa("b.example.net.", denies)]),
      ],
      false,
    ],
  ])("%s", (_, text, zones, expected) => expect(allows(text, ...zones)).toBe(expected));
});
