import type { Cloud, RecordSet } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import { coexistenceProblems } from "../cloud/route53/record-coexistence.ts";
import { nameKeyPrefix, recordKey } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import { domainTarget, gateway, liveDomain } from "./api-domain.ts";
import { checkUserAddress, homeTarget } from "./check-user.ts";
import { condemnedBy } from "./condemnation.ts";
import { isEnding, ourMarkers, settleProbe } from "./condemned.ts";
import { delegatedAway } from "./delegation.ts";
import { endpointProbeAddress } from "./endpoint-probe.ts";
import { liveHealthCheck } from "./health-check.ts";
import { healthCheckAddress } from "./health-check-identity.ts";
import { done, lost, wait } from "./kind.ts";
import type { Change, Kind, Next, Observed, Scope } from "./kind.ts";
import { recordDigest } from "./marker.ts";
import type { MarkedRecord } from "./marker.ts";
import { observedRecord, recordAddress, recordDifferences, resolveRecord, sketch } from "./record-spec.ts";
import type { RecordSetSpec } from "./record-spec.ts";
import { guardOf, lastChange, markerOf, movedOn, readMarker, swapCall, zoneOf } from "./swap.ts";
import type { NameSpec, NameSwap, Publication } from "./swap.ts";
import { route53Call } from "./route53-call.ts";

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
  address: recordAddress,
  references: (spec) => [
    endpointProbeAddress(spec),
    ...(spec.healthCheck === undefined ? [] : [healthCheckAddress(spec.healthCheck)]),
    ...(spec.healthCheck?.shared === true ? [checkUserAddress(spec.healthCheck, spec.name)] : []),
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
    return accepted ? [] : recordDifferences(desired, live, cloud);
  },
  refuse: (desired, _observed, cloud) => inTheWay(desired, cloud),
  next: nextOf,
  probe(change, cloud) {
    const spec = change.after ?? change.before;
    return spec === undefined ? undefined : settleProbe(spec, cloud);
  },
  reliesOn: ({ after }, cloud) => (after === undefined ? [] : targetReads(after, cloud)),
  permissions: {
    read: ["route53:ListResourceRecordSets", "route53:GetChange"],
    write: ["route53:ChangeResourceRecordSets"],
  },
};

/** The endpoint that a record leads to, and its check with all below it. */
function targetReads(spec: RecordSetSpec, cloud: Cloud): readonly Call[] {
  const check = spec.healthCheck === undefined ? undefined : liveHealthCheck(cloud, spec.healthCheck);
  const ids = check === undefined ? [] : [check.Id, ...(check.HealthCheckConfig.ChildHealthChecks ?? [])];
  return [
    gateway(spec, "GetDomainName", { domainName: display(spec.name) }),
    ...ids.map((id) => route53Call(spec.zone.account, "GetHealthCheck", { HealthCheckId: id })),
  ];
}

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
      const spec = observedRecord(base, mark, live);
      yield { address: recordAddress(spec), spec, ours: true, edited, id: mark.setIdentifier };
    }
  }
}

/** Addresses and aliases that no marker of ours lists: counted, never touched. */
function* foreignRecords(cloud: Cloud, scope: Scope): Generator<Observed<RecordSetSpec>> {
  for (const zone of scope.zones) {
    for (const live of zoneOf(cloud, { zone })?.recordSets ?? []) {
      if (live.Type === "SOA" || live.Type === "NS" || live.Name.startsWith("_")) continue;
      const base = { account: scope.account, owner: scope.owner, zone, name: domainName(live.Name) };
      const spec = observedRecord(base, { type: live.Type, setIdentifier: live.SetIdentifier ?? "" }, live);
      if (markOf(spec, cloud) !== undefined && isOwn(base, cloud)) continue;
      yield { address: recordAddress(spec), spec, ours: false, edited: false, id: live.SetIdentifier ?? "" };
    }
  }
}

function isOwn(spec: NameSpec, cloud: Cloud): boolean {
  const marker = markerOf(cloud, spec);
  return marker?.manifest === spec.owner.manifest && marker.scope === spec.owner.scope;
}

function inTheWay(spec: RecordSetSpec, cloud: Cloud): Diagnostic | undefined {
  const zone = zoneOf(cloud, spec);
  const read = readMarker(zone, spec.name);
  if (zone === undefined) return undefined;
  const away = delegatedAway(zone, spec.name, recordAddress(spec));
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

const refusal = (code: string, spec: RecordSetSpec, message: string, help: string): Diagnostic => ({
  code,
  severity: "error",
  subject: recordAddress(spec),
  message,
  help,
});

export type Part =
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

/** What one change adds to the swap of its name; or what there is to wait for, or nothing. */
export function partOf(change: Change<RecordSetSpec>, cloud: Cloud): Part | Next {
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
  const home = after.healthCheck?.shared === true ? [homeTarget(after.healthCheck.name)] : [];
  const publish = { record: wanted, takesBack: [target, ...home] };
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

export function swapOf(change: Change<RecordSetSpec>, parts: readonly Part[], cloud: Cloud): NameSwap {
  const spec = specOf(change);
  const publish = parts.flatMap((part) =>
    "publish" in part ? [part.publish] : "replace" in part ? [part.replace.publish] : [],
  );
  const drop = parts.flatMap((part) => ("drop" in part ? [part.drop] : "replace" in part ? [part.replace.drop] : []));
  const accept = parts.flatMap((part) => ("accept" in part ? [part.accept] : []));
  const forget = parts.flatMap((part) => ("forget" in part ? [part.forget] : []));
  const keep = drop.length === 0 ? [] : keptBy(spec, [...drop, ...publish.map((each) => each.record)], cloud);
  return {
    spec,
    guard: guardOf(change),
    delta: {
      publish,
      drop,
      accept,
      forget,
      ...(keep.length === 0 ? {} : { keep }),
      condemn: condemnedBy(
        spec,
        publish.map((each) => each.record),
        drop,
        cloud,
      ),
    },
  };
}

/**
 * Our other record sets of the name. That an answer may go was decided on their being there: with them in the batch it is
 * refused when one of them is not there any more. Foreign ones are left alone: no answer of ours goes because of
 * theirs, since what is wanted of a name stands, and is ours, before anything of it goes. Nor are those whose check is
 * gone: AWS would refuse to create them.
 */
function keptBy(spec: RecordSetSpec, changed: readonly RecordSet[], cloud: Cloud): readonly RecordSet[] {
  const keys = new Set(changed.map(recordKey));
  const { healthChecks } = accountOf(cloud, spec.zone.account);
  return (markerOf(cloud, spec)?.records ?? []).flatMap(({ type, setIdentifier }) => {
    const live = liveRecord({ ...spec, type: type as RecordSetSpec["type"], setIdentifier }, cloud);
    const lame = live?.HealthCheckId !== undefined && !healthChecks.has(live.HealthCheckId);
    return live === undefined || lame || keys.has(recordKey(live)) ? [] : [live];
  });
}
