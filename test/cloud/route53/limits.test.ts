import { expect, test } from "vitest";
import { ACCOUNT_BUCKET, actionBucket } from "../../../src/cloud/route53/limits.ts";

test.each([
  ["CreateHealthCheck", { capacity: 50, refillPerSecond: 0.5 }],
  ["DeleteHealthCheck", { capacity: 15, refillPerSecond: 3 }],
  ["GetHealthCheckStatus", { capacity: 4, refillPerSecond: 1 }],
  ["ChangeResourceRecordSets", { capacity: 50, refillPerSecond: 10 }],
])("%s", (operation, bucket) => {
  expect(actionBucket(operation)).toEqual(bucket);
});

test("no action is faster than all together", () => {
  for (const operation of ["CreateHealthCheck", "ListResourceRecordSets"]) {
    expect(actionBucket(operation).refillPerSecond).toBeLessThanOrEqual(ACCOUNT_BUCKET.refillPerSecond);
  }
});
