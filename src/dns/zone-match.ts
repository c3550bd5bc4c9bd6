import type { DomainName } from "./domain-name.ts";
import { parent } from "./domain-name.ts";

/**
 * The zone that a name belongs to: the one with the longest name that is the name itself or an ancestor.
 * Undefined when none matches. Costs one look-up per label, however many zones there are.
 */
export function longestZone<Z>(name: DomainName, zones: ReadonlyMap<DomainName, Z>): Z | undefined {
  for (let at: DomainName | undefined = name; at !== undefined; at = parent(at)) {
    const zone = zones.get(at);
    if (zone !== undefined) return zone;
  }
  return undefined;
}
