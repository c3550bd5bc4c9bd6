import { expect, test } from "vitest";
import { monthlyPrice } from "../../../src/cloud/route53/health-check-price.ts";

const aws = "abc.execute-api.us-east-1.amazonaws.com";

test.each([
  ["a plain check in AWS", { Type: "HTTP", FullyQualifiedDomainName: aws }, 0.5],
  ["HTTPS in AWS", { Type: "HTTPS", FullyQualifiedDomainName: aws, RequestInterval: 30 }, 1.5],
  ["HTTPS and a string", { Type: "HTTPS_STR_MATCH", FullyQualifiedDomainName: aws }, 2.5],
  ["and fast", { Type: "HTTPS_STR_MATCH", FullyQualifiedDomainName: aws, RequestInterval: 10 }, 3.5],
  ["HTTPS elsewhere", { Type: "HTTPS", FullyQualifiedDomainName: "www.example.net" }, 2.75],
  ["a gate", { Type: "CALCULATED" }, 0.5],
] as const)("%s", (_what, config, dollars) => {
  expect(monthlyPrice(config)).toBe(dollars);
});
