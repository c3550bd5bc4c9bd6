import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import { apiDomain, apiDomainAddress } from "../resource/api-domain.ts";
import type { ApiDomainSpec } from "../resource/api-domain.ts";
import { basePathMapping } from "../resource/base-path-mapping.ts";
import type { BasePathMappingSpec } from "../resource/base-path-mapping.ts";
import { certificate } from "../resource/certificate.ts";
import type { CertificateSpec } from "../resource/certificate.ts";
import { healthCheck } from "../resource/health-check.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import type { Kind, Scope } from "../resource/kind.ts";
import { recordSet } from "../resource/record-set.ts";
import type { RecordSetSpec } from "../resource/record-spec.ts";

/** One live thing that is ours, as far as two readings of it are held against each other. */
export interface Owned {
  readonly kind: string;
  readonly address: Address;
  /** AWS's own identifier. */
  readonly id: string;
  /** Differs between all things that ever were. */
  readonly key: string;
  readonly names: readonly DomainName[];
  /** What it goes and comes with. */
  readonly within?: Address;
  /** Its settings, and (in `refers`) what it refers to by AWS's identifiers. */
  readonly content: Facts;
  readonly refers: Facts;
}

type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** All that is ours. What only follows from it (markers, probes, issuance) or is nobody's (validation records) is not in it. */
export function owned(cloud: Cloud, scope: Scope): readonly Owned[] {
  return [
    ...ofKind(recordSet, cloud, scope, recordFacts),
    ...ofKind(healthCheck, cloud, scope, (spec, id) => checkFacts(cloud, spec, id)),
    ...ofKind(apiDomain, cloud, scope, domainFacts),
    ...ofKind(basePathMapping, cloud, scope, mappingFacts),
    ...ofKind(certificate, cloud, scope, certificateFacts),
  ];
}

type FactsOf<Spec> = (spec: Spec, id: string) => Pick<Owned, "content" | "refers" | "within">;

function ofKind<Spec extends { readonly account: string }>(
  kind: Kind<Spec>,
  cloud: Cloud,
  scope: Scope,
  facts: FactsOf<Spec>,
): readonly Owned[] {
  return kind
    .observe(cloud, scope)
    .filter(({ ours }) => ours)
    .map(({ address, id, spec }) => ({
      kind: kind.name,
      address,
      id,
      key: `${kind.name} ${address} ${id}`,
      names: kind.names(spec),
      ...facts(spec, id),
    }));
}

/** In AWS's own words. A record set that is listed in the marker and is not there has none. */
const recordFacts: FactsOf<RecordSetSpec> = ({ live }) => ({
  content: {
    region: live?.Region,
    evaluateTargetHealth: live?.AliasTarget?.EvaluateTargetHealth,
    checked: live?.HealthCheckId !== undefined,
    ttl: live?.TTL,
    weight: live?.Weight,
    failover: live?.Failover,
    values: live?.ResourceRecords?.map(({ Value }) => Value).join(" "),
    present: live !== undefined,
  },
  refers: {
    dnsName: live?.AliasTarget?.DNSName,
    hostedZoneId: live?.AliasTarget?.HostedZoneId,
    healthCheckId: live?.HealthCheckId,
  },
});

function checkFacts(cloud: Cloud, spec: HealthCheckSpec, id: string): ReturnType<FactsOf<HealthCheckSpec>> {
  const config = accountOf(cloud, spec.zone.account).healthChecks.get(id)?.HealthCheckConfig;
  const { path, searchString, intervalSeconds, failureThreshold } = spec;
  return {
    content: { path, searchString, intervalSeconds, failureThreshold, healthThreshold: config?.HealthThreshold },
    refers: { children: config?.ChildHealthChecks?.join(" ") },
  };
}

const domainFacts: FactsOf<ApiDomainSpec> = ({
  securityPolicy,
  endpointAccessMode,
  ipAddressType,
  certificate: bound,
}) => ({
  content: { securityPolicy, endpointAccessMode, ipAddressType },
  refers: { certificate: bound.arn },
});

const mappingFacts: FactsOf<BasePathMappingSpec> = ({ region, name, restApi, stage }) => ({
  within: apiDomainAddress(region, name),
  content: { restApi, stage },
  refers: {},
});

const certificateFacts: FactsOf<CertificateSpec> = ({ domains, transparencyLogging }) => ({
  content: { names: domains.toSorted().join(" "), transparencyLogging },
  refers: {},
});

export interface Differing {
  readonly address: Address;
  readonly within?: Address;
  /** How, as part of a sentence. */
  readonly words: string;
}

/** Where two readings differ. `content`: by what is set alone; another thing of the same address and settings is as good. */
export function differing(
  before: readonly Owned[],
  after: readonly Owned[],
  by: "content" | "identity" = "identity",
): readonly Differing[] {
  const [left, right] = [indexed(before, by), indexed(after, by)];
  return [...new Set([...left.keys(), ...right.keys()])].toSorted().flatMap((key) => {
    const [was, is] = [left.get(key), right.get(key)];
    const one = was ?? is;
    const words = inWords(was, is, by);
    if (one === undefined || words === undefined) return [];
    return [{ address: one.address, words, ...(one.within === undefined ? {} : { within: one.within }) }];
  });
}

/** Of several things of one address, by content, the last in the order of their ids stands for all. */
const indexed = (all: readonly Owned[], by: "content" | "identity"): ReadonlyMap<string, Owned> =>
  new Map(
    all
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map((each) => [by === "identity" ? each.key : `${each.kind} ${each.address}`, each]),
  );

function inWords(was: Owned | undefined, is: Owned | undefined, by: "content" | "identity"): string | undefined {
  if (was === undefined) return is === undefined ? undefined : "it was not there then";
  if (is === undefined) return "it is gone";
  const [then, now] = by === "content" ? [was.content, is.content] : [all(was), all(is)];
  const fields = Object.keys(then).filter((field) => then[field] !== now[field]);
  if (fields.length === 0) return undefined;
  return fields.map((field) => `${field} was ${word(then[field])} and is ${word(now[field])}`).join(", ");
}

const all = ({ content, refers }: Owned): Facts => ({ ...content, ...refers });

const word = (value: Facts[string]): string => (value === undefined || value === "" ? "(none)" : String(value));
