import { expect, test } from "vitest";
import { API_GATEWAY_RATES } from "../../../src/cloud/apigateway/limits.ts";
import { take } from "../../../src/cloud/throttle.ts";

// Source: API Gateway guide "Amazon API Gateway quotas": one request every 30 seconds.
test.each(["CreateDomainName", "UpdateDomainName", "DeleteDomainName"])("%s: one in 30 seconds", (operation) => {
  const bucket = API_GATEWAY_RATES[operation]!;
  const { state } = take(undefined, bucket, 0);
  expect(take(state, bucket, 29_999).waitMs).toBe(1);
  expect(take(state, bucket, 30_000).waitMs).toBe(0);
});
