import { expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { HOUR } from "../../../src/cloud/instant.ts";
import { withNow } from "../../../src/cloud/tick.ts";
import { START, call, does, world } from "../world.ts";

const put = (IdempotencyToken: string, DaysBeforeExpiry?: number, region?: string) =>
  call(
    "acm",
    "PutAccountConfiguration",
    { IdempotencyToken, ...(DaysBeforeExpiry === undefined ? {} : { ExpiryEvents: { DaysBeforeExpiry } }) },
    region,
  );
const days = (cloud: Cloud, region?: string) =>
  (
    does(cloud, call("acm", "GetAccountConfiguration", {}, region)).output["ExpiryEvents"] as {
      DaysBeforeExpiry: number;
    }
  ).DaysBeforeExpiry;

// Source: ACM API reference "GetAccountConfiguration" and "PutAccountConfiguration".
test("45 days before anything was said; then what was said, in that Region", () => {
  expect(days(world())).toBe(45);
  const told = does(world(), put("a", 10)).cloud;
  expect([days(told), days(told, "eu-west-1")]).toEqual([10, 45]);
  expect(days(does(told, put("b")).cloud)).toBe(10);
});

test.each([
  ["the same token within the hour is the same request", "a", HOUR - 1, 10],
  ["the same token after the hour is another", "a", HOUR, 20],
  ["another token is another", "b", 0, 20],
])("%s", (_, token, later, expected) => {
  const told = withNow(does(world(), put("a", 10)).cloud, START + later);
  expect(days(does(told, put(token, 20)).cloud)).toBe(expected);
});
