import { expect, test } from "vitest";
import { ARN, call, certificate, fails, withCertificates, world } from "../world.ts";

// Source: ACM API reference "RenewCertificate" and "CertificateDetail" (RenewalEligibility).
test.each([
  ["PENDING_VALIDATION", "RequestInProgressException", "not been issued"],
  ["ISSUED", "ValidationException", "not been exported"],
  ["EXPIRED", "ValidationException", "not been exported"],
] as const)("one that is %s cannot be renewed by hand: %s", (status, code, message) => {
  const cloud = withCertificates(world(), certificate({ status }));
  expect(fails(cloud, call("acm", "RenewCertificate", { CertificateArn: ARN }))).toEqual({
    code,
    message: expect.stringContaining(message),
    status: 400,
  });
});
