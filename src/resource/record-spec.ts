import type { ApiDomain, Cloud, RecordSet } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { policyOf } from "../cloud/route53/routing-policy.ts";
import { domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { regionalDomain } from "./api-domain.ts";
import { liveHealthCheck } from "./health-check.ts";
import type { HealthCheckSpec } from "./health-check-identity.ts";
import type { Difference } from "./kind.ts";
import { regionAt } from "./record-endpoint.ts";
import type { NameSpec } from "./swap.ts";

/** What a record set says for the routing policy of its name. */
export type RecordRouting =
  | { readonly policy: "latency" }
  | { readonly policy: "simple" }
  | { readonly policy: "weighted"; readonly weight: number }
  | { readonly policy: "failover"; readonly failover: "PRIMARY" | "SECONDARY" };

/** A record set of a name that leads to its endpoint in one Region: an alias, or a CNAME. */
export interface RecordSetSpec extends NameSpec {
  readonly type: "A" | "AAAA" | "CNAME";
  /** Empty with the policy `simple`, which has none. */
  readonly setIdentifier: string;
  /** Where its endpoint is; with the policy `latency` also where its clients are. */
  readonly region: Region;
  readonly routing: RecordRouting;
  /** Of an alias. */
  readonly evaluateTargetHealth: boolean;
  /** Seconds, of a CNAME: an alias has the TTL of its target. */
  readonly ttl?: number;
  /** What the record's HealthCheckId names: the gate, or the endpoint's check. */
  readonly healthCheck: HealthCheckSpec | undefined;
  /** Take the live record as it is, although the manifest wants another. */
  readonly accept?: true;
  /** The record set as it was read, verbatim: what a deletion repeats. */
  readonly live?: RecordSet;
}

type Identity = Pick<RecordSetSpec, "name" | "type" | "setIdentifier">;

export const recordAddress = (spec: Identity): Address =>
  address("record-set", namePart(spec.name), spec.type, ...(spec.setIdentifier === "" ? [] : [spec.setIdentifier]));

/** The record set to be, with AWS's identifiers; undefined while something it refers to does not exist. */
export function resolveRecord(spec: RecordSetSpec, cloud: Cloud): RecordSet | undefined {
  const domain = regionalDomain(cloud, spec);
  const checkId = spec.healthCheck === undefined ? undefined : liveHealthCheck(cloud, spec.healthCheck)?.Id;
  if (domain === undefined || (spec.healthCheck !== undefined && checkId === undefined)) return undefined;
  const host = hostOf(domain);
  return {
    ...routed(spec),
    ...(spec.type === "CNAME"
      ? { TTL: spec.ttl ?? 0, ResourceRecords: [{ Value: host }] }
      : {
          AliasTarget: {
            HostedZoneId: domain.regionalHostedZoneId,
            DNSName: host,
            EvaluateTargetHealth: spec.evaluateTargetHealth,
          },
        }),
    ...(checkId === undefined ? {} : { HealthCheckId: checkId }),
  };
}

const hostOf = (domain: ApiDomain): string => escapeForRoute53(domainName(domain.regionalDomainName));

/** Name, type, and what its policy needs. */
function routed({ name, type, setIdentifier, region, routing }: RecordSetSpec): RecordSet {
  return {
    Name: escapeForRoute53(name),
    Type: type,
    ...(setIdentifier === "" ? {} : { SetIdentifier: setIdentifier }),
    ...(routing.policy === "latency" ? { Region: region } : {}),
    ...(routing.policy === "weighted" ? { Weight: routing.weight } : {}),
    ...(routing.policy === "failover" ? { Failover: routing.failover } : {}),
  };
}

/** The record set as far as it matters for what may stand beside it. */
export const sketch = (spec: RecordSetSpec): RecordSet => ({
  ...routed(spec),
  ...(spec.type === "CNAME"
    ? { TTL: spec.ttl ?? 0, ResourceRecords: [] }
    : { AliasTarget: { HostedZoneId: "", DNSName: "", EvaluateTargetHealth: false } }),
});

/** A record set as it is live; `live` undefined: a marker lists it, and it is not there. */
export function observedRecord(
  base: NameSpec,
  { type, setIdentifier, region }: { readonly type: string; readonly setIdentifier: string; readonly region?: Region },
  live: RecordSet | undefined,
): RecordSetSpec {
  return {
    ...base,
    type: type as RecordSetSpec["type"],
    setIdentifier,
    region: (live === undefined ? undefined : (live.Region ?? regionAt(live))) ?? region ?? "",
    routing: routingOf(live),
    evaluateTargetHealth: live?.AliasTarget?.EvaluateTargetHealth ?? false,
    ...(live?.TTL === undefined ? {} : { ttl: live.TTL }),
    healthCheck: undefined,
    ...(live === undefined ? {} : { live }),
  };
}

/** A policy that we do not write counts as simple: nothing is made of it. */
function routingOf(live: RecordSet | undefined): RecordRouting {
  if (live === undefined) return { policy: "simple" };
  const policy = policyOf(live);
  if (policy === "weighted") return { policy, weight: live.Weight ?? 0 };
  if (policy === "failover") return { policy, failover: live.Failover ?? "PRIMARY" };
  return { policy: policy === "latency" ? policy : "simple" };
}

/** Field by field, how a live record set is not as it is wanted. */
export function recordDifferences(
  desired: RecordSetSpec,
  live: RecordSet | undefined,
  cloud: Cloud,
): readonly Difference[] {
  if (live === undefined) return [{ field: "record", before: "(deleted)", after: "present" }];
  const endpoint = regionalDomain(cloud, desired);
  const host = endpoint === undefined ? "(new endpoint)" : hostOf(endpoint);
  const cname = desired.type === "CNAME";
  const { Region, Weight, Failover } = routed(desired);
  const rows: readonly (readonly [string, Word, Word])[] = [
    ["region", live.Region, Region],
    ["weight", live.Weight, Weight],
    ["failover", live.Failover, Failover],
    ["aliasTarget.dnsName", live.AliasTarget?.DNSName, cname ? undefined : host],
    [
      "aliasTarget.hostedZoneId",
      live.AliasTarget?.HostedZoneId,
      cname ? undefined : (endpoint?.regionalHostedZoneId ?? "(new endpoint)"),
    ],
    [
      "aliasTarget.evaluateTargetHealth",
      live.AliasTarget?.EvaluateTargetHealth,
      cname ? undefined : desired.evaluateTargetHealth,
    ],
    [
      "healthCheckId",
      live.HealthCheckId,
      desired.healthCheck === undefined
        ? undefined
        : (liveHealthCheck(cloud, desired.healthCheck)?.Id ?? "(new health check)"),
    ],
    ["ttl", live.TTL, cname ? desired.ttl : undefined],
    ["values", live.ResourceRecords?.map((each) => each.Value).join(" "), cname ? host : undefined],
  ];
  return rows.flatMap(([field, before, after]) =>
    before === after ? [] : [{ field, before: words(before), after: words(after) }],
  );
}

type Word = string | number | boolean | undefined;

const words = (value: Word): string => (value === undefined ? "(none)" : String(value));
