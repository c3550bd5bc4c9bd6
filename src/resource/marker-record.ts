import type { Cloud, RecordSet } from "../cloud/cloud.ts";
import { MARKER_LINGER } from "../cloud/linger.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";

import { ourMarkers, settleProbe } from "./condemned.ts";
import { MAPPING_TARGET } from "./marker.ts";
import { call, done, lost, oneByOne, wait } from "./kind.ts";
import type { Change, Kind, Next, Observed } from "./kind.ts";
import { dropMarkerCall, guardHolds, guardOf, movedOn, readMarker, swapCall, zoneOf } from "./swap.ts";
import type { NameSpec } from "./swap.ts";

/** The marker itself, as something that goes: the last of a name that is taken out of service. Swaps make and change it. */
export interface MarkerSpec extends NameSpec {
  readonly live: RecordSet;
}

const addressOf = (spec: NameSpec): Address => address("marker", namePart(spec.name));

export const markerRecord: Kind<MarkerSpec> = {
  name: "marker",
  inZone: true,
  address: addressOf,
  references: () => [],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  observe(cloud, scope) {
    const found: Observed<MarkerSpec>[] = [];
    for (const { spec } of ourMarkers(cloud, scope)) {
      const read = readMarker(zoneOf(cloud, spec), spec.name);
      if (read.state === "read")
        found.push({
          address: addressOf(spec),
          spec: { ...spec, live: read.record },
          ours: true,
          edited: false,
          id: spec.name,
        });
    }
    return found;
  },
  compare: () => [],
  next: oneByOne<MarkerSpec>(() => done, remove),
  probe(change, cloud) {
    return change.before === undefined ? undefined : settleProbe(change.before, cloud);
  },
  permissions: { read: ["route53:ListResourceRecordSets"], write: ["route53:ChangeResourceRecordSets"] },
};

/** When the last thing that it speaks of is gone, it lingers. One that does not say since when (an older version wrote it) lingers from now on. */
function remove(spec: MarkerSpec, cloud: Cloud, change: Change<MarkerSpec>): Next {
  const read = readMarker(zoneOf(cloud, spec), spec.name);
  if (read.state === "none") return done;
  if (read.state === "unreadable" || !guardHolds(guardOf(change), read.marker)) return movedOn(spec);
  const { records, entries, home, releasedAt } = read.marker;
  const more = entries.filter(({ target }) => !target.startsWith(MAPPING_TARGET));
  if (records.length > 0 || more.length > 0 || (home?.users.length ?? 0) > 0) return lost("what else the name has");
  if (releasedAt === undefined)
    return swapCall([{ spec, guard: guardOf(change), delta: { nothingLeft: true } }], cloud);
  const end = Math.max(releasedAt + MARKER_LINGER, ...entries.map(({ claim }) => claim?.notAfter ?? -Infinity));
  if (!(cloud.now >= end)) return wait("late reads and late requests that rest on what is gone", end);
  return call(dropMarkerCall(spec, read.record));
}
