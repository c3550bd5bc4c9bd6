import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  display,
  domainName,
  escapeForRoute53,
  isWithin,
  labels,
  parent,
  parseDomainName,
  wildcardBase,
} from "../../src/dns/domain-name.ts";

const label63 = "a".repeat(63);

describe("parseDomainName", () => {
  test.each([
    ["adds the dot", "example.com", "example.com."],
    ["keeps the dot", "example.com.", "example.com."],
    ["lower case", "Shop.EXAMPLE.com", "shop.example.com."],
    ["decodes the wildcard", "\\052.example.com.", "*.example.com."],
    ["plain wildcard", "*.example.com", "*.example.com."],
    ["wildcard below the first label", "a.*.example.com", "a.*.example.com."],
    ["underscores", "_acme.example.com", "_acme.example.com."],
    ["escaped letters", "\\101bc.example.com", "abc.example.com."],
    ["an escaped dot stays one label", "a\\056b.example.com", "a\\056b.example.com."],
    ["an escaped blank stays escaped", "a\\040b.example.com", "a\\040b.example.com."],
    ["63 octets", `${label63}.com`, `${label63}.com.`],
    ["an escape is one octet", `${"a".repeat(62)}\\056.com`, `${"a".repeat(62)}\\056.com.`],
    ["255 octets", `${`${label63}.`.repeat(3)}${"a".repeat(61)}.`, `${`${label63}.`.repeat(3)}${"a".repeat(61)}.`],
  ])("%s", (_, text, expected) => {
    expect(parseDomainName(text)).toEqual({ ok: true, name: expected });
  });

  test.each([
    ["empty", "", /empty/],
    ["the root", ".", /empty/],
    ["empty label", "a..com", /empty label/],
    ["leading dot", ".example.com", /empty label/],
    ["64 octets", `${label63}a.com`, /64 octets/],
    ["256 octets", `${`${label63}.`.repeat(3)}${"a".repeat(62)}.`, /256 octets/],
    ["part of a label is a star", "*a.example.com", /not a whole label/],
    ["blank", "a b.example.com", /cannot hold/],
    ["half an escape", "a\\05.example.com", /cannot hold/],
    ["not ASCII, with the way out", "bücher.example", /xn--bcher-kva\.example/],
  ])("refuses %s", (_, text, problem) => {
    const parsed = parseDomainName(text);
    expect(parsed.ok ? "" : parsed.problem).toMatch(problem);
  });

  test("domainName throws what parse refuses", () => {
    expect(() => domainName("a..b")).toThrow(/empty label/);
  });
});

describe("parts of a name", () => {
  const name = domainName("*.shop.example.com");
  test("display, labels, parent, wildcardBase", () => {
    expect(display(name)).toBe("*.shop.example.com");
    expect(labels(name)).toEqual(["*", "shop", "example", "com"]);
    expect(parent(name)).toBe("shop.example.com.");
    expect(parent(domainName("com"))).toBeUndefined();
    expect(wildcardBase(name)).toBe("shop.example.com.");
    expect(wildcardBase(domainName("shop.example.com"))).toBe("shop.example.com.");
  });

  test.each([
    ["shop.example.com", "example.com", true],
    ["example.com", "example.com", true],
    ["badexample.com", "example.com", false],
    ["example.com", "shop.example.com", false],
  ])("%s within %s: %s", (below, above, expected) => {
    expect(isWithin(domainName(below), domainName(above))).toBe(expected);
  });
});

describe("escapeForRoute53", () => {
  test.each([
    ["*.example.com.", "\\052.example.com."],
    ["_a-b.example.com.", "_a-b.example.com."],
    ["a@b.example.com.", "a\\100b.example.com."],
    ["a\\056b.example.com.", "a\\056b.example.com."],
  ])("%s", (name, expected) => {
    expect(escapeForRoute53(name)).toBe(expected);
    expect(escapeForRoute53(expected)).toBe(expected);
  });

  test("parsing what was escaped gives the name back", () => {
    const label = fc.stringMatching(/^[a-z0-9_!@#&+-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (parts) => {
        const name = domainName(parts.join("."));
        expect(parseDomainName(escapeForRoute53(name))).toEqual({ ok: true, name });
      }),
    );
  });
});
