import { expect, test } from "vitest";
import { API_GATEWAY_RATES } from "../../../src/cloud/apigateway/limits.ts";
import { take } from "../../../src/cloud/throttle.ts";

// Source: API Gateway guide "Amazon API Gateway quotas".
test.each([
  ["CreateDomainName", 30],
  ["UpdateDomainName", 30],
  ["DeleteDomainName", 30],
  ["CreateRestApi", 3],
  ["DeleteRestApi", 30],
  ["CreateDeployment", 5],
])("%s: one in %i seconds", (operation, seconds) => {
  const bucket = API_GATEWAY_RATES[operation]!;
  const { state } = take(undefined, bucket, 0);
  expect(take(state, bucket, seconds * 1_000 - 1).waitMs).toBe(1);
  expect(take(state, bucket, seconds * 1_000).waitMs).toBe(0);
});

test("GetResources: five in two seconds", () => {
  const bucket = API_GATEWAY_RATES["GetResources"]!;
  let state: ReturnType<typeof take>["state"] | undefined;
  for (let i = 0; i < 5; i++) ({ state } = take(state, bucket, 0));
  expect(take(state, bucket, 0).waitMs).toBe(400);
  expect(take(state, bucket, 2_000).waitMs).toBe(0);
});
