import { describe, expect, test } from "vitest";
import { certificateCovers, covers } from "../../src/tls/coverage.ts";
import { domainName } from "../../src/dns/domain-name.ts";

describe("covers", () => {
  // RFC 9525 §6.3: a wildcard is the whole leftmost label and stands for exactly one label.
  test.each([
    ["api.example.com", "api.example.com", true],
    ["api.example.com", "other.example.com", false],
    ["*.example.com", "api.example.com", true],
    ["*.example.com", "example.com", false],
    ["*.example.com", "a.b.example.com", false],
    ["*.example.com", "api.example.org", false],
    ["*.example.com", "*.example.com", true],
    ["*.example.com", "apiexample.com", false],
    ["example.com", "*.example.com", false],
    ["*.b.example.com", "*.example.com", false],
  ])("%s covers %s: %s", (certificate, host, expected) => {
    expect(covers(domainName(certificate), domainName(host))).toBe(expected);
  });

  test("any name of a certificate will do", () => {
    const domains = [domainName("example.com"), domainName("*.example.com")];
    expect(certificateCovers(domains, domainName("a.example.com"))).toBe(true);
    expect(certificateCovers(domains, domainName("example.com"))).toBe(true);
    expect(certificateCovers(domains, domainName("a.b.example.com"))).toBe(false);
    expect(certificateCovers([], domainName("example.com"))).toBe(false);
  });
});
