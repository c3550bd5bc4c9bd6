import { describe, expect, test } from "vitest";
import { ANY_ACCOUNT, QUOTAS, exceedsQuota, isQuotaKey, quotaOf, withQuota } from "../../src/cloud/quotas.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { ACCOUNT, world } from "./world.ts";

const KEY = "route53.healthChecks";
const OTHER = "999999999999";

describe("the quota that holds", () => {
  test("AWS's default, where nothing else was told", () => {
    expect(quotaOf(world(), ACCOUNT, KEY)).toBe(200);
    expect(quotaOf(world(), ACCOUNT, "acm.certificates")).toBe(QUOTAS["acm.certificates"].value);
  });
  test("an account's own before that of every account", () => {
    const cloud = withQuota(withQuota(world(), ANY_ACCOUNT, KEY, 5), ACCOUNT, KEY, 300);
    expect([quotaOf(cloud, ACCOUNT, KEY), quotaOf(cloud, OTHER, KEY)]).toEqual([300, 5]);
    expect(quotaOf(cloud, ACCOUNT, "route53.hostedZones")).toBe(500);
  });
  test("0 is a quota", () => expect(quotaOf(withQuota(world(), ACCOUNT, KEY, 0), ACCOUNT, KEY)).toBe(0));
});

describe("whether more would be refused", () => {
  const told = (value: number): Cloud => withQuota(world(), ACCOUNT, KEY, value);
  test.each<[string, Cloud, before: number, after: number, boolean]>([
    ["below the default", world(), 198, 199, false],
    ["up to the default", world(), 199, 200, false],
    ["beyond the default", world(), 200, 201, true],
    ["several at once beyond the default", world(), 190, 201, true],
    ["where more is there than the default, it was raised", world(), 201, 202, false],
    ["less is never refused", world(), 201, 200, false],
    ["as much as before is never refused", told(3), 5, 5, false],
    ["a told quota holds below what is there", told(3), 5, 6, true],
    ["less is fine though more than the told quota", told(3), 6, 5, false],
    ["a raised quota", told(250), 200, 201, false],
    ["beyond a raised quota", told(250), 250, 251, true],
  ])("%s", (_, cloud, before, after, expected) => {
    expect(exceedsQuota(cloud, ACCOUNT, KEY, before, after)).toBe(expected);
  });
});

test.each([
  ["route53.recordSets", true],
  ["route53.nothing", false],
  ["toString", false],
])("%s is a quota: %s", (key, expected) => expect(isQuotaKey(key)).toBe(expected));
