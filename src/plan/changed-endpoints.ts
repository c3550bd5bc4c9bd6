import type { Region } from "../cloud/call.ts";
import type { Desired } from "../desired/desired.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import { apiDomain } from "../resource/api-domain.ts";
import { basePathMapping } from "../resource/base-path-mapping.ts";
import { endpointProbe, endpointProbeAddress } from "../resource/endpoint-probe.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { Draft } from "./draft.ts";
import type { Wanting } from "./sort-out.ts";
import type { Planable } from "./unknown.ts";

type Endpoint = NameSpec & { readonly region: Region };

interface Probed {
  readonly planable: Planable;
  /** Probes of endpoints that are published already, and change. */
  readonly inUse: ReadonlySet<Address>;
}

const OF_AN_ENDPOINT = new Set([apiDomain.name, basePathMapping.name]);

/**
 * An endpoint that clients use already and that changes (its certificate, its mapping, its addresses) is probed again:
 * what only makes sense with the change, and all removals of the name, wait for that.
 */
export function withProbes(planable: Planable, desired: readonly Desired[]): Probed {
  const { wanting, unchanged } = planable.sorted;
  const wanted = new Set(wanting.map((each) => each.desired.address));
  const changing = new Set(wanting.filter(concernsClients).map((each) => each.desired.address));
  const again = desired
    .filter((each) => each.kind === endpointProbe.name && !wanted.has(each.address))
    .filter((each) => each.references.some((reference) => changing.has(reference)))
    .map((each) => ({ desired: each, live: undefined, differences: [] }));
  const inUse = new Set(again.map((each) => each.desired.address));
  if (again.length === 0) return { planable, inUse };
  const probes = (unchanged[endpointProbe.name] ?? 0) - again.length;
  const { [endpointProbe.name]: _probed, ...others } = unchanged;
  const sorted = {
    ...planable.sorted,
    wanting: [...wanting, ...again],
    unchanged: probes > 0 ? { ...others, [endpointProbe.name]: probes } : others,
  };
  return { planable: { ...planable, sorted }, inUse };
}

const concernsClients = ({ live, differences }: Wanting): boolean =>
  live === undefined || differences.some(({ field }) => !field.startsWith("tags."));

/**
 * Endpoints of a name that clients use already change in one Region after the other, in the order of their names: each
 * waits for the probe of the one before, so that a change that breaks an endpoint breaks it in one Region.
 */
export function oneRegionAtATime(drafts: readonly Draft[], inUse: ReadonlySet<Address>): readonly Draft[] {
  const changing = new Map<DomainName, Set<Region>>();
  for (const { kind, change } of drafts) {
    const spec = OF_AN_ENDPOINT.has(kind) ? (change.after as Endpoint | undefined) : undefined;
    if (spec === undefined || !inUse.has(endpointProbeAddress(spec))) continue;
    changing.set(spec.name, (changing.get(spec.name) ?? new Set<Region>()).add(spec.region));
  }
  return drafts.map((draft) => {
    const spec = OF_AN_ENDPOINT.has(draft.kind) ? (draft.change.after as Endpoint | undefined) : undefined;
    const regions = spec === undefined ? [] : [...(changing.get(spec.name) ?? [])].toSorted();
    const before = spec === undefined ? undefined : regions[regions.indexOf(spec.region) - 1];
    if (spec === undefined || before === undefined) return draft;
    return { ...draft, references: [...draft.references, endpointProbeAddress({ ...spec, region: before })] };
  });
}
