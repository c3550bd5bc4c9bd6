import type { AccountId } from "../call.ts";
import type { Certificate, RegionalState } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { agendaOf, nextWatch, watchedAt } from "./agenda.ts";
import { forgetUses, isObserved, nextNotice, noteUses } from "./certificate-use.ts";
import { ACM_TIMES } from "./limits.ts";
import type { PublicZones } from "./public-dns.ts";
import { agedCertificate, nextAge } from "./renewal.ts";
import { isForbidden, isProved } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";
import { standingRecords, validationRecords } from "./validation.ts";

/**
 * The Region at `now`, where it stood at `since`: uses that ACM notices, records, issuance, time-outs, renewal and
 * expiry, each at its own instant. The zones are asked for only when something depends on them.
 */
export function tickCertificates(
  standing: RegionalState,
  account: AccountId,
  zones: () => PublicZones,
  since: Instant,
  now: Instant,
): RegionalState {
  const state = noteUses(standing, since);
  const around = { state, account, zones, since, now };
  let { certificates } = state;
  const replace = (arn: string, change: (certificate: Certificate) => Certificate): void => {
    const certificate = certificates.get(arn);
    const next = certificate && change(certificate);
    if (next !== undefined && next !== certificate) certificates = certificates.set(arn, next);
  };
  for (const arn of agendaOf(certificates).pending) replace(arn, (each) => validated(each, around));
  for (const arn of watchedAt({ ...state, certificates }, now)) replace(arn, (each) => agedCertificate(each, around));
  return forgetUses(certificates === state.certificates ? state : { ...state, certificates }, now);
}

/** The earliest instant after `now` at which something about this Region's certificates changes by itself; Infinity when nothing does. */
export function nextCertificateEvent(
  standing: RegionalState,
  account: AccountId,
  zones: () => PublicZones,
  now: Instant,
): Instant {
  const state = noteUses(standing, now);
  const around = { state, account, zones, since: now, now };
  let due = Math.min(nextWatch(state, now), nextNotice(state, now));
  const consider = (arns: Iterable<string>, next: (certificate: Certificate) => Instant): void => {
    for (const arn of arns) {
      const certificate = state.certificates.get(arn);
      if (certificate !== undefined) due = Math.min(due, next(certificate));
    }
  };
  consider(agendaOf(state.certificates).pending, (each) => nextOfPending(each, around));
  consider(watchedAt(state, now), (each) => nextAge(each, around));
  return due;
}

function nextOfPending(certificate: Certificate, around: Surroundings): Instant {
  const timeout = certificate.createdAt + ACM_TIMES.validationTimeout;
  if (certificate.validation !== undefined) return Math.min(timeout, dueAt(certificate, around));
  return Math.min(timeout, certificate.createdAt + ACM_TIMES.validationRecordAfter);
}

/** When it is issued, seen from a moment at which the records are as they are; Infinity while a CNAME is missing. */
function dueAt(certificate: Certificate, around: Surroundings): Instant {
  if (!isProved(certificate, around)) return Infinity;
  // The CNAMEs count from when both they and the certificate's records were there.
  return certificate.issueDueAt ?? Math.max(around.since, certificate.createdAt) + ACM_TIMES.issuedAfter;
}

function validated(certificate: Certificate, around: Surroundings): Certificate {
  const described = withValidation(certificate, around);
  const timeout = certificate.createdAt + ACM_TIMES.validationTimeout;
  const due = dueAt(described, around);
  if (due <= around.now && due <= timeout) return decided(described, due, around);
  if (timeout <= around.now) return { ...withoutDue(described), status: "VALIDATION_TIMED_OUT" };
  if (due === (described.issueDueAt ?? Infinity)) return described;
  return due === Infinity ? withoutDue(described) : { ...described, issueDueAt: due };
}

function withValidation(certificate: Certificate, { state, account, now, zones }: Surroundings): Certificate {
  if (certificate.validation !== undefined) return certificate;
  if (now < certificate.createdAt + ACM_TIMES.validationRecordAfter) return certificate;
  const standing = isObserved(state) ? standingRecords(account, certificate.domains, zones()) : {};
  return { ...certificate, validation: { ...validationRecords(account, certificate.domains), ...standing } };
}

function withoutDue({ issueDueAt: _gone, ...certificate }: Certificate): Certificate {
  return certificate;
}

/** Issued, unless CAA records forbid it. Source: ACM guide "CAA problems" and "Certificate request fails", checked 2026-11-23. */
// Assumed: they are looked at when the certificate is due, and a request that fails over them is final.
function decided(certificate: Certificate, at: Instant, around: Surroundings): Certificate {
  if (isForbidden(certificate, around)) {
    return { ...withoutDue(certificate), status: "FAILED", failureReason: "CAA_ERROR" };
  }
  const validity = { issuedAt: at, notBefore: at, notAfter: at + ACM_TIMES.validity };
  return { ...withoutDue(certificate), status: "ISSUED", ...validity };
}
