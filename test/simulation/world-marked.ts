import type { HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { nameKeyPrefix, recordKey } from "../../src/cloud/route53/record-order.ts";
import { escapeForRoute53 } from "../../src/dns/domain-name.ts";
import type { DomainName } from "../../src/dns/domain-name.ts";
import { markerName, parseMarker, recordDigest } from "../../src/resource/marker.ts";
import { OWNER } from "./simulate-manifests.ts";

const ANSWERS = new Set(["A", "AAAA", "CNAME"]);

/**
 * Where the marker of a name and its record sets do not agree: each batch must change both. "nothing": the name has
 * neither. `leave` says which record sets are not ours, or no longer as we left them.
 */
export function unmarked(
  zone: HostedZone,
  name: DomainName,
  leave: (record: RecordSet) => boolean,
): string | undefined {
  const record = zone.recordSets.get(recordKey({ Name: escapeForRoute53(markerName(name)), Type: "TXT" }));
  const marker = record === undefined ? undefined : parseMarker(record);
  const ours = marker?.manifest === OWNER.manifest && marker.scope === OWNER.scope;
  const live = [...zone.recordSets.startingWith(nameKeyPrefix(name))].filter(
    (each) => ANSWERS.has(each.Type) && !leave(each),
  );
  if (!ours) return live.length === 0 ? "nothing" : `${live[0]?.SetIdentifier ?? ""} stands there without a marker`;
  const known = new Map(live.map((each) => [`${each.Type} ${each.SetIdentifier ?? ""}`, each]));
  for (const mark of marker.records) {
    const key = `${mark.type} ${mark.setIdentifier}`;
    const there = known.get(key);
    known.delete(key);
    const sketch = {
      Name: escapeForRoute53(name),
      Type: mark.type as RecordSet["Type"],
      SetIdentifier: mark.setIdentifier,
    };
    if (leave(sketch)) continue;
    if (there === undefined) return `the marker lists ${key}, which is not there`;
    if (recordDigest(there) !== mark.digest) return `${key} is not what the marker says was written`;
  }
  const [other] = known.keys();
  return other === undefined ? undefined : `${other} is in no marker`;
}
