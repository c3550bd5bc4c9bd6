import type { Certificate } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";
import { renewsFrom } from "./renewal.ts";

/** What can change by itself among a Region's certificates, and what its quotas count. */
interface Agenda {
  /** ARNs of what waits for validation. */
  readonly pending: readonly string[];
  /** What is issued, and from when on it is to be looked at; `earliest` is the first of these instants. */
  readonly issued: readonly Watched[];
  readonly earliest: Instant;
  /** When those that ACM issues were requested: the others do not count. Source: ACM guide "Quotas", checked 2026-11-23. */
  readonly requested: readonly Instant[];
}

interface Watched {
  readonly arn: string;
  readonly from: Instant;
}

/** Tables never change, so what was found in one stays true: nothing is scanned again while nothing changes. */
const agendas = new WeakMap<Table<Certificate>, Agenda>();

export function agendaOf(certificates: Table<Certificate>): Agenda {
  const known = agendas.get(certificates);
  if (known !== undefined) return known;
  const pending: string[] = [];
  const issued: Watched[] = [];
  const requested: Instant[] = [];
  let earliest = Infinity;
  for (const certificate of certificates) {
    const { arn, status } = certificate;
    if (status === "PENDING_VALIDATION") pending.push(arn);
    if (status === "ISSUED") {
      const from = renewsFrom(certificate);
      issued.push({ arn, from });
      earliest = Math.min(earliest, from);
    }
    if (certificate.type === "AMAZON_ISSUED") requested.push(certificate.createdAt);
  }
  const agenda = { pending, issued, earliest, requested };
  agendas.set(certificates, agenda);
  return agenda;
}

/** Sorted only for those agendas in which something is near its end. */
const sorted = new WeakMap<Agenda, readonly Watched[]>();

function inOrder(agenda: Agenda): readonly Watched[] {
  const known = sorted.get(agenda) ?? agenda.issued.toSorted((a, b) => a.from - b.from);
  sorted.set(agenda, known);
  return known;
}

/** ARNs of the issued ones whose renewal or end has come at `now`. */
export function watchedAt(agenda: Agenda, now: Instant): readonly string[] {
  const arns: string[] = [];
  if (agenda.earliest > now) return arns;
  for (const { arn, from } of inOrder(agenda)) {
    if (from > now) break;
    arns.push(arn);
  }
  return arns;
}

/** When the next issued one is to be looked at; Infinity when none is. */
export function nextWatch(agenda: Agenda, now: Instant): Instant {
  if (agenda.earliest > now) return agenda.earliest;
  return inOrder(agenda).find(({ from }) => from > now)?.from ?? Infinity;
}
