import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { display, domainName } from "../dns/domain-name.ts";
import { isGone } from "./claim.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { done, lost, wait } from "./kind.ts";
import type { Change, Kind, Next, Observed, Scope } from "./kind.ts";
import type { Entry, Marker } from "./marker.ts";
import { MAPPING_TARGET, isVacated, markedName, markerName } from "./marker.ts";
import { guardOf, lastChange, markerOf, readMarker, swapCall, writtenUnder, zoneOf } from "./swap.ts";
import type { NameDelta, NameSpec, NameSwap } from "./swap.ts";
import { isBehind } from "./record-endpoint.ts";
import { route53Call } from "./route53-call.ts";
import { listAt } from "./validation-record.ts";

/**
 * An entry in a name's marker: something that its records pointed to, on its way to deletion. Condemned (the batch
 * that dropped the last reference says so), drained (that change is INSYNC, and resolvers have forgotten), gone.
 */
export interface CondemnedSpec extends NameSpec {
  readonly target: string;
  readonly incarnation: string;
  readonly state: "condemned" | "drained";
  readonly drainMinimumSeconds: number;
}

/** Nothing is deleted sooner than this after its last answer was INSYNC, whatever the TTL: the margin for how changes of a zone become INSYNC. */
export const DRAIN_FLOOR_SECONDS = 900;

const addressOf = (spec: CondemnedSpec): Address => address("condemned", namePart(spec.name), spec.target);

/** When resolvers have forgotten every answer that led there. */
export function drainEnd(marker: Marker, from: Instant, minimumSeconds: number): Instant {
  return from + Math.max(2 * marker.maxTtl, minimumSeconds, DRAIN_FLOOR_SECONDS) * SECOND;
}

export const entryOf = (marker: Marker | undefined, target: string): Entry | undefined =>
  marker?.entries.find((each) => each.target === target);

/** Whether the thing under this entry may be deleted now: true, or what is to be waited for. */
export function drainOver(cloud: Cloud, spec: NameSpec, target: string, incarnation: string): true | Next {
  const marker = markerOf(cloud, spec);
  const entry = entryOf(marker, target);
  if (isVacated(marker) && entry?.incarnation === incarnation) return true;
  if (marker === undefined || entry?.drainedFrom === undefined || entry.incarnation !== incarnation)
    return lost("its drain");
  const end = drainEnd(marker, entry.drainedFrom, DRAIN_FLOOR_SECONDS);
  return cloud.now >= end ? true : wait("resolvers to forget it", end);
}

/** The records of a name and its marker: the last look before something that they pointed to is deleted. */
export const nameReads = (spec: NameSpec): readonly Call[] => [
  listAt(spec, spec.name, 100),
  listAt(spec, markerName(spec.name)),
];

/**
 * Another run may be about to delete what has drained: it is not published again. While the name of an API domain is
 * claimed, that goes for every one that has it: a request to delete it may be on its way.
 */
export function isEnding(cloud: Cloud, spec: NameSpec, target: string, incarnation: string): boolean {
  const entry = entryOf(markerOf(cloud, spec), target);
  if (entry === undefined) return false;
  const claimed = entry.claim !== undefined && cloud.now < entry.claim.notAfter;
  return claimed || (entry.incarnation === incarnation && entry.drainedFrom !== undefined);
}

export const condemned: Kind<CondemnedSpec> = {
  name: "condemned",
  inZone: true,
  address: addressOf,
  references: () => [],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  batch: (spec) => spec.zone.id,
  observe(cloud, scope) {
    const found: Observed<CondemnedSpec>[] = [];
    for (const { marker, spec } of ourMarkers(cloud, scope)) {
      for (const entry of marker.entries) {
        if (entry.target.startsWith(MAPPING_TARGET)) continue;
        const state = entry.drainedFrom === undefined ? "condemned" : "drained";
        const own: CondemnedSpec = {
          ...spec,
          target: entry.target,
          incarnation: entry.incarnation,
          state,
          drainMinimumSeconds: scope.drainMinimumSeconds,
        };
        found.push({ address: addressOf(own), spec: own, ours: true, edited: false, id: entry.incarnation });
      }
    }
    return found;
  },
  compare: () => [],
  next(changes, cloud) {
    const states = changes.map((change) => ({ change, next: nextOf(change, cloud) }));
    const pending = states.find(({ next }) => !("delta" in next));
    if (pending !== undefined && !("delta" in pending.next)) return pending.next;
    return swapCall(
      mergeByName(states.flatMap(({ change, next }) => ("delta" in next ? [{ change, delta: next.delta }] : []))),
      cloud,
    );
  },
  probe(change, cloud) {
    const spec = change.after ?? change.before;
    return spec === undefined ? undefined : settleProbe(spec, cloud);
  },
  permissions: {
    read: ["route53:GetChange", "route53:ListResourceRecordSets"],
    write: ["route53:ChangeResourceRecordSets"],
  },
};

/** How a name's last change is doing, or else what stands at the name. */
export function settleProbe(spec: NameSpec, cloud: Cloud): Call {
  const change = lastChange(cloud, spec.zone, spec.name);
  if (change === undefined || change.insyncAt <= cloud.now) return listAt(spec, markerName(spec.name));
  return route53Call(spec.zone.account, "GetChange", { Id: change.id });
}

