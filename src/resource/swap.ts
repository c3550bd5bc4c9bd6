import type { Cloud, HostedZone, RecordSet, ZoneChange } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { accountOf } from "../cloud/edit.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import { ALIAS_TTL_SECONDS } from "../cloud/route53/limits.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { display, escapeForRoute53 } from "../dns/domain-name.ts";
import type { AnySpec, Change, Guard, Next, ZoneRef } from "./kind.ts";
import { markerName, parseMarker, recordDigest, renderMarker, saysNothing } from "./marker.ts";
import type { Entry, Home, HomeUser, MarkedRecord, Marker, Tomb } from "./marker.ts";
import type { Owner } from "./ownership.ts";
import { regionAt } from "./record-endpoint.ts";
import { route53Call } from "./route53-call.ts";

/** A change of one name, as the write protocol has it: SWAP(marker, delta). */
export interface NameDelta {
  readonly publish?: readonly Publication[];
  /** Live record sets to delete, verbatim. */
  readonly drop?: readonly RecordSet[];
  /** Record sets that are gone already, to be listed no longer. */
  readonly forget?: readonly Pick<MarkedRecord, "type" | "setIdentifier">[];
  readonly condemn?: readonly Omit<Entry, "since" | "drainedFrom" | "claim">[];
  readonly drained?: readonly { readonly target: string; readonly from: Instant }[];
  /** CLAIM(r) of the write protocol, over whatever claim there was. */
  readonly claim?: readonly { readonly target: string; readonly notAfter: Instant }[];
  readonly release?: readonly string[];
  /** Of a home marker: `users += n`, `users -= n`. */
  readonly home?: Omit<Home, "users"> & { readonly join: readonly HomeUser[]; readonly leave: readonly DomainName[] };
  /**
   * Live record sets that the change relies on and leaves as they are: deleted and created again, verbatim, so that the
   * batch is refused when a person has taken one away since it was read.
   */
  readonly keep?: readonly RecordSet[];
  /** Nothing is left but the marker, and nobody has noted since when: it is noted now. */
  readonly nothingLeft?: true;
  /** Take the live record as it is: its digest becomes the one last applied, until the manifest wants something else than `kept`. */
  readonly accept?: readonly { readonly live: RecordSet; readonly kept: string }[];
}

export interface Publication {
  readonly record: RecordSet;
  /** Entry keys that publishing takes back (an API domain that was condemned and is wanted again). */
  readonly takesBack: readonly string[];
}

/** What a name's spec carries, so that a swap can be built from it. */
export interface NameSpec extends AnySpec {
  readonly owner: Owner;
  readonly zone: ZoneRef;
  readonly name: DomainName;
}

export type MarkerRead =
  | { readonly state: "none" }
  | { readonly state: "unreadable"; readonly record: RecordSet }
  | { readonly state: "read"; readonly marker: Marker; readonly record: RecordSet };

export function zoneOf(cloud: Cloud, { zone }: { readonly zone: ZoneRef }): HostedZone | undefined {
  return accountOf(cloud, zone.account).zones.get(zone.id);
}

export function readMarker(zone: HostedZone | undefined, name: DomainName): MarkerRead {
  const record = zone?.recordSets.get(recordKey({ Name: escapeForRoute53(markerName(name)), Type: "TXT" }));
  if (record === undefined) return { state: "none" };
  const marker = parseMarker(record);
  return marker === undefined ? { state: "unreadable", record } : { state: "read", marker, record };
}

export function markerOf(
  cloud: Cloud,
  spec: { readonly zone: ZoneRef; readonly name: DomainName },
): Marker | undefined {
  const read = readMarker(zoneOf(cloud, spec), spec.name);
  return read.state === "read" ? read.marker : undefined;
}

/** The marker is the one that the plan was made from, or one that this plan wrote. Anything else: somebody else was here. */
export function guardHolds(guard: Guard, marker: Marker | undefined): boolean {
  if (marker === undefined) return guard.basis === undefined;
  return marker.nonce === guard.basis || writtenUnder(guard, marker);
}

/** This plan has swapped it, and nobody else has since. */
export const writtenUnder = (guard: Guard, marker: Marker | undefined): boolean =>
  marker?.nonce.startsWith(`${guard.nonce}.`) === true;

