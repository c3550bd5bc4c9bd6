import { describe, expect, test } from "vitest";
import type { Call, Fault } from "../../src/cloud/call.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { judge, pollInterval, retryAt, settlingMax } from "../../src/execute/retry.ts";
import type { Verdict } from "../../src/execute/retry.ts";

const call = (operation: string): Call => ({
  account: "1",
  region: "us-east-1",
  service: "route53",
  operation,
  input: {},
});
const fault = (code: string, status = 400): Fault => ({ code, message: "", status });

describe("what a refusal means", () => {
  const rows: readonly (readonly [string, string, number, Verdict])[] = [
    ["ChangeResourceRecordSets", "Throttling", 400, "throttled"],
    ["ChangeResourceRecordSets", "PriorRequestNotComplete", 400, "throttled"],
    ["CreateDomainName", "TooManyRequestsException", 429, "throttled"],
    ["GetResources", "ThrottledException", 400, "throttled"],
    ["ListHealthChecks", "ServiceUnavailable", 503, "transient"],
    ["ListHealthChecks", "Anything", 500, "transient"],
    ["ListHealthChecks", "NetworkError", 0, "transient"],
    ["ChangeResourceRecordSets", "InvalidChangeBatch", 400, "moved"],
    ["ChangeResourceRecordSets", "NoSuchHealthCheck", 404, "moved"],
    ["UpdateHealthCheck", "HealthCheckVersionMismatch", 409, "moved"],
    ["CreateBasePathMapping", "ConflictException", 409, "moved"],
    ["CreateDomainName", "BadRequestException", 400, "settling"],
    ["UpdateDomainName", "BadRequestException", 400, "refused"],
    ["CreateBasePathMapping", "NotFoundException", 404, "settling"],
    ["DeleteBasePathMapping", "NotFoundException", 404, "refused"],
    ["DeleteCertificate", "ResourceInUseException", 400, "settling"],
    ["DeleteHealthCheck", "HealthCheckInUse", 400, "settling"],
    ["AddTagsToCertificate", "ResourceNotFoundException", 400, "settling"],
    ["Probe", "ProbeFailed", 502, "settling"],
    ["RequestCertificate", "LimitExceededException", 429, "refused"],
    ["CreateHealthCheck", "TooManyHealthChecks", 400, "refused"],
    ["ChangeResourceRecordSets", "AccessDenied", 403, "refused"],
  ];
  test.each(rows)("%s: %s (%i) → %s", (operation, code, status, verdict) =>
    expect(judge(call(operation), fault(code, status))).toBe(verdict),
  );
});

test("again after 1, 2, 4 … seconds, at most 30; later where AWS says so", () => {
  expect([0, 1, 2, 4, 5, 50].map((attempt) => retryAt(0, attempt, fault("x")))).toEqual([
    1_000, 2_000, 4_000, 16_000, 30_000, 30_000,
  ]);
  expect(retryAt(7, 0, { ...fault("x"), retryAfterSeconds: 60 })).toBe(60_007);
  expect(retryAt(0, 5, { ...fault("x"), retryAfterSeconds: 1 })).toBe(30_000);
  expect([0, 9].map((attempt) => retryAt(0, attempt, fault("ResourceInUseException")))).toEqual([60_000, 60_000]);
});

test("what settles is borne for ten minutes; ACM's notice of who uses a certificate takes longer", () => {
  expect(settlingMax(call("CreateDomainName"))).toBe(10 * MINUTE);
  expect(settlingMax(call("DeleteCertificate"))).toBe(30 * MINUTE);
});

test("what settles is looked at after 2, 4, 8 … seconds, at most 30", () => {
  expect([0, 1, 2, 3, 4, 9].map(pollInterval)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});
