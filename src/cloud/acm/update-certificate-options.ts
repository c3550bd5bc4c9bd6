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

/** Only the transparency log preference can change. Source: ACM API reference "UpdateCertificateOptions", checked 2026-11-23. */
export const updateCertificateOptions: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { Options: options = {} } = call.input as UpdateCertificateOptionsInput;
  if (options.ValidationMethod !== undefined) return notEmulated(call, "Options.ValidationMethod");
  if (options.Export === "ENABLED")
    return refused("InvalidStateException", "Export cannot be changed after the request");
  const preference = options.CertificateTransparencyLoggingPreference;
  if (preference === undefined) return putCertificate(cloud, call, sought.found);
  return putCertificate(cloud, call, { ...sought.found, transparencyLogging: preference !== "DISABLED" });
};
