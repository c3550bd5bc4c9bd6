import type { Certificate, CertificateRenewal } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { usedFrom } from "./certificate-use.ts";
import { ACM_TIMES } from "./limits.ts";
import { isForbidden, isProved } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";

/** `ab--…` is only allowed as `xn--…`. Source: ACM guide "Managed certificate renewal", checked 2026-11-23. */
const FALSE_PUNYCODE = /^(?:\*\.)?(?!xn--)[^.]{2}--/;

/**
 * Only what ACM issued, what has not expired and what is in use is renewed.
 * Source: ACM guide "Managed certificate renewal", checked 2026-11-23.
 */
export function renewalEligibility(certificate: Certificate, inUse: boolean): "ELIGIBLE" | "INELIGIBLE" {
  return inUse && isRenewable(certificate) ? "ELIGIBLE" : "INELIGIBLE";
}

const isRenewable = ({ type, status, domains }: Certificate): boolean =>
  type === "AMAZON_ISSUED" &&
  status === "ISSUED" &&
  !domains.some((domain) => domain.includes("--") && FALSE_PUNYCODE.test(domain));

/** When the renewal of an issued certificate may begin; Infinity when it is never renewed. */
export function renewsFrom(certificate: Certificate): Instant {
  const { notAfter = Infinity } = certificate;
  return isRenewable(certificate) ? notAfter - ACM_TIMES.renewedBefore : Infinity;
}

/** An issued certificate when the time is over: renewed as often as that was due, expired, or on its way to either. */
export function agedCertificate(certificate: Certificate, around: Surroundings): Certificate {
  let aged = certificate;
  for (;;) {
    const { notAfter = Infinity } = aged;
    const prospect = prospectOf(aged, around);
    const due = prospect?.dueAt ?? Infinity;
    if (due <= around.now && due < notAfter) aged = renewed(aged, due);
    else return notAfter <= around.now ? expired(renewing(aged, prospect)) : renewing(aged, prospect);
  }
}

/** The next instant after `around.since` at which an issued certificate changes, as things stand. */
export function nextAge(certificate: Certificate, around: Surroundings): Instant {
  const { notAfter = Infinity } = certificate;
  return Math.min(notAfter, prospectOf(certificate, around)?.dueAt ?? Infinity);
}

/**
 * What stands in a renewal's way: nothing (then it has its instant), the missing proof of a name, or CAA records.
 * Undefined when it has not begun: too early, not in use, not to be renewed at all.
 * Source: ACM guide "Managed certificate renewal" and "Renewal for domains validated by DNS", checked 2026-11-23.
 */
// Assumed: it takes as long as an issuance, and what is in use when it begins is still in use when it is done.
function prospectOf(certificate: Certificate, around: Surroundings): CertificateRenewal | undefined {
  if (!isRenewable(certificate) || certificate.validation === undefined) return undefined;
  const { notAfter = Infinity } = certificate;
  const from = Math.max(renewsFrom(certificate), around.since);
  const begins = usedFrom(around.state, around.account, certificate, from);
  const known = certificate.renewal?.status === "SUCCESS" ? undefined : certificate.renewal;
  if (begins > around.now || begins >= notAfter) return known === undefined ? undefined : waiting(known, from);
  if (!isProved(certificate, around)) return waiting(known, begins);
  // Assumed: ACM asks again until the certificate ends, whatever the reason.
  if (isForbidden(certificate, around)) return waiting(known, begins, "CAA_ERROR");
  if (known?.dueAt !== undefined) return known;
  return { status: "PENDING_AUTO_RENEWAL", updatedAt: begins, dueAt: begins + ACM_TIMES.issuedAfter };
}

function waiting(known: CertificateRenewal | undefined, at: Instant, reason?: string): CertificateRenewal {
  if (known?.status === "PENDING_VALIDATION" && known.reason === reason) return known;
  return { status: "PENDING_VALIDATION", updatedAt: at, ...(reason === undefined ? {} : { reason }) };
}

function renewing(certificate: Certificate, renewal: CertificateRenewal | undefined): Certificate {
  return renewal === undefined || renewal === certificate.renewal ? certificate : { ...certificate, renewal };
}

/** The ARN stays, and so does the instant of the first issuance. */
// Assumed: IssuedAt stays as it was; the reference only says that it is when the certificate was issued.
function renewed(certificate: Certificate, at: Instant): Certificate {
  const renewal = { status: "SUCCESS", updatedAt: at } as const;
  return { ...certificate, notBefore: at, notAfter: at + ACM_TIMES.validity, renewal };
}

/** A renewal that was under way has failed then. Source: ACM guide "Check a certificate's renewal status", checked 2026-11-23. */
function expired(certificate: Certificate): Certificate {
  const { renewal, notAfter = 0 } = certificate;
  if (renewal === undefined || renewal.status === "SUCCESS") return { ...certificate, status: "EXPIRED" };
  const { dueAt: _gone, ...rest } = renewal;
  return { ...certificate, status: "EXPIRED", renewal: { ...rest, status: "FAILED", updatedAt: notAfter } };
}
