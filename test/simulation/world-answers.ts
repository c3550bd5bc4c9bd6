import type { ApiDomain, Cloud, HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { nameKeyPrefix } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";

/** The zones that the names are in. */
export function* zonesOf(
  cloud: Cloud,
  names: readonly DomainName[],
): Generator<{ zone: HostedZone; name: DomainName }> {
  for (const { zones } of cloud.accounts)
    for (const zone of zones) for (const name of names) if (`.${name}`.endsWith(`.${zone.name}`)) yield { zone, name };
}

const ANSWERS = new Set(["A", "AAAA", "CNAME"]);

export const answersOf = (cloud: Cloud, name: DomainName): readonly RecordSet[] =>
  [...zonesOf(cloud, [name])].flatMap(({ zone }) =>
    [...zone.recordSets.startingWith(nameKeyPrefix(name))].filter(
      (record) => ANSWERS.has(record.Type) && hostOf(record) !== undefined,
    ),
  );

export function hostOf(record: RecordSet): DomainName | undefined {
  const target =
    record.AliasTarget?.DNSName ?? (record.Type === "CNAME" ? record.ResourceRecords?.[0]?.Value : undefined);
  return target === undefined ? undefined : domainName(target);
}

/** The Region of the endpoint that an answer leads to: of weighted ones and the like nothing else says it. */
export const regionOfAnswer = (record: RecordSet): string =>
  /\.execute-api\.([a-z0-9-]+)\./u.exec(hostOf(record) ?? "")?.[1] ?? record.Region ?? "";

export function domainAt(domains: Iterable<ApiDomain>, host: DomainName): ApiDomain | undefined {
  for (const domain of domains) if (domainName(domain.regionalDomainName) === host) return domain;
  return undefined;
}
