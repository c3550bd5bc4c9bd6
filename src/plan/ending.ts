import type { Cloud } from "../cloud/cloud.ts";
import type { Desired } from "../desired/desired.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import { apiDomain, unseenDomain } from "../resource/api-domain.ts";
import { condemned as condemnedKind } from "../resource/condemned.ts";
import type { CondemnedSpec } from "../resource/condemned.ts";
import type { Scope } from "../resource/kind.ts";
import { kinds } from "../resource/kinds.ts";
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
  const drained = surplus
    .filter(({ kind }) => kind === condemnedKind.name)
    .map(({ observed }) => observed.spec as CondemnedSpec)
    .filter((entry) => entry.state === "drained" && scope.wanted.has(entry.name));
  if (drained.length === 0) return [];
  const unseen = drained.flatMap((entry): readonly Ending[] => {
    const observed = unseenDomain(entry, cloud);
    return observed === undefined ? [] : [{ kind: apiDomain.name, observed, entry }];
  });
  const seen = kinds.flatMap((kind) =>
    (kind.condemnedAs === undefined ? [] : kind.observe(cloud, scope)).flatMap((observed): readonly Ending[] => {
      const as = observed.ours ? kind.condemnedAs?.(observed) : undefined;
      const entry = drained.find(
        (each) => each.name === as?.name && each.target === as.target && each.incarnation === as.incarnation,
      );
      const stays = !going.has(`${kind.name} ${observed.address} ${observed.id}`);
      return entry !== undefined && stays ? [{ kind: kind.name, observed, entry }] : [];
    }),
  );
  return [...unseen, ...seen];
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

export const isOfEndingName = (names: readonly DomainName[], ending: readonly Ending[]): boolean =>
  ending.some(({ entry }) => certificateCovers(names, entry.name));
