import type { Desired } from "../desired/desired.ts";
import { endpointProbe } from "../resource/endpoint-probe.ts";
import type { Wanting } from "./sort-out.ts";
import type { Planable } from "./unknown.ts";

/**
 * An endpoint that clients use already and that changes (its certificate, its mapping, its addresses) is probed again:
 * what only makes sense with the change, and all removals of the name, wait for that.
 */
export function withProbes(planable: Planable, desired: readonly Desired[]): Planable {
  const { wanting, unchanged } = planable.sorted;
  const wanted = new Set(wanting.map((each) => each.desired.address));
  const changing = new Set(wanting.filter(concernsClients).map((each) => each.desired.address));
  const again = desired
    .filter((each) => each.kind === endpointProbe.name && !wanted.has(each.address))
    .filter((each) => each.references.some((reference) => changing.has(reference)))
    .map((each) => ({ desired: each, live: undefined, differences: [] }));
  if (again.length === 0) return planable;
  const probes = (unchanged[endpointProbe.name] ?? 0) - again.length;
  const { [endpointProbe.name]: _probed, ...others } = unchanged;
  return {
    ...planable,
    sorted: {
      ...planable.sorted,
      wanting: [...wanting, ...again],
      unchanged: probes > 0 ? { ...others, [endpointProbe.name]: probes } : others,
    },
  };
}

const concernsClients = ({ live, differences }: Wanting): boolean =>
  live === undefined || differences.some(({ field }) => !field.startsWith("tags."));
