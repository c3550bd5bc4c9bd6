import type { Step } from "../call.ts";
import type { Certificate, RegionalState } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { refused, succeeded } from "../outcome.ts";
import { findCertificate } from "./certificate.ts";
import { holdersOf } from "./certificate-use.ts";
import { ACM_TIMES } from "./limits.ts";

/** Not while something uses it, as far as ACM knows. Source: ACM API reference "DeleteCertificate", checked 2026-11-23. */
export const deleteCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const state = regionOf(cloud, call.account, call.region);
  const [holder] = holdersOf(state, call.account, sought.found, cloud.now);
  if (holder !== undefined) {
    return refused(
      "ResourceInUseException",
      `Certificate ${sought.found.arn} in account ${call.account} is in use by ${holder}.`,
    );
  }
  return succeeded(withRegion(cloud, call.account, withoutCertificate(state, sought.found, cloud.now)));
};

/** Its request still counts to the quota of a year. Source: ACM guide "Quotas", checked 2026-11-23. */
function withoutCertificate(state: RegionalState, { arn, type, createdAt }: Certificate, now: Instant): RegionalState {
  const certificates = state.certificates.delete(arn);
  if (type !== "AMAZON_ISSUED") return { ...state, certificates };
  const counted = [...state.deletedRequests, createdAt].filter((at) => at > now - ACM_TIMES.requestsCounted);
  return { ...state, certificates, deletedRequests: counted };
}
