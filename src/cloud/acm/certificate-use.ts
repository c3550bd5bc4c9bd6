import { display } from "../../dns/domain-name.ts";
import { domainNameArn, parseArn } from "../arn.ts";
import type { AccountId } from "../call.ts";
import type { ApiDomain, Certificate, CertificateUse, RegionalState } from "../cloud.ts";
import { listenersOf } from "../elbv2/load-balancing.ts";
import type { Listener } from "../elbv2/load-balancing.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";
import { ACM_TIMES } from "./limits.ts";

type Bindings = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Which domains and load balancers present each certificate as they stand, by the certificate's ARN: their ARNs. Tables
 * never change, so what was found in one stays true.
 */
const bindings = new WeakMap<
  Table<ApiDomain>,
  { readonly listeners: Table<Listener> | undefined; readonly found: Bindings }
>();

export function bindingsOf({ region, domains, loadBalancing }: RegionalState): Bindings {
  const listeners = loadBalancing?.listeners;
  const known = bindings.get(domains);
  if (known !== undefined && known.listeners === listeners) return known.found;
  const found = new Map<string, Set<string>>();
  const bind = (certificate: string, consumer: string): void => {
    found.set(certificate, (found.get(certificate) ?? new Set()).add(consumer));
  };
  for (const { name, regionalCertificateArn: bound } of domains) {
    if (bound !== undefined) bind(bound, domainNameArn(region, display(name)));
  }
  for (const { defaultCertificate, certificates = [], loadBalancerArn } of listeners ?? []) {
    if (defaultCertificate !== undefined) bind(defaultCertificate, loadBalancerArn);
    for (const arn of certificates) bind(arn, loadBalancerArn);
  }
  bindings.set(domains, { listeners, found });
  return found;
}

const NONE: ReadonlySet<string> = new Set();

const boundTo = (state: RegionalState, arn: string): ReadonlySet<string> => bindingsOf(state).get(arn) ?? NONE;

/** Whether this is what was read of AWS, whose lags and whose own records cannot be predicted, and not AWS itself. */
export const isObserved = (state: RegionalState): boolean => state.certificateUses === undefined;

/** ARNs of the certificates that domains and load balancers use, and of those that ACM may still take for used. */
export const usedCertificates = (state: RegionalState): Iterable<string> =>
  state.certificateUses === undefined
    ? bindingsOf(state).keys()
    : Array.from(state.certificateUses, ({ certificateArn }) => certificateArn);

/** For which bindings a Region's uses were brought up to date, and what came of it: nothing is compared twice. */
const noted = new WeakMap<Bindings, Table<CertificateUse>>();

/** The Region with its uses as the domains and load balancers now stand: what changed since they were last noted changed at `at`. */
export function noteUses(state: RegionalState, at: Instant): RegionalState {
  const { certificateUses: uses } = state;
  if (uses === undefined || noted.get(bindingsOf(state)) === uses) return state;
  const next = startedUses(state, endedUses(state, uses, at), at);
  noted.set(bindingsOf(state), next);
  return next === uses ? state : { ...state, certificateUses: next };
}

/** Domains and load balancers that let go of a certificate. */
function endedUses(state: RegionalState, uses: Table<CertificateUse>, at: Instant): Table<CertificateUse> {
  let next = uses;
  for (const [key, use] of uses.entries()) {
    const ended = use.until === undefined && !boundTo(state, use.certificateArn).has(use.consumer);
    if (ended) next = next.set(key, { ...use, until: at });
  }
  return next;
}

/** What takes a certificate again before ACM has noticed that it let go of it never let go of it. */
function startedUses(state: RegionalState, uses: Table<CertificateUse>, at: Instant): Table<CertificateUse> {
  let next = uses;
  for (const [certificateArn, consumers] of bindingsOf(state)) {
    for (const consumer of consumers) {
      const key = `${certificateArn} ${consumer}`;
      const known = next.get(key);
      if (known !== undefined && known.until === undefined) continue;
      next = next.set(key, { certificateArn, consumer, since: known?.since ?? at });
    }
  }
  return next;
}

/** When the first use of a table is forgotten; Infinity while all of them last. */
const firstForgotten = new WeakMap<Table<CertificateUse>, Instant>();

