import type { Step } from "../call.ts";
import { notEmulated, refused } from "../outcome.ts";
import { findCertificate, putCertificate } from "./certificate.ts";

interface UpdateCertificateOptionsInput {
  readonly Options?: {
    readonly CertificateTransparencyLoggingPreference?: string;
    readonly Export?: string;
    readonly ValidationMethod?: string;
  };
}

/**
 * Only the transparency log preference can change, and only of what ACM issues itself.
 * Source: ACM API reference "UpdateCertificateOptions" and "CertificateOptions", checked 2026-11-23.
 */
// Assumed: InvalidStateException also for what is neither issued nor on its way to that.
export const updateCertificateOptions: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { found } = sought;
  const { Options: options = {} } = call.input as UpdateCertificateOptionsInput;
  if (options.ValidationMethod !== undefined) return notEmulated(call, "Options.ValidationMethod");
  if (options.Export === "ENABLED")
    return refused("InvalidStateException", "Export cannot be changed after the request");
  const alive = found.status === "ISSUED" || found.status === "PENDING_VALIDATION";
  if (!alive || found.type !== "AMAZON_ISSUED") {
    const message = `The options of certificate ${found.arn} cannot change: it is ${found.type} and ${found.status}`;
    return refused("InvalidStateException", message);
  }
  const preference = options.CertificateTransparencyLoggingPreference;
  if (preference === undefined) return putCertificate(cloud, call, found);
  return putCertificate(cloud, call, { ...found, transparencyLogging: preference !== "DISABLED" });
};
