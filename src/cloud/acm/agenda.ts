import type { Certificate, RegionalState } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";
import { bindingsOf, usedCertificates } from "./certificate-use.ts";
import { renewsFrom } from "./renewal.ts";

/** What can change by itself among a Region's certificates, and what its quotas count. */
interface Agenda {
  /** ARNs of what waits for validation. */
  readonly pending: readonly string[];
  /** When each issued one ends; `firstEnd` is the earliest. */
  readonly ends: readonly Watched[];
  readonly firstEnd: Instant;
  /** ARNs of the issued ones that ACM tells a use of, or whose renewal is under way. */
  readonly singular: readonly string[];
  /** When those that ACM issues were requested: the others do not count. Source: ACM guide "Quotas", checked 2026-11-23. */
  readonly requested: readonly Instant[];
}

interface Watched {
  readonly arn: string;
  readonly at: Instant;
}

/** Tables never change, so what was found in one stays true: nothing is scanned again while nothing changes. */
const agendas = new WeakMap<Table<Certificate>, Agenda>();

export function agendaOf(certificates: Table<Certificate>): Agenda {
  const known = agendas.get(certificates);
  if (known !== undefined) return known;
  const pending: string[] = [];
  const ends: Watched[] = [];
  const singular: string[] = [];
  const requested: Instant[] = [];
  let firstEnd = Infinity;
  for (const { arn, status, type, notAfter = Infinity, createdAt, inUseBy, renewal } of certificates) {
    if (type === "AMAZON_ISSUED") requested.push(createdAt);
    if (status === "PENDING_VALIDATION") pending.push(arn);
    if (status !== "ISSUED") continue;
    ends.push({ arn, at: notAfter });
    firstEnd = Math.min(firstEnd, notAfter);
    if (inUseBy.length > 0 || (renewal !== undefined && renewal.status !== "SUCCESS")) singular.push(arn);
  }
  const agenda = { pending, ends, firstEnd, singular, requested };
  agendas.set(certificates, agenda);
  return agenda;
}

/** The ends in their order; sorted only when one is near. */
const sortedEnds = new WeakMap<Agenda, readonly Watched[]>();

function endsInOrder(agenda: Agenda): readonly Watched[] {
  const known = sortedEnds.get(agenda) ?? agenda.ends.toSorted((a, b) => a.at - b.at);
  sortedEnds.set(agenda, known);
  return known;
}

interface Renewals {
  readonly uses: object;
  /** When each renewal may begin, the earliest first. */
  readonly begins: readonly Watched[];
}

const renewals = new WeakMap<Table<Certificate>, Renewals>();

/** Only what is used is renewed: of thousands of certificates mostly few. */
function renewalsInOrder(state: RegionalState): readonly Watched[] {
  const { certificates } = state;
  const uses = state.certificateUses ?? bindingsOf(state);
  const known = renewals.get(certificates);
  if (known?.uses === uses) return known.begins;
  const arns = new Set([...usedCertificates(state), ...agendaOf(certificates).singular]);
  const begins = [...arns].flatMap((arn) => {
    const certificate = certificates.get(arn);
    return certificate?.status === "ISSUED" ? [{ arn, at: renewsFrom(certificate) }] : [];
  });
  const sorted = begins.toSorted((a, b) => a.at - b.at);
  renewals.set(certificates, { uses, begins: sorted });
  return sorted;
}

/** ARNs of the issued ones whose renewal or end has come at `now`. */
export function watchedAt(state: RegionalState, now: Instant): ReadonlySet<string> {
  const agenda = agendaOf(state.certificates);
  const arns = new Set<string>();
  for (const list of [renewalsInOrder(state), agenda.firstEnd > now ? [] : endsInOrder(agenda)]) {
    for (const { arn, at } of list) {
      if (at > now) break;
      arns.add(arn);
    }
  }
  return arns;
}

/** When the next renewal may begin or the next certificate ends; Infinity when there is none. */
export function nextWatch(state: RegionalState, now: Instant): Instant {
  const agenda = agendaOf(state.certificates);
  const after = (list: readonly Watched[]): Instant => list.find(({ at }) => at > now)?.at ?? Infinity;
  const end = agenda.firstEnd > now ? agenda.firstEnd : after(endsInOrder(agenda));
  return Math.min(end, after(renewalsInOrder(state)));
}
