import { describe, expect, test } from "vitest";
import { canonicalValue, sameValues } from "../../src/dns/record-data.ts";
import type { RecordType } from "../../src/dns/record-type.ts";

describe("canonicalValue", () => {
  test.each<[RecordType, string, string]>([
    ["CNAME", "Target.Example.com", "target.example.com."],
    ["NS", "ns-1.awsdns-00.com.", "ns-1.awsdns-00.com."],
    ["MX", "010  Mail.example.com", "10 mail.example.com."],
    ["SRV", "1 2 443 Host.example.com", "1 2 443 host.example.com."],
    ["A", " 192.0.2.1 ", "192.0.2.1"],
    ["AAAA", "2001:DB8:0::1", "2001:db8::1"],
    ["TXT", '"\\141b"  "c"', '"ab" "c"'],
    ["CAA", '0  issue "amazon.com"', '0 issue "amazon.com"'],
    ["A", "not an address", "not an address"],
    ["CNAME", "a..b", "a..b"],
  ])("%s %s", (type, value, expected) => {
    expect(canonicalValue(type, value)).toBe(expected);
  });
});

describe("sameValues", () => {
  test.each<[string, RecordType, string[], string[], boolean]>([
    ["order does not matter", "A", ["192.0.2.1", "192.0.2.2"], ["192.0.2.2", "192.0.2.1"], true],
    ["spelling does not matter", "CNAME", ["A.example.com"], ["a.example.com."], true],
    ["where a TXT is split matters", "TXT", ['"ab"'], ['"a" "b"'], false],
    ["the case of a TXT matters", "TXT", ['"A"'], ['"a"'], false],
    ["one is missing", "A", ["192.0.2.1"], ["192.0.2.1", "192.0.2.2"], false],
  ])("%s", (_, type, left, right, expected) => {
    expect(sameValues(type, left, right)).toBe(expected);
  });
});
