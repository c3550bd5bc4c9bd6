import { expect, test } from "vitest";
import type { Call, Service } from "../../src/cloud/call.ts";
import { throttledFault } from "../../src/cloud/throttle-fault.ts";

const call = (service: Service): Call => ({
  account: "111122223333",
  region: "eu-west-1",
  service,
  operation: "Any",
  input: {},
});

test.each([
  ["route53", { code: "Throttling", status: 400, message: "Rate exceeded" }],
  ["acm", { code: "ThrottlingException", status: 400, message: "Rate exceeded" }],
  ["elbv2", { code: "ThrottlingException", status: 400, message: "Rate exceeded" }],
  ["tagging", { code: "ThrottledException", status: 400, message: "Rate exceeded" }],
  ["cloudfront", { code: "Throttling", status: 400, message: "Rate exceeded" }],
  ["sts", { code: "Throttling", status: 400, message: "Rate exceeded" }],
  ["apigateway", { code: "TooManyRequestsException", status: 429, message: "Too Many Requests", retryAfterSeconds: 2 }],
  ["probe", { code: "ProbeFailed", status: 503, message: "503 Service Unavailable" }],
] as const)("%s refuses in its own words", (service, fault) => {
  expect(throttledFault(call(service), 1_001)).toEqual(fault);
});

test("a wait is told in whole seconds, and never as none", () => {
  expect([1, 1_000, 29_500].map((wait) => throttledFault(call("apigateway"), wait).retryAfterSeconds)).toEqual([
    1, 1, 30,
  ]);
});
