import type { Step } from "../call.ts";
import { notEmulated, refused } from "../outcome.ts";
import { findCertificate } from "./certificate.ts";

/**
 * The model has no keys and signatures, so that an issued certificate has no body here.
 * Source: ACM API reference "GetCertificate", checked 2026-11-23.
 */
// Assumed: a request that came to nothing is answered like one that is not issued yet.
export const getCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { arn, issuedAt, type } = sought.found;
  if (type !== "AMAZON_ISSUED" || issuedAt !== undefined) return notEmulated(call, "the certificate's body");
  return refused("RequestInProgressException", `The certificate ${arn} has not been issued yet.`);
};
