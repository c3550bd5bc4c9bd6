import { expect, test } from "vitest";
import type { Certificate } from "../../../src/cloud/cloud.ts";
import { ARN, call, certificate, fails, withCertificates, world } from "../world.ts";

const { issuedAt: _issued, ...never } = certificate();

// Source: ACM API reference "GetCertificate".
test.each<[string, Certificate, string]>([
  ["pending", { ...never, status: "PENDING_VALIDATION" }, "RequestInProgressException"],
  ["timed out", { ...never, status: "VALIDATION_TIMED_OUT" }, "RequestInProgressException"],
  ["issued", certificate(), "NotEmulated"],
  ["imported", { ...never, type: "IMPORTED" }, "NotEmulated"],
])("the body of one that is %s", (_, held, code) => {
  expect(fails(withCertificates(world(), held), call("acm", "GetCertificate", { CertificateArn: ARN })).code).toBe(
    code,
  );
});
