import { EDGE_CERTIFICATE_REGION, isDistributionHost } from "../cloud/apigateway/hosts.ts";
import type { ApiDomain, Certificate, Cloud, RecordSet } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import type { Instant } from "../cloud/instant.ts";
import type { Table } from "../cloud/table.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { domainName } from "../dns/domain-name.ts";
import type { ZoneRef } from "../resource/kind.ts";
import { endpointOf } from "../resource/record-endpoint.ts";
import type { Endpoint } from "../resource/record-endpoint.ts";
import type { Owner } from "../resource/ownership.ts";
import type { Policy } from "./policy.ts";

/** An answer that is no longer in the zone, but that resolvers may still give. */
export interface HeldAnswer {
  readonly name: DomainName;
  readonly record: RecordSet;
  /** When the last cache has forgotten it. */
  readonly until: Instant;
}

/** A name that the plan can touch. */
export interface WatchedName {
  readonly name: DomainName;
  readonly zone: ZoneRef;
  /** It is to go out of service, so it may stop answering. */
  readonly retired: boolean;
  /** The name that takes over from it. */
  readonly successor?: WatchedName;
}

/** A name, and the one that takes over from it: neither may suffer. */
export const watchedIn = (watched: WatchedName | undefined): readonly WatchedName[] =>
  watched === undefined ? [] : watched.successor === undefined ? [watched] : [watched, watched.successor];

/** One state that a plan can pass through, with what it is measured against. */
export interface Reachable {
  readonly cloud: Cloud;
  /** Where endpoints and certificates are. Each name's records are in the account of its zone. */
  readonly account: string;
  /** Whose plan it is: what is not theirs is not touched. */
  readonly owner: Owner;
  readonly policy: Policy;
  readonly baseline: Cloud;
  readonly names: readonly WatchedName[];
  readonly held: readonly HeldAnswer[];
}

const ANSWERS = new Set(["A", "AAAA", "CNAME"]);

/** Record sets that clients of a name can be answered with, in whatever health and from wherever. */
export function answersOf(cloud: Cloud, watched: WatchedName): readonly RecordSet[] {
  const zone = accountOf(cloud, watched.zone.account).zones.get(watched.zone.id);
  return zone === undefined
    ? []
    : [...zone.recordSets.startingWith(nameKeyPrefix(watched.name))].filter((record) => ANSWERS.has(record.Type));
}

/** Tables never change, so what was found in one stays true. */
const BY_HOST = new WeakMap<Table<ApiDomain>, ReadonlyMap<DomainName, ApiDomain>>();

/** The live domain at an endpoint. A distribution may be of a domain in whatever Region. */
export function domainAt(cloud: Cloud, account: string, { region, host }: Endpoint): ApiDomain | undefined {
  if (!isDistributionHost(host)) return domainsByHost(regionOf(cloud, account, region).domains).get(host);
  for (const { domains } of accountOf(cloud, account).regions) {
    const found = domainsByHost(domains).get(host);
    if (found !== undefined) return found;
  }
  return undefined;
}

function domainsByHost(domains: Table<ApiDomain>): ReadonlyMap<DomainName, ApiDomain> {
  const known =
    BY_HOST.get(domains) ?? new Map([...domains].flatMap((each) => hostsOf(each).map((host) => [host, each])));
  BY_HOST.set(domains, known);
  return known;
}

const hostsOf = ({ regionalDomainName, edge }: ApiDomain): readonly DomainName[] =>
  [regionalDomainName, edge?.distributionDomainName].flatMap((host) => (host === undefined ? [] : [domainName(host)]));

/** The certificate that clients meet at an endpoint. */
export function certificateAt(cloud: Cloud, account: string, endpoint: Endpoint): Certificate | undefined {
  const domain = domainAt(cloud, account, endpoint);
  const [region, arn] = isDistributionHost(endpoint.host)
    ? [EDGE_CERTIFICATE_REGION, domain?.edge?.certificateArn]
    : [endpoint.region, domain?.regionalCertificateArn];
  return regionOf(cloud, account, region).certificates.get(arn ?? "");
}

export function domainOf(cloud: Cloud, account: string, record: RecordSet): ApiDomain | undefined {
  const endpoint = endpointOf(record);
  return endpoint === undefined ? undefined : domainAt(cloud, account, endpoint);
}

/** What the invariants look at: every answer of a name, now and still held. */
export function* leads(
  at: Reachable,
): Generator<{ readonly watched: WatchedName; readonly record: RecordSet; readonly held: boolean }> {
  for (const watched of at.names) {
    for (const record of answersOf(at.cloud, watched)) yield { watched, record, held: false };
    for (const each of at.held)
      if (each.name === watched.name && each.until > at.cloud.now) yield { watched, record: each.record, held: true };
  }
}
