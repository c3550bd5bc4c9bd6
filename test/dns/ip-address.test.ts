import { describe, expect, test } from "vitest";
import { formatIpv6, parseIpv4, parseIpv6 } from "../../src/dns/ip-address.ts";

describe("parseIpv4", () => {
  test.each([
    ["192.0.2.1", [192, 0, 2, 1]],
    ["255.255.255.255", [255, 255, 255, 255]],
    ["256.0.0.1", undefined],
    ["1.2.3", undefined],
    ["01.2.3.4", undefined],
    ["1.2.3.4 ", undefined],
  ])("%s", (text, expected) => {
    expect(parseIpv4(text)).toEqual(expected);
  });
});

describe("parseIpv6 and formatIpv6", () => {
  test.each([
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["::ffff:192.0.2.1", "::ffff:c000:201"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ])("%s is %s", (text, expected) => {
    const groups = parseIpv6(text);
    expect(groups === undefined ? undefined : formatIpv6(groups)).toBe(expected);
  });

  test.each(["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "1:2:3:4:5:6:7::8", "g::", "::1.2.3.256"])(
    "refuses %s",
    (text) => {
      expect(parseIpv6(text)).toBeUndefined();
    },
  );
});
