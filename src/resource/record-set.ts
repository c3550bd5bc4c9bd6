import type { ApiDomain, Cloud, RecordSet } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { coexistenceProblems } from "../cloud/route53/record-coexistence.ts";
import { nameKeyPrefix, recordKey } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { domainTarget, liveDomain } from "./api-domain.ts";
import { condemnedBy } from "./condemnation.ts";
import { isEnding, ourMarkers, settleProbe } from "./condemned.ts";
import { delegatedAway } from "./delegation.ts";
import { endpointProbeAddress } from "./endpoint-probe.ts";
import { liveHealthCheck } from "./health-check.ts";
import { healthCheckAddress } from "./health-check-identity.ts";
import type { HealthCheckSpec } from "./health-check-identity.ts";
import { done, lost, wait } from "./kind.ts";
import type { Change, Difference, Kind, Next, Observed, Scope } from "./kind.ts";
import { recordDigest } from "./marker.ts";
import type { MarkedRecord } from "./marker.ts";
import { guardOf, lastChange, markerOf, movedOn, readMarker, swapCall, zoneOf } from "./swap.ts";
import type { NameSpec, NameSwap, Publication } from "./swap.ts";

/** A latency alias record: what clients near a Region are answered. */
export interface RecordSetSpec extends NameSpec {
  readonly type: "A" | "AAAA";
  readonly setIdentifier: string;
  readonly region: Region;
  readonly evaluateTargetHealth: boolean;
  /** What the record's HealthCheckId names: the gate, or the endpoint's check. */
  readonly healthCheck: HealthCheckSpec | undefined;
  /** Take the live record as it is, although the manifest wants another. */
  readonly accept?: true;
  /** The record set as it was read, verbatim: what a deletion repeats. */
  readonly live?: RecordSet;
}

type Identity = Pick<RecordSetSpec, "name" | "type" | "setIdentifier">;

const addressOf = (spec: Identity): Address =>
  address("record-set", namePart(spec.name), spec.type, ...(spec.setIdentifier === "" ? [] : [spec.setIdentifier]));

/** The record set to be, with AWS's identifiers; undefined while something it refers to does not exist. */
function resolveRecord(spec: RecordSetSpec, cloud: Cloud): RecordSet | undefined {
  const domain = liveDomain(cloud, spec);
  const checkId = spec.healthCheck === undefined ? undefined : liveHealthCheck(cloud, spec.healthCheck)?.Id;
  if (domain === undefined || (spec.healthCheck !== undefined && checkId === undefined)) return undefined;
  return {
    Name: escapeForRoute53(spec.name),
    Type: spec.type,
    SetIdentifier: spec.setIdentifier,
    Region: spec.region,
    AliasTarget: {
      HostedZoneId: domain.regionalHostedZoneId,
      DNSName: escapeForRoute53(domainName(domain.regionalDomainName)),
      EvaluateTargetHealth: spec.evaluateTargetHealth,
    },
    ...(checkId === undefined ? {} : { HealthCheckId: checkId }),
  };
}

function liveRecord(spec: RecordSetSpec, cloud: Cloud): RecordSet | undefined {
  return zoneOf(cloud, spec)?.recordSets.get(
    recordKey({ Name: escapeForRoute53(spec.name), Type: spec.type, SetIdentifier: spec.setIdentifier }),
  );
}

const markOf = (spec: RecordSetSpec, cloud: Cloud): MarkedRecord | undefined =>
  markerOf(cloud, spec)?.records.find((each) => each.type === spec.type && each.setIdentifier === spec.setIdentifier);

export const recordSet: Kind<RecordSetSpec> = {
  name: "record-set",
  inZone: true,
  address: addressOf,
  references: (spec) => [
    endpointProbeAddress(spec),
    ...(spec.healthCheck === undefined ? [] : [healthCheckAddress(spec.healthCheck)]),
  ],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  batch: (spec) => spec.zone.id,
  observe: (cloud, scope) => [...ownRecords(cloud, scope), ...foreignRecords(cloud, scope)],
  compare(desired, observed, cloud) {
    const live = observed.spec.live;
    const wanted = resolveRecord(desired, cloud);
    const mark = markOf(desired, cloud);
    const accepted =
      live !== undefined &&
      wanted !== undefined &&
      mark?.kept === recordDigest(wanted) &&
      mark.digest === recordDigest(live);
    return accepted ? [] : fieldDifferences(desired, { wanted, endpoint: liveDomain(cloud, desired) }, live);
  },
  refuse: (desired, _observed, cloud) => inTheWay(desired, cloud),
  next: nextOf,
  probe(change, cloud) {
    const spec = change.after ?? change.before;
    return spec === undefined ? undefined : settleProbe(spec, cloud);
  },
  permissions: {
    read: ["route53:ListResourceRecordSets", "route53:GetChange"],
    write: ["route53:ChangeResourceRecordSets"],
  },
};