/**
 * The newest change of this run that touched the name's marker: its INSYNC is the INSYNC of all the run did to the name.
 * Of those only that wrote the marker's generation `since` or a later one; a change that says nothing of generations
 * is one of the model's, which has none but this plan's.
 */
export function lastChange(cloud: Cloud, zone: ZoneRef, name: DomainName, since = 0): ZoneChange | undefined {
  const marker = markerName(name);
  const generation = ({ generations }: ZoneChange): number => generations?.[marker] ?? Infinity;
  let newest: ZoneChange | undefined;
  for (const change of accountOf(cloud, zone.account).changes) {
    if (change.zoneId !== zone.id || !change.names.includes(marker) || generation(change) < since) continue;
    const order =
      newest === undefined
        ? 1
        : Math.sign(generation(change) - generation(newest)) ||
          change.submittedAt - newest.submittedAt ||
          Math.sign(change.insyncAt - newest.insyncAt);
    if (!(order < 0)) newest = change;
  }
  return newest;
}

export interface NameSwap {
  readonly spec: NameSpec;
  readonly guard: Guard;
  readonly delta: NameDelta;
}

/**
 * One atomic batch for one or more names of a zone, or the reason why there is none. Where a name has no marker there is
 * nothing to compare with, so a batch that makes one has a date: as of the read that showed none. Here that is now; who
 * sends it reads again before, and gives it the time of that (cloud/linger.ts has the reason).
 */
export function swapCall(swaps: readonly NameSwap[], cloud: Cloud): Next {
  const first = swaps[0];
  if (first === undefined) return { do: "done" };
  const zone = zoneOf(cloud, first.spec);
  const deletions: RecordSet[] = [];
  const creations: RecordSet[] = [];
  let makesMarker = false;
  for (const swap of swaps) {
    const read = readMarker(zone, swap.spec.name);
    const old = read.state === "read" ? read.marker : undefined;
    if (read.state === "unreadable" || !guardHolds(swap.guard, old)) return movedOn(swap.spec);
    if (read.state === "read") deletions.push(read.record);
    else makesMarker = true;
    const { drop = [], keep = [], publish = [] } = swap.delta;
    deletions.push(...drop, ...keep);
    creations.push(
      renderMarker(swap.spec.name, nextMarker(swap, old, cloud.now)),
      ...keep,
      ...publish.map((each) => each.record),
    );
  }
  const changes = [
    ...deletions.map((record) => batchChange("DELETE", record)),
    ...creations.map((record) => batchChange("CREATE", record)),
  ];
  const call = batchCall(first.spec, changes);
  return { do: "call", call: makesMarker ? { ...call, signedAt: cloud.now } : call };
}

/** Deletes the marker of a name that has nothing left: the last thing that goes. */
export function dropMarkerCall(spec: NameSpec, marker: RecordSet): Call {
  return batchCall(spec, [batchChange("DELETE", marker)]);
}

export function movedOn(spec: NameSpec): Next {
  return {
    do: "stop",
    replan: true,
    diagnostic: {
      code: "CHANGED_SINCE_PLAN",
      severity: "error",
      subject: display(spec.name),
      message: `The marker of ${display(spec.name)} is no longer the one this plan was made from: another run or a person has written to the name.`,
      help: "Run the command again: it plans from what is live now.",
    },
  };
}

interface BatchChange {
  readonly Action: "CREATE" | "DELETE";
  readonly ResourceRecordSet: RecordSet;
}

const batchChange = (Action: BatchChange["Action"], ResourceRecordSet: RecordSet): BatchChange => ({
  Action,
  ResourceRecordSet,
});

export function batchCall({ zone }: { readonly zone: ZoneRef }, changes: readonly BatchChange[]): Call {
  const ChangeBatch = { Comment: "signalbox", Changes: changes };
  return route53Call(zone.account, "ChangeResourceRecordSets", { HostedZoneId: zone.id, ChangeBatch });
}

