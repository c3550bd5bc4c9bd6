import type { Cloud } from "../cloud/cloud.ts";
import { regionOf } from "../cloud/edit.ts";
import type { Desired } from "../desired/desired.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import { apiDomain, apiDomainAddress, unseenDomain } from "../resource/api-domain.ts";
import { condemned as condemnedKind } from "../resource/condemned.ts";
import type { CondemnedSpec } from "../resource/condemned.ts";
import type { Scope } from "../resource/kind.ts";
import { kinds } from "../resource/kinds.ts";
import { isOurs } from "../resource/ownership.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { Surplus, Wanting } from "./sort-out.ts";

/**
 * Something that has drained and is wanted again. Another run may be about to delete it, so it is not published: it
 * comes to its end first, and the next round makes it anew. All other removals of its name wait for that.
 */
export interface Ending extends Surplus {
  readonly entry: CondemnedSpec;
}

export function endings(surplus: readonly Surplus[], cloud: Cloud, scope: Scope): readonly Ending[] {
  const going = new Set(surplus.map(({ kind, observed }) => `${kind} ${observed.address} ${observed.id}`));
  const entries = surplus
    .filter(({ kind }) => kind === condemnedKind.name)
    .map(({ observed }) => observed.spec as CondemnedSpec);
  const drained = entries.filter((entry) => entry.state === "drained" && scope.wanted.has(entry.name));
  const superseded = entries.flatMap((entry) => supersededBy(entry, surplus, cloud, scope));
  if (drained.length + superseded.length === 0) return [];
  const unseen = drained.flatMap((entry): readonly Ending[] => {
    const observed = unseenDomain(entry, cloud);
    return observed === undefined ? [] : [{ kind: apiDomain.name, observed, entry }];
  });
  const seen = kinds.flatMap((kind) =>
    (kind.condemnedAs === undefined || kind.takenBack === true ? [] : kind.observe(cloud, scope)).flatMap(
      (observed): readonly Ending[] => {
        const as = observed.ours ? kind.condemnedAs?.(observed) : undefined;
        const entry = drained.find(
          (each) => each.name === as?.name && each.target === as.target && each.incarnation === as.incarnation,
        );
        const stays = !going.has(`${kind.name} ${observed.address} ${observed.id}`);
        return entry !== undefined && stays ? [{ kind: kind.name, observed, entry }] : [];
      },
    ),
  );
  return [...superseded, ...unseen, ...seen];
}

/**
 * An entry of a domain whose name another one has by now: a run made it that had not seen the entry. The entry is
 * released first, once no claim of that name holds; only then is the new one published, or condemned in its turn.
 */
function supersededBy(
  entry: CondemnedSpec,
  surplus: readonly Surplus[],
  cloud: Cloud,
  scope: Scope,
): readonly Ending[] {
  const [kind, region = ""] = entry.target.split("/");
  const live = kind === "api-domain" ? regionOf(cloud, entry.account, region).domains.get(entry.name) : undefined;
  if (live === undefined || live.regionalDomainName === entry.incarnation || !isOurs(live.tags, scope.owner)) return [];
  const address = apiDomainAddress(region, entry.name);
  const goes = surplus.some((each) => each.kind === apiDomain.name && each.observed.address === address);
  if (!goes && entry.state !== "drained") return []; // publishing it takes the entry back
  return [{ kind: condemnedKind.name, observed: { address, spec: entry, ours: true, edited: false, id: "" }, entry }];
}

/** What stands on something that ends can only come about after it was made anew. */
export function withoutDependents(
  wanting: readonly Wanting[],
  desired: readonly Desired[],
  ending: readonly Ending[],
): readonly Wanting[] {
  const out = new Set<Address>(ending.map(({ observed }) => observed.address));
  for (const each of desired) if (each.references.some((reference) => out.has(reference))) out.add(each.address);
  return wanting.filter((each) => !out.has(each.desired.address));
}

/** Also of a name that it takes over from: that one stays until the new one stands. */
export const isOfEndingName = (
  names: readonly DomainName[],
  ending: readonly Ending[],
  { successors }: Scope,
): boolean =>
  ending.some(
    ({ entry }) =>
      certificateCovers(names, entry.name) ||
      [...(successors ?? [])].some(([old, name]) => name === entry.name && certificateCovers(names, old)),
  );