/** The Region without the uses whose end ACM has noticed by `now`. */
export function forgetUses(state: RegionalState, now: Instant): RegionalState {
  const { certificateUses: uses } = state;
  if (uses === undefined) return state;
  const first = firstForgotten.get(uses) ?? Math.min(Infinity, ...Array.from(uses, noticedUntil));
  firstForgotten.set(uses, first);
  if (first > now) return state;
  let kept = uses;
  for (const [key, use] of uses.entries()) if (noticedUntil(use) <= now) kept = kept.delete(key);
  if (noted.get(bindingsOf(state)) === uses) noted.set(bindingsOf(state), kept);
  return { ...state, certificateUses: kept };
}

const usesOf = (uses: Table<CertificateUse>, arn: string): readonly CertificateUse[] => [
  ...uses.startingWith(`${arn} `),
];

/** When ACM notices the use, and when it notices its end. */
const noticedFrom = ({ since }: CertificateUse): Instant => since + ACM_TIMES.useNoticedAfter;
const noticedUntil = ({ until = Infinity }: CertificateUse): Instant => until + ACM_TIMES.useNoticedAfter;

/**
 * ARNs of what uses a certificate, as ACM sees it at `at`: API Gateway's domains and the load balancers of this Region,
 * with ACM's lag where the uses are kept, and the others as ACM told.
 * ACM names API Gateway's consumers by load balancers of an account of AWS's own; those are left out here.
 * Source: ACM API reference "CertificateDetail" (InUseBy), checked 2026-11-23.
 */
export function consumersOf(
  state: RegionalState,
  account: AccountId,
  certificate: Certificate,
  at: Instant,
): readonly string[] {
  return [...otherConsumers(state, certificate, account), ...bindingsSeen(state, certificate.arn, at)];
}

function bindingsSeen(state: RegionalState, arn: string, at: Instant): readonly string[] {
  if (state.certificateUses === undefined) return [...boundTo(state, arn)];
  return usesOf(state.certificateUses, arn)
    .filter((use) => noticedFrom(use) <= at && at < noticedUntil(use))
    .map(({ consumer }) => consumer);
}

/**
 * ARNs of what keeps a certificate from being deleted: what uses it, whether ACM shows it or not, and what ACM still
 * takes for a use. Source: ACM API reference "DeleteCertificate", checked 2026-11-23.
 */
export function holdersOf(
  state: RegionalState,
  account: AccountId,
  certificate: Certificate,
  at: Instant,
): readonly string[] {
  const remembered = state.certificateUses === undefined ? [] : usesOf(state.certificateUses, certificate.arn);
  const holders = remembered.filter((use) => at < noticedUntil(use)).map(({ consumer }) => consumer);
  return [...new Set([...otherConsumers(state, certificate, account), ...boundTo(state, certificate.arn), ...holders])];
}

/** The first instant from `at` on at which ACM sees the certificate in use; Infinity when it does not. */
export function usedFrom(state: RegionalState, account: AccountId, certificate: Certificate, at: Instant): Instant {
  if (consumersOf(state, account, certificate, at).length > 0) return at;
  const uses = state.certificateUses === undefined ? [] : usesOf(state.certificateUses, certificate.arn);
  return Math.min(Infinity, ...uses.map(noticedFrom).filter((from) => from > at));
}

/** The next instant after `at` at which ACM notices something; Infinity when nothing changed. */
export function nextNotice(state: RegionalState, at: Instant): Instant {
  let next = Infinity;
  for (const use of state.certificateUses ?? []) {
    for (const instant of [noticedFrom(use), noticedUntil(use)]) if (instant > at) next = Math.min(next, instant);
  }
  return next;
}

const otherConsumers = (state: RegionalState, certificate: Certificate, account: AccountId): readonly string[] =>
  certificate.inUseBy.filter((arn) => !isApiGateway(arn, account) && !isKnownBalancer(state, arn));

/** Whether all that a load balancer presents was read: then its listeners tell, and not what ACM said before. */
function isKnownBalancer({ loadBalancing: all }: RegionalState, arn: string): boolean {
  if (all?.loadBalancers.get(arn)?.listenersListed !== true) return false;
  return listenersOf(all, arn).every(({ certificates }) => certificates !== undefined);
}

// Assumed: a load balancer of another account is API Gateway's own. AWS itself still refuses a deletion that comes too early.
function isApiGateway(arn: string, account: AccountId): boolean {
  const parts = parseArn(arn);
  if (parts === undefined) return false;
  return parts.service === "apigateway" || (parts.service === "elasticloadbalancing" && parts.account !== account);
}