function nextMarker(swap: NameSwap, old: Marker | undefined, now: Instant): Marker {
  const { delta, spec, guard } = swap;
  const generation = (old?.generation ?? 0) + 1;
  const answered = [
    ...(delta.publish ?? []).map((each) => each.record),
    ...(delta.accept ?? []).map((each) => each.live),
    ...(delta.drop ?? []),
  ];
  const nonce = `${guard.nonce}.${generation}`;
  const releasedAt = (delta.release ?? []).length > 0 || delta.nothingLeft === true ? now : old?.releasedAt;
  return {
    manifest: spec.owner.manifest,
    scope: spec.owner.scope,
    generation,
    nonce,
    maxTtl: Math.max(old?.maxTtl ?? 0, ...answered.map((record) => record.TTL ?? ALIAS_TTL_SECONDS)),
    records: nextRecords(old?.records ?? [], delta),
    entries: nextEntries(
      (old?.entries ?? []).filter((entry) => !saysNothing(entry, now)),
      delta,
      { generation, nonce },
    ),
    tombs: nextTombs(old, delta.release ?? []),
    ...nextHome(old?.home, delta.home),
    ...(releasedAt === undefined ? {} : { releasedAt }),
  };
}

function nextHome(old: Home | undefined, delta: NameDelta["home"]): Pick<Marker, "home"> {
  if (delta === undefined) return old === undefined ? {} : { home: old };
  const { region, host, join, leave } = delta;
  const moved = new Set([...leave, ...join.map(({ name }) => name)]);
  return { home: { region, host, users: [...(old?.users ?? []).filter(({ name }) => !moved.has(name)), ...join] } };
}

const sameRecord = (marked: MarkedRecord, record: RecordSet): boolean =>
  marked.type === record.Type && marked.setIdentifier === (record.SetIdentifier ?? "");

function nextRecords(old: readonly MarkedRecord[], delta: NameDelta): readonly MarkedRecord[] {
  const written = [
    ...(delta.publish ?? []).map((each) => each.record),
    ...(delta.drop ?? []),
    ...(delta.accept ?? []).map((each) => each.live),
  ];
  const forgotten = (marked: MarkedRecord): boolean =>
    delta.forget?.some((each) => each.type === marked.type && each.setIdentifier === marked.setIdentifier) === true;
  const untouched = old.filter((marked) => !forgotten(marked) && !written.some((record) => sameRecord(marked, record)));
  const fresh = (delta.publish ?? []).map(({ record }) => markedAs(record));
  const accepted = (delta.accept ?? []).map(({ live, kept }) => ({ ...markedAs(live), kept }));
  return [...untouched, ...fresh, ...accepted];
}

function markedAs(record: RecordSet): MarkedRecord {
  const region = record.SetIdentifier === undefined ? regionAt(record) : undefined;
  return {
    type: record.Type,
    setIdentifier: record.SetIdentifier ?? "",
    digest: recordDigest(record),
    ...(region === undefined ? {} : { region }),
  };
}

function nextEntries(
  old: readonly Entry[],
  delta: NameDelta,
  { generation, nonce }: Pick<Marker, "generation" | "nonce">,
): readonly Entry[] {
  const released = new Set([...(delta.release ?? []), ...(delta.publish ?? []).flatMap((each) => each.takesBack)]);
  const kept = old
    .filter((entry) => !released.has(entry.target))
    .map((entry) => {
      const drained = delta.drained?.find((each) => each.target === entry.target);
      const claim = delta.claim?.find((each) => each.target === entry.target);
      return {
        ...entry,
        ...(drained === undefined ? {} : { drainedFrom: drained.from }),
        ...(claim === undefined ? {} : { claim: { nonce, notAfter: claim.notAfter } }),
      };
    });
  const added = (delta.condemn ?? [])
    .filter((each) => !kept.some((entry) => entry.target === each.target))
    .map((each) => {
      const claim = delta.claim?.find(({ target }) => target === each.target);
      const entry = { ...each, since: generation, drainedFrom: undefined };
      return claim === undefined ? entry : { ...entry, claim: { nonce, notAfter: claim.notAfter } };
    });
  return [...kept, ...added];
}

/** Only keys under which something else may come to be need a tomb: a health check's id is never used again. */
function nextTombs(old: Marker | undefined, release: readonly string[]): readonly Tomb[] {
  const gone = (old?.entries ?? []).filter(
    (entry) => release.includes(entry.target) && entry.target.startsWith("api-domain/"),
  );
  const kept = (old?.tombs ?? []).filter((tomb) => !gone.some((entry) => entry.target === tomb.target));
  return [...kept, ...gone.map((entry) => ({ target: entry.target, incarnation: entry.incarnation }))];
}

/** Only the changes that still have something to do are merged into the next call. */
export function guardOf(change: Change): Guard {
  if (change.guard === undefined) throw new Error(`change of ${change.address} has no guard`);
  return change.guard;
}