function* ownRecords(cloud: Cloud, scope: Scope): Generator<Observed<RecordSetSpec>> {
  for (const { marker, spec: base } of ourMarkers(cloud, scope)) {
    for (const mark of marker.records) {
      const key = recordKey({
        Name: escapeForRoute53(base.name),
        Type: mark.type as RecordSet["Type"],
        SetIdentifier: mark.setIdentifier,
      });
      const live = zoneOf(cloud, base)?.recordSets.get(key);
      const edited = live === undefined || recordDigest(live) !== mark.digest;
      const spec = observedSpec(base, mark.type, mark.setIdentifier, live);
      yield { address: addressOf(spec), spec, ours: true, edited, id: mark.setIdentifier };
    }
  }
}

/** Addresses and aliases that no marker of ours lists: counted, never touched. */
function* foreignRecords(cloud: Cloud, scope: Scope): Generator<Observed<RecordSetSpec>> {
  for (const zone of scope.zones) {
    for (const live of zoneOf(cloud, { zone })?.recordSets ?? []) {
      if (live.Type === "SOA" || live.Type === "NS" || live.Name.startsWith("_")) continue;
      const base = { account: scope.account, owner: scope.owner, zone, name: domainName(live.Name) };
      const spec = observedSpec(base, live.Type, live.SetIdentifier ?? "", live);
      if (markOf(spec, cloud) !== undefined && isOwn(base, cloud)) continue;
      yield { address: addressOf(spec), spec, ours: false, edited: false, id: live.SetIdentifier ?? "" };
    }
  }
}

function isOwn(spec: NameSpec, cloud: Cloud): boolean {
  const marker = markerOf(cloud, spec);
  return marker?.manifest === spec.owner.manifest && marker.scope === spec.owner.scope;
}

function observedSpec(base: NameSpec, type: string, setIdentifier: string, live: RecordSet | undefined): RecordSetSpec {
  const own = {
    ...base,
    type: type as RecordSetSpec["type"],
    setIdentifier,
    region: live?.Region ?? "",
    healthCheck: undefined,
  };
  const evaluateTargetHealth = live?.AliasTarget?.EvaluateTargetHealth ?? false;
  return live === undefined ? { ...own, evaluateTargetHealth } : { ...own, evaluateTargetHealth, live };
}

function fieldDifferences(
  desired: RecordSetSpec,
  { wanted, endpoint }: { readonly wanted: RecordSet | undefined; readonly endpoint: ApiDomain | undefined },
  live: RecordSet | undefined,
): readonly Difference[] {
  if (live === undefined) return [{ field: "record", before: "(deleted)", after: "present" }];
  const host = endpoint === undefined ? undefined : escapeForRoute53(domainName(endpoint.regionalDomainName));
  const rows: readonly (readonly [string, Word, Word])[] = [
    ["region", live.Region, desired.region],
    ["aliasTarget.dnsName", live.AliasTarget?.DNSName, host ?? "(new endpoint)"],
    ["aliasTarget.hostedZoneId", live.AliasTarget?.HostedZoneId, endpoint?.regionalHostedZoneId ?? "(new endpoint)"],
    ["aliasTarget.evaluateTargetHealth", live.AliasTarget?.EvaluateTargetHealth, desired.evaluateTargetHealth],
    [
      "healthCheckId",
      live.HealthCheckId,
      desired.healthCheck === undefined ? undefined : (wanted?.HealthCheckId ?? "(new health check)"),
    ],
    ["ttl", live.TTL, undefined],
    ["values", live.ResourceRecords?.map((each) => each.Value).join(" "), undefined],
    ["weight", live.Weight, undefined],
  ];
  return rows.flatMap(([field, before, after]) =>
    before === after ? [] : [{ field, before: words(before), after: words(after) }],
  );
}

type Word = string | number | boolean | undefined;

const words = (value: Word): string => (value === undefined ? "(none)" : String(value));

function inTheWay(spec: RecordSetSpec, cloud: Cloud): Diagnostic | undefined {
  const zone = zoneOf(cloud, spec);
  const read = readMarker(zone, spec.name);
  if (zone === undefined) return undefined;
  const away = delegatedAway(zone, spec.name, addressOf(spec));
  if (away !== undefined) return away;
  if (read.state === "unreadable")
    return refusal(
      "MARKER_UNREADABLE",
      spec,
      `The marker of ${display(spec.name)} is not one that this version can read.`,
      "Use the version of Signalbox that wrote it, or remove the marker if nothing manages the name.",
    );
  if (read.state === "read" && !isOwn(spec, cloud)) {
    const { manifest, scope } = read.marker;
    return refusal(
      "NAME_OWNED_ELSEWHERE",
      spec,
      `${display(spec.name)} belongs to the manifest ${manifest} (scope ${scope}).`,
      "Retire the name there first, or give it up here.",
    );
  }
  const mine = new Set(
    (read.state === "read" ? read.marker.records : []).map((mark) => `${mark.type} ${mark.setIdentifier}`),
  );
  let others = zone.recordSets;
  for (const record of zone.recordSets.startingWith(nameKeyPrefix(spec.name))) {
    if (mine.has(`${record.Type} ${record.SetIdentifier ?? ""}`)) others = others.delete(recordKey(record));
  }
  const problems = [
    ...(others.has(keyOf(spec))
      ? [`a record set ${spec.type} ${spec.setIdentifier} that no marker of ours lists`]
      : []),
    ...coexistenceProblems(zone, others, sketch(spec)),
  ];
  if (problems.length === 0) return undefined;
  return refusal(
    "FOREIGN_IN_THE_WAY",
    spec,
    `Something foreign stands at ${display(spec.name)}: ${problems.join("; ")}.`,
    "Remove it, or give the name up in the manifest; Signalbox does not touch what is not its own.",
  );
}

