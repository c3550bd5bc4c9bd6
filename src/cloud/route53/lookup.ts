import { isWithin, parent } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { HostedZone, RecordSet } from "../cloud.ts";
import { nameKeyPrefix, subtreeKeyPrefix } from "./record-order.ts";

/** What stands in a zone for a question, before any routing policy is applied. */
export type Found =
  | { readonly kind: "records"; readonly owner: DomainName; readonly records: readonly RecordSet[] }
  | { readonly kind: "cname"; readonly owner: DomainName; readonly records: readonly RecordSet[] }
  /** A name that is delegated to other name servers below the apex. */
  | { readonly kind: "referral"; readonly owner: DomainName; readonly records: readonly RecordSet[] }
  | { readonly kind: "nodata" }
  | { readonly kind: "nxdomain" };

/**
 * Looks up a name and type in a zone: delegations first, then the name itself, then the wildcard of its closest
 * encloser (RFC 1034 §4.3.2, RFC 4592). A name that only has names below it exists, and is not matched by a wildcard.
 */
export function lookUp(zone: HostedZone, name: DomainName, type: RecordSet["Type"]): Found {
  const known = FOUND.get(zone) ?? new Map<string, Found>();
  FOUND.set(zone, known);
  const key = `${type} ${name}`;
  const found = known.get(key) ?? search(zone, name, type);
  known.set(key, found);
  return found;
}

/** Zones never change, so what was found in one stays true: the clients near every Region ask the same. */
const FOUND = new WeakMap<HostedZone, Map<string, Found>>();

function search(zone: HostedZone, name: DomainName, type: RecordSet["Type"]): Found {
  if (!isWithin(name, zone.name)) return { kind: "nxdomain" };
  const delegation = delegationAbove(zone, name, type);
  if (delegation !== undefined) return delegation;
  if (exists(zone, name)) return at(zone, name, type);
  const wildcard = `*.${closestEncloser(zone, name)}` as DomainName;
  return exists(zone, wildcard) ? at(zone, wildcard, type) : { kind: "nxdomain" };
}

function at(zone: HostedZone, owner: DomainName, type: RecordSet["Type"]): Found {
  const all = [...zone.recordSets.startingWith(nameKeyPrefix(owner))];
  const records = all.filter((record) => record.Type === type);
  if (records.length > 0) return { kind: "records", owner, records };
  const aliases = all.filter((record) => record.Type === "CNAME");
  return aliases.length > 0 ? { kind: "cname", owner, records: aliases } : { kind: "nodata" };
}

/** The zone cut nearest to the apex, if there is one at the name or above it. A DS is answered above the cut (RFC 4035 §3.1.4.1). */
export function delegationAbove(
  zone: HostedZone,
  name: DomainName,
  type: RecordSet["Type"],
): Extract<Found, { kind: "referral" }> | undefined {
  let found: Extract<Found, { kind: "referral" }> | undefined;
  for (const owner of namesUpTo(name, zone.name)) {
    if (owner === name && type === "DS") continue;
    const records = [...zone.recordSets.startingWith(nameKeyPrefix(owner))].filter((record) => record.Type === "NS");
    if (records.length > 0) found = { kind: "referral", owner, records };
  }
  return found;
}

function closestEncloser(zone: HostedZone, name: DomainName): DomainName {
  for (const owner of namesUpTo(name, zone.name)) if (exists(zone, owner)) return owner;
  return zone.name;
}

/** The name and its ancestors, as long as they are below the apex. */
function* namesUpTo(name: DomainName, apex: DomainName): Iterable<DomainName> {
  for (let owner: DomainName | undefined = name; owner !== undefined && owner !== apex; owner = parent(owner))
    yield owner;
}

function exists(zone: HostedZone, name: DomainName): boolean {
  return !zone.recordSets.startingWith(subtreeKeyPrefix(name)).next().done;
}