/** Every readable marker of ours in the zones in scope. */
export function* ourMarkers(cloud: Cloud, scope: Scope): Generator<{ marker: Marker; spec: NameSpec }> {
  for (const zone of scope.zones) {
    for (const record of zoneOf(cloud, { zone })?.recordSets ?? []) {
      if (record.Type !== "TXT" || !record.Name.startsWith("_signalbox.")) continue;
      const name = markedName(domainName(record.Name));
      if (name === undefined) continue;
      const read = readMarker(zoneOf(cloud, { zone }), name);
      if (
        read.state !== "read" ||
        read.marker.manifest !== scope.owner.manifest ||
        read.marker.scope !== scope.owner.scope
      )
        continue;
      yield { marker: read.marker, spec: { account: scope.account, owner: scope.owner, zone, name } };
    }
  }
}

interface Delta {
  readonly delta: NameDelta;
}

/** Merges the deltas of one name into one swap. */
function mergeByName(parts: readonly { change: Change<CondemnedSpec>; delta: NameDelta }[]): readonly NameSwap[] {
  const byName = new Map<string, NameSwap>();
  for (const { change, delta } of parts) {
    const spec = change.after ?? change.before;
    if (spec === undefined) continue;
    const known = byName.get(spec.name);
    byName.set(spec.name, { spec, guard: guardOf(change), delta: join(known?.delta ?? {}, delta) });
  }
  return [...byName.values()];
}

const join = (a: NameDelta, b: NameDelta): NameDelta => ({
  condemn: [...(a.condemn ?? []), ...(b.condemn ?? [])],
  drained: [...(a.drained ?? []), ...(b.drained ?? [])],
  release: [...(a.release ?? []), ...(b.release ?? [])],
});

function nextOf(change: Change<CondemnedSpec>, cloud: Cloud): Next | Delta {
  const { before, after } = change;
  if (after === undefined) return before === undefined ? done : release(before, cloud);
  const entry = entryOf(markerOf(cloud, after), after.target);
  if (after.state === "condemned")
    return entry === undefined
      ? { delta: { condemn: [{ target: after.target, incarnation: after.incarnation }] } }
      : done;
  if (entry === undefined) return done; // a publication took it back
  return leavesUnseen(change, entry, cloud) ? { delta: {} } : drain(after, entry, cloud);
}

/** Rule G3: who takes a name off a home marker has swapped the name's own since it read that one, whoever drained it. */
const leavesUnseen = (change: Change<CondemnedSpec>, { target }: Entry, cloud: Cloud): boolean =>
  target.startsWith("check-user/") && !writtenUnder(guardOf(change), markerOf(cloud, change.after as CondemnedSpec));

/** Rule d of the write protocol: the drain counts from the INSYNC of a change of this very run that is no older than the condemnation. */
function drain(spec: CondemnedSpec, entry: Entry, cloud: Cloud): Next | Delta {
  const marker = markerOf(cloud, spec);
  if (isVacated(marker)) return done;
  if (marker !== undefined && entry.drainedFrom !== undefined) {
    const end = drainEnd(marker, entry.drainedFrom, spec.drainMinimumSeconds);
    return cloud.now >= end ? done : wait(`resolvers to forget ${display(spec.name)}`, end);
  }
  const change = lastChange(cloud, spec.zone, spec.name, entry.since);
  if (change === undefined) return { delta: {} }; // condemned by another run: bump, so that there is a change whose INSYNC counts
  if (change.insyncAt > cloud.now) return wait("Route 53 to have it on every name server");
  return { delta: { drained: [{ target: spec.target, from: change.insyncAt }] } };
}

function release(spec: CondemnedSpec, cloud: Cloud): Next | Delta {
  const entry = entryOf(markerOf(cloud, spec), spec.target);
  if (entry === undefined) return done;
  const [kind, id = ""] = spec.target.split("/");
  if (kind === "edge-endpoint")
    return isBehind(regionOf(cloud, spec.account, id).domains.get(spec.name), spec.incarnation)
      ? lost("what was to be deleted")
      : { delta: { release: [spec.target] } };
  if (kind === "check-user" && isStillUser(spec, cloud)) return lost("its place at the shared check");
  const still =
    kind === "check-user"
      ? false
      : kind === "health-check"
        ? accountOf(cloud, spec.zone.account).healthChecks.has(id) && lost("what was to be deleted")
        : mayStillBeDeleted({ ...spec, region: id }, entry, cloud);
  return still === false ? { delta: { release: [spec.target] } } : still;
}

/** Whether the home marker, in whatever zone of the account, still has the name. */
function isStillUser({ zone: { account }, name, incarnation }: CondemnedSpec, cloud: Cloud): boolean {
  const home = domainName(incarnation);
  return [...accountOf(cloud, account).zones].some((zone) => {
    const read = readMarker(zone, home);
    return read.state === "read" && read.marker.home?.users.some((user) => user.name === name) === true;
  });
}

/**
 * An API domain's entry goes when AWS has answered the deletion, and never because the domain is not seen. Where
 * another incarnation has its name, nothing is deleted, and the entry goes once no claim holds any more.
 */
function mayStillBeDeleted(spec: NameSpec & { readonly region: string }, entry: Entry, cloud: Cloud): Next | false {
  if (isGone(spec, entry, cloud)) return false;
  const live = regionOf(cloud, spec.account, spec.region).domains.get(spec.name);
  if (live === undefined || live.regionalDomainName === entry.incarnation) return lost("what was to be deleted");
  const until = entry.claim?.notAfter ?? -Infinity;
  return until > cloud.now && wait("a claim on its name to end", until);
}
