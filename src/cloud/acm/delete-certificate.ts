import type { Step } from "../call.ts";
import { regionOf, withRegion } from "../edit.ts";
import { refused, succeeded } from "../outcome.ts";
import { consumersOf, findCertificate } from "./certificate.ts";

/** Not while something uses it. Source: ACM API reference "DeleteCertificate", checked 2026-11-23. */
export const deleteCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const state = regionOf(cloud, call.account, call.region);
  const [consumer] = consumersOf(state, call.account, sought.found);
  if (consumer !== undefined) {
    return refused(
      "ResourceInUseException",
      `Certificate ${sought.found.arn} in account ${call.account} is in use by ${consumer}.`,
    );
  }
  return succeeded(
    withRegion(cloud, call.account, { ...state, certificates: state.certificates.delete(sought.found.arn) }),
  );
};
