import type { ApiDomain, Cloud, RecordSet } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import type { Instant } from "../cloud/instant.ts";
import type { Table } from "../cloud/table.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { domainName, parseDomainName } from "../dns/domain-name.ts";
import type { ZoneRef } from "../resource/kind.ts";
import type { Owner } from "../resource/ownership.ts";
import type { Policy } from "./policy.ts";
import { readExecuteApiHost } from "../cloud/apigateway/hosts.ts";

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
}

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

export interface Endpoint {
  readonly region: string;
  /** `d-….execute-api.<region>.amazonaws.com.` */
  readonly host: DomainName;
}

/** The API Gateway endpoint that a record leads to, if it leads to one. */
export function endpointOf(record: RecordSet): Endpoint | undefined {
  const target =
    record.AliasTarget?.DNSName ?? (record.Type === "CNAME" ? record.ResourceRecords?.[0]?.Value : undefined);
  const parsed = target === undefined ? undefined : parseDomainName(target);
  const region = parsed?.ok === true ? readExecuteApiHost(parsed.name)?.region : undefined;
  return parsed?.ok !== true || region === undefined ? undefined : { region, host: parsed.name };
}

/** Tables never change, so what was found in one stays true. */
const BY_HOST = new WeakMap<Table<ApiDomain>, ReadonlyMap<DomainName, ApiDomain>>();

/** The live domain at an endpoint. */
export function domainAt(cloud: Cloud, account: string, endpoint: Endpoint): ApiDomain | undefined {
  const { domains } = regionOf(cloud, account, endpoint.region);
  const known =
    BY_HOST.get(domains) ?? new Map([...domains].map((each) => [domainName(each.regionalDomainName), each]));
  BY_HOST.set(domains, known);
  return known.get(endpoint.host);
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
