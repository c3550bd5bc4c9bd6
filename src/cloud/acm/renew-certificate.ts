import type { Step } from "../call.ts";
import { refused } from "../outcome.ts";
import { findCertificate } from "./certificate.ts";

/**
 * Only a private certificate that was exported can be renewed by hand, and none of those is modelled; the others are
 * renewed by ACM itself. Source: ACM API reference "RenewCertificate" and "CertificateDetail" (RenewalEligibility),
 * checked 2026-11-23.
 */
// Assumed: ValidationException and its wording, as reported by those who tried.
export const renewCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { arn, status } = sought.found;
  if (status === "PENDING_VALIDATION") {
    return refused("RequestInProgressException", `The certificate ${arn} has not been issued yet.`);
  }
  const message = `Certificate ARN ${arn} has not been exported so it is not eligible for the Renew Certificate API.`;
  return refused("ValidationException", message);
};
