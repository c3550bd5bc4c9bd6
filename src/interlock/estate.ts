import type {
  Account,
  ApiDomain,
  Certificate,
  CertificateRequest,
  CertificateUse,
  Cloud,
  HealthCheck,
  HostedZone,
  RegionalState,
  ZoneChange,
} from "../cloud/cloud.ts";
import { domainNameArn } from "../cloud/arn.ts";
import { Table } from "../cloud/table.ts";
import { display, parent } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Plan } from "../plan/plan.ts";
import { markerName } from "../resource/marker.ts";
import { ADDRESS_TAG } from "../resource/ownership.ts";
import { nameOf } from "./cones.ts";

/**
 * Whatever a proof has to find in a whole estate, found by one look-up: what it needs of one name is not to cost more
 * the more names there are. Each list is made when the first cone asks for it, and stands as long as its table does.
 */
export interface Estate {
  readonly cloud: Cloud;
  /** Names that the plan has steps of: each is proved by itself. */
  readonly planned: ReadonlySet<DomainName>;
}

export const estateOf = (cloud: Cloud, plan: Plan): Estate => ({
  cloud,
  planned: new Set(plan.steps.flatMap((step) => nameOf(step)?.name ?? [])),
});

/** A list by key, made once for each table. */
function indexed<T, V>(keysOf: (value: T) => readonly string[], valueOf: (value: T) => V) {
  const known = new WeakMap<Table<T>, ReadonlyMap<string, readonly V[]>>();
  return (table: Table<T>, key: string): readonly V[] => {
    const index = known.get(table) ?? indexOf(table);
    known.set(table, index);
    return index.get(key) ?? [];
  };
  function indexOf(table: Table<T>): ReadonlyMap<string, readonly V[]> {
    const index = new Map<string, V[]>();
    for (const value of table) {
      for (const key of keysOf(value)) {
        const list = index.get(key);
        if (list === undefined) index.set(key, [valueOf(value)]);
        else list.push(valueOf(value));
      }
    }
    return index;
  }
}

const same = <T>(value: T): T => value;

const zonesNamed = indexed<HostedZone, HostedZone>((zone) => [zone.name], same);

/** Ids of the calculated checks that count a check. */
export const gatesAbove = indexed<HealthCheck, string>(
  (check) => check.HealthCheckConfig.ChildHealthChecks ?? [],
  (check) => check.Id,
);

const certificatesTagged = indexed<Certificate, Certificate>(({ tags }) => {
  const address = tags?.[ADDRESS_TAG];
  return address === undefined ? [] : [address];
}, same);

const domainsBound = indexed<ApiDomain, ApiDomain>(
  ({ regionalCertificateArn: arn }) => (arn === undefined ? [] : [arn]),
  same,
);

const changesNaming = indexed<ZoneChange, ZoneChange>((change) => change.names, same);

/** The zones that a name can be in, of every name. */
export function zonesAbove(account: Account, names: Iterable<DomainName>): readonly HostedZone[] {
  const found = new Set<HostedZone>();
  const looked = new Set<DomainName>();
  for (const name of names)
    for (let at: DomainName | undefined = name; at !== undefined && !looked.has(at); at = parent(at)) {
      looked.add(at);
      for (const zone of zonesNamed(account.zones, at)) found.add(zone);
    }
  return [...found];
}

/** This run's changes of the names, and of their markers. */
export function changesOf({ changes }: Account, names: Iterable<DomainName>): Table<ZoneChange> {
  if (changes.size === 0) return changes;
  const found = [...names].flatMap((name) => [
    ...changesNaming(changes, name),
    ...changesNaming(changes, markerName(name)),
  ]);
  return Table.from(found.map((change) => [change.id, change]));
}

/** Certificates with these addresses in their tags. */
export const certificatesAt = ({ certificates }: RegionalState, addresses: Iterable<string>): readonly Certificate[] =>
  [...addresses].flatMap((address) => certificatesTagged(certificates, address));

/** Domains that present a certificate and that the plan has no step of: they go on using it. */
export const strangersUsing = (estate: Estate, { domains }: RegionalState, arn: string): readonly ApiDomain[] =>
  domainsBound(domains, arn).filter((domain) => !estate.planned.has(domain.name));

/** Requests for these certificates, and for ones that are gone: their tokens are passed over. */
export function requestsFor(
  state: RegionalState,
  kept: ReadonlyMap<string, Certificate>,
): RegionalState["certificateRequests"] {
  if (state.certificateRequests.size === 0) return state.certificateRequests;
  const found: [string, CertificateRequest][] = [];
  for (const [token, request] of state.certificateRequests.entries())
    if (kept.has(request.arn) || !state.certificates.has(request.arn)) found.push([token, request]);
  return Table.from(found);
}

/** What ACM has noticed of these certificates at these domains, and what it has not yet noticed to have ended. */
export function usesOf(
  { certificateUses: uses, region }: RegionalState,
  certificates: ReadonlyMap<string, Certificate>,
  domains: ReadonlyMap<string, ApiDomain>,
): RegionalState["certificateUses"] {
  if (uses === undefined) return undefined;
  const users = new Set([...domains.values()].map(({ name }) => domainNameArn(region, display(name))));
  const found: [string, CertificateUse][] = [];
  for (const arn of certificates.keys())
    for (const use of uses.startingWith(`${arn} `))
      if (use.until !== undefined || users.has(use.consumer)) found.push([`${arn} ${use.consumer}`, use]);
  return Table.from(found);
}

/** Probes that these domains have passed: a probe's key begins with the host that was probed (cloud/probe.ts). */
export function probesOf({ probes }: RegionalState, domains: Iterable<ApiDomain>): RegionalState["probes"] {
  if (probes.size === 0) return probes;
  const found: [string, number][] = [];
  for (const { regionalDomainName } of domains) {
    const prefix = JSON.stringify([regionalDomainName]).slice(0, -1);
    for (const [key, at] of probes.entries(prefix)) {
      if (!key.startsWith(prefix)) break;
      found.push([key, at]);
    }
  }
  return Table.from(found);
}
