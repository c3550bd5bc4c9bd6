import { longestZone } from "../../dns/zone-match.ts";
import { parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { AccountId } from "../call.ts";
import type { Certificate, Cloud, HostedZone, RegionalState, ValidationRecord } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";
import { typeKeyPrefix } from "../route53/record-order.ts";
import { ACM_TIMES } from "./limits.ts";
import { validationRecords } from "./validation.ts";

/** The public hosted zones of all accounts, by name; more than one may have the same name. */
export type PublicZones = ReadonlyMap<DomainName, readonly HostedZone[]>;

export function publicZones(cloud: Cloud): PublicZones {
  const zones = new Map<DomainName, HostedZone[]>();
  for (const account of cloud.accounts) {
    for (const zone of account.zones) {
      if (!zone.private) zones.set(zone.name, [...(zones.get(zone.name) ?? []), zone]);
    }
  }
  return zones;
}

/** What can change by itself among a Region's certificates. */
interface Agenda {
  readonly pending: readonly string[];
  /** The earliest end of validity of an issued one. */
  readonly expiresAt: Instant;
}

/** Tables never change, so what was found in one stays true: nothing is scanned again while nothing changes. */
const agendas = new WeakMap<Table<Certificate>, Agenda>();

function agendaOf(certificates: Table<Certificate>): Agenda {
  const known = agendas.get(certificates);
  if (known !== undefined) return known;
  const pending: string[] = [];
  let expiresAt = Infinity;
  for (const certificate of certificates) {
    if (certificate.status === "PENDING_VALIDATION") pending.push(certificate.arn);
    if (certificate.status === "ISSUED") expiresAt = Math.min(expiresAt, certificate.notAfter ?? Infinity);
  }
  const agenda = { pending, expiresAt };
  agendas.set(certificates, agenda);
  return agenda;
}

/** Whether anything here waits for validation: only then are the zones looked at. */
export const hasPending = (state: RegionalState): boolean => agendaOf(state.certificates).pending.length > 0;

/** The Region at `now`, where it stood at `since`: records, issuance, time-outs and expiry, each at its own instant. */
export function tickCertificates(
  state: RegionalState,
  account: AccountId,
  zones: PublicZones,
  since: Instant,
  now: Instant,
): RegionalState {
  const agenda = agendaOf(state.certificates);
  let { certificates } = state;
  for (const arn of agenda.pending) {
    const certificate = certificates.get(arn);
    const next = certificate && advance(certificate, account, zones, since, now);
    if (next !== undefined && next !== certificate) certificates = certificates.set(arn, next);
  }
  for (const { arn, status, notAfter } of agendaOf(certificates).expiresAt <= now ? certificates : []) {
    const certificate = certificates.get(arn);
    if (certificate !== undefined && status === "ISSUED" && notAfter !== undefined && notAfter <= now) {
      certificates = certificates.set(arn, { ...certificate, status: "EXPIRED" });
    }
  }
  return certificates === state.certificates ? state : { ...state, certificates };
}

/** The earliest instant at which a certificate of this Region changes by itself; Infinity when none does. */
export function nextCertificateEvent(state: RegionalState, zones: PublicZones, now: Instant): Instant {
  const agenda = agendaOf(state.certificates);
  let due = agenda.expiresAt;
  for (const arn of agenda.pending) {
    const certificate = state.certificates.get(arn);
    if (certificate !== undefined) due = Math.min(due, ...pendingEvents(certificate, zones, now));
  }
  return due;
}

function pendingEvents(certificate: Certificate, zones: PublicZones, now: Instant): readonly Instant[] {
  const timeout = certificate.createdAt + ACM_TIMES.validationTimeout;
  if (certificate.validation === undefined) return [certificate.createdAt + ACM_TIMES.validationRecordAfter, timeout];
  return [timeout, dueAt(certificate, zones, now)];
}

/** When it is issued, seen from a moment at which the records are as they are; Infinity while a CNAME is missing. */
function dueAt(certificate: Certificate, zones: PublicZones, since: Instant): Instant {
  const records = Object.values(certificate.validation ?? {});
  const proved = records.length > 0 && records.every((record) => resolves(record, zones));
  return proved ? (certificate.issueDueAt ?? since + ACM_TIMES.issuedAfter) : Infinity;
}

function advance(
  certificate: Certificate,
  account: AccountId,
  zones: PublicZones,
  since: Instant,
  now: Instant,
): Certificate {
  const described = withValidation(certificate, account, now);
  const timeout = certificate.createdAt + ACM_TIMES.validationTimeout;
  // The CNAMEs count from when both they and the certificate's records were there.
  const due = dueAt(described, zones, Math.max(since, certificate.createdAt));
  if (due <= now && due <= timeout) return issued(described, due);
  if (timeout <= now) return { ...withoutDue(described), status: "VALIDATION_TIMED_OUT" };
  if (due === (described.issueDueAt ?? Infinity)) return described;
  return due === Infinity ? withoutDue(described) : { ...described, issueDueAt: due };
}

function withValidation(certificate: Certificate, account: AccountId, now: Instant): Certificate {
  if (certificate.validation !== undefined) return certificate;
  if (now < certificate.createdAt + ACM_TIMES.validationRecordAfter) return certificate;
  return { ...certificate, validation: validationRecords(account, certificate.domains) };
}

function withoutDue({ issueDueAt: _gone, ...certificate }: Certificate): Certificate {
  return certificate;
}

function issued(certificate: Certificate, at: Instant): Certificate {
  const validity = { issuedAt: at, notBefore: at, notAfter: at + ACM_TIMES.validity };
  return { ...withoutDue(certificate), status: "ISSUED", ...validity };
}

/**
 * Whether the public DNS of this very Cloud answers with the CNAME: it stands in a zone with the longest matching name.
 * Source: ACM guide "DNS validation", checked 2026-11-23.
 */
// Assumed: a CNAME that leads there through other CNAMEs is not followed (ACM follows up to 5).
function resolves(record: ValidationRecord, zones: PublicZones): boolean {
  const candidates = longestZone(record.name, zones) ?? [];
  return candidates.some((zone) => {
    for (const { ResourceRecords: values = [] } of zone.recordSets.startingWith(typeKeyPrefix(record.name, "CNAME"))) {
      const parsed = parseDomainName(values[0]?.Value ?? "");
      if (parsed.ok && parsed.name === record.value) return true;
    }
    return false;
  });
}
