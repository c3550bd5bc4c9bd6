import { expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { longestZone } from "../../src/dns/zone-match.ts";

const zones = new Map([domainName("example.com"), domainName("shop.example.com")].map((name) => [name, name]));

test.each([
  ["the longest wins", "a.shop.example.com", "shop.example.com."],
  ["the apex itself", "shop.example.com", "shop.example.com."],
  ["a sibling", "blog.example.com", "example.com."],
  ["the end of the text is not enough", "badexample.com", undefined],
  ["above every zone", "com", undefined],
])("%s", (_, name, expected) => {
  expect(longestZone(domainName(name), zones)).toBe(expected);
});
