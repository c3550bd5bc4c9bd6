import { describe, expect, test } from "vitest";
import { cnameLeadsTo, publicZones, valuesAt } from "../../../src/cloud/acm/public-dns.ts";
import { withZone } from "../../../src/cloud/edit.ts";
import { cname, name, withZones, world, zone } from "../world.ts";

const chain = (length: number) =>
  zone(
    "example.com",
    Array.from({ length }, (_, i) =>
      cname(`c${i}.example.com.`, i === length - 1 ? "end.net" : `c${i + 1}.example.com`),
    ),
  );
const leads = (...zones: ReturnType<typeof zone>[]) =>
  cnameLeadsTo(name("c0.example.com"), name("end.net"), publicZones(withZones(world(), ...zones)));

// Source: ACM guide "DNS validation".
describe("a chain of CNAMEs", () => {
  test.each([
    [1, true],
    [2, true],
    [5, true],
    [6, false],
  ])("of %i leads to its end: %s", (length, expected) => expect(leads(chain(length))).toBe(expected));

  test("that runs in a circle ends nowhere", () => {
    const circle = [cname("c0.example.com.", "c1.example.com"), cname("c1.example.com.", "c0.example.com")];
    expect(leads(zone("example.com", circle))).toBe(false);
  });

  test("goes through a wildcard", () => {
    expect(leads(zone("example.com", [cname("\\052.example.com.", "end.net")]))).toBe(true);
  });

  test("goes through every one of several records of one name", () => {
    const of = (SetIdentifier: string, value: string) => ({
      ...cname("c0.example.com.", value),
      SetIdentifier,
      Weight: 1,
    });
    expect(leads(zone("example.com", [of("a", "elsewhere.net"), of("b", "end.net")]))).toBe(true);
  });
});

test("zones of all accounts, private ones not", () => {
  const cloud = withZone(
    withZones(world(), zone("a.com"), zone("b.com", [], { private: true })),
    "999999999999",
    zone("a.com", [], { id: "ZOTHER" }),
  );
  expect([...publicZones(cloud)].map(([each, zones]) => [each, zones.length])).toEqual([["a.com.", 2]]);
});

test("values of another type are not values", () => {
  const zones = publicZones(withZones(world(), chain(2)));
  expect(valuesAt(name("c0.example.com"), "CNAME", zones)).toEqual(["c1.example.com"]);
  expect(valuesAt(name("c0.example.com"), "CAA", zones)).toEqual([]);
});