const keyOf = (spec: RecordSetSpec): string => recordKey(sketch(spec));

/** The record set as far as coexistence is concerned. */
const sketch = (spec: RecordSetSpec): RecordSet => ({
  Name: escapeForRoute53(spec.name),
  Type: spec.type,
  SetIdentifier: spec.setIdentifier,
  Region: spec.region,
  AliasTarget: { HostedZoneId: "", DNSName: "", EvaluateTargetHealth: false },
});

const refusal = (code: string, spec: RecordSetSpec, message: string, help: string): Diagnostic => ({
  code,
  severity: "error",
  subject: addressOf(spec),
  message,
  help,
});

type Part =
  | { readonly publish: Publication }
  | { readonly drop: RecordSet }
  | { readonly forget: Pick<MarkedRecord, "type" | "setIdentifier"> }
  | { readonly replace: { readonly drop: RecordSet; readonly publish: Publication } }
  | { readonly accept: { live: RecordSet; kept: string } };

function nextOf(changes: readonly Change<RecordSetSpec>[], cloud: Cloud): Next {
  const swaps = new Map<string, { readonly change: Change<RecordSetSpec>; readonly parts: Part[] }>();
  for (const change of changes) {
    const part = partOf(change, cloud);
    if ("do" in part) return part;
    const spec = specOf(change);
    const known = swaps.get(spec.name) ?? { change, parts: [] };
    known.parts.push(part);
    swaps.set(spec.name, known);
  }
  return swapCall(
    [...swaps.values()].map(({ change, parts }) => swapOf(change, parts, cloud)),
    cloud,
  );
}

function specOf(change: Change<RecordSetSpec>): RecordSetSpec {
  const spec = change.after ?? change.before;
  if (spec === undefined) throw new Error(`change of ${change.address} has neither side`);
  return spec;
}

function partOf(change: Change<RecordSetSpec>, cloud: Cloud): Part | Next {
  const { before, after } = change;
  const live = liveRecord(specOf(change), cloud);
  if (after === undefined) return before === undefined ? done : removal(change, before, live, cloud);
  const wanted = resolveRecord(after, cloud);
  if (wanted === undefined) return lost("what it points to");
  const mark = markOf(after, cloud);
  if (after.accept === true)
    return live === undefined || mark?.kept === recordDigest(wanted)
      ? settled(change, cloud)
      : { accept: { live, kept: recordDigest(wanted) } };
  if (live !== undefined && mark !== undefined && recordDigest(live) === recordDigest(wanted))
    return settled(change, cloud);
  const target = domainTarget(after.region);
  if (isEnding(cloud, after, target, liveDomain(cloud, after)?.regionalDomainName ?? ""))
    return lost(`${target}, which is about to be deleted: let the removal come to its end first`);
  const publish = { record: wanted, takesBack: [target] };
  if (live === undefined) return { publish };
  return before?.live === undefined || recordDigest(live) !== recordDigest(before.live)
    ? movedOn(after)
    : { replace: { drop: before.live, publish } };
}

/** A record that somebody deleted by hand is still in the marker: the swap forgets it. */
function removal(
  change: Change<RecordSetSpec>,
  before: RecordSetSpec,
  live: RecordSet | undefined,
  cloud: Cloud,
): Part | Next {
  if (live !== undefined) return { drop: before.live ?? live };
  return markOf(before, cloud) === undefined ? settled(change, cloud) : { forget: before };
}

/** Acknowledged is not yet answered: done when every name server has it. */
function settled(change: Change<RecordSetSpec>, cloud: Cloud): Next {
  const spec = specOf(change);
  const last = lastChange(cloud, spec.zone, spec.name);
  return last !== undefined && last.insyncAt > cloud.now
    ? wait("Route 53 to have it on every name server", Number.isFinite(last.insyncAt) ? last.insyncAt : undefined)
    : done;
}

function swapOf(change: Change<RecordSetSpec>, parts: readonly Part[], cloud: Cloud): NameSwap {
  const spec = specOf(change);
  const publish = parts.flatMap((part) =>
    "publish" in part ? [part.publish] : "replace" in part ? [part.replace.publish] : [],
  );
  const drop = parts.flatMap((part) => ("drop" in part ? [part.drop] : "replace" in part ? [part.replace.drop] : []));
  const accept = parts.flatMap((part) => ("accept" in part ? [part.accept] : []));
  const forget = parts.flatMap((part) => ("forget" in part ? [part.forget] : []));
  return {
    spec,
    guard: guardOf(change),
    delta: {
      publish,
      drop,
      accept,
      forget,
      condemn: condemnedBy(
        spec,
        publish.map((each) => each.record),
        drop,
        cloud,
      ),
    },
  };
}
