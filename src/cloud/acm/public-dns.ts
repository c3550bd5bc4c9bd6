import { parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { RecordType } from "../../dns/record-type.ts";
import { longestZone } from "../../dns/zone-match.ts";
import type { Cloud, HostedZone, RecordSet } from "../cloud.ts";
import { lookUp } from "../route53/lookup.ts";
import { ACM_LIMITS } from "./limits.ts";

/** The public hosted zones of all accounts, by name; more than one may have the same name. */
export type PublicZones = ReadonlyMap<DomainName, readonly HostedZone[]>;

export function publicZones(cloud: Cloud): PublicZones {
  const zones = new Map<DomainName, HostedZone[]>();
  for (const account of cloud.accounts) {
    for (const zone of account.zones) {
      if (!zone.private) zones.set(zone.name, [...(zones.get(zone.name) ?? []), zone]);
    }
  }
  return zones;
}

/**
 * Whether the CNAME at `name` has this value, or leads to one that has. ACM follows a limited chain.
 * Source: ACM guide "DNS validation", checked 2026-11-23.
 */
// Assumed: the limit counts every CNAME on the way, the one with the value included.
export function cnameLeadsTo(name: DomainName, value: DomainName, zones: PublicZones): boolean {
  let reached: readonly DomainName[] = [name];
  for (let followed = 0; followed < ACM_LIMITS.cnames && reached.length > 0; followed++) {
    reached = reached.flatMap((each) => targets(recordsAt(each, "CNAME", zones)));
    if (reached.includes(value)) return true;
  }
  return false;
}

/** The values at a name, through the CNAME that may stand there instead. */
export function valuesAt(name: DomainName, type: RecordType, zones: PublicZones): readonly string[] {
  let reached: readonly DomainName[] = [name];
  for (let followed = 0; followed <= ACM_LIMITS.cnames && reached.length > 0; followed++) {
    const found = reached.flatMap((each) => recordsAt(each, type, zones));
    const values = found.filter((record) => record.Type === type).flatMap(valuesOf);
    if (values.length > 0) return values;
    reached = targets(found);
  }
  return [];
}

/**
 * What the public DNS of this very Cloud has at a name: in the zone with the longest matching name, unless it is
 * delegated further there, to where the Cloud does not reach.
 */
// Assumed: of several zones with one name all are asked; which of them the world asks is not known here.
function recordsAt(name: DomainName, type: RecordType, zones: PublicZones): readonly RecordSet[] {
  const candidates = longestZone(name, zones) ?? [];
  return candidates.flatMap((zone) => {
    const found = lookUp(zone, name, type);
    return found.kind === "records" || found.kind === "cname" ? found.records : [];
  });
}

const valuesOf = (record: RecordSet): readonly string[] => (record.ResourceRecords ?? []).map(({ Value }) => Value);

function targets(records: readonly RecordSet[]): readonly DomainName[] {
  const names = records
    .filter(({ Type }) => Type === "CNAME")
    .flatMap(valuesOf)
    .flatMap((value) => {
      const parsed = parseDomainName(value);
      return parsed.ok ? [parsed.name] : [];
    });
  return [...new Set(names)];
}
