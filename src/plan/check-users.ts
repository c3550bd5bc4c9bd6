import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import type { Desired } from "../desired/desired.ts";
import type { Address } from "../resource/address.ts";
import { checkUser, checkUserAddress, topOf } from "../resource/check-user.ts";
import type { CheckUserSpec } from "../resource/check-user.ts";
import { isHomeName, referencePrefix } from "../resource/health-check-identity.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import { markerRecord } from "../resource/marker-record.ts";
import { recordSet } from "../resource/record-set.ts";
import { markerOf } from "../resource/swap.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { Draft } from "./draft.ts";
import type { Planable } from "./unknown.ts";

/**
 * A name that is published registers at the check that it shares, even when it stands there already (rule G2 of the write
 * protocol): another run may be about to take it off.
 */
export function withRegistrations(planable: Planable, desired: readonly Desired[]): Planable {
  const { wanting, unchanged } = planable.sorted;
  const wanted = new Set(wanting.map((each) => each.desired.address));
  const needed = new Set(
    wanting.flatMap(({ desired: { kind, references } }) => (kind === recordSet.name ? references : [])),
  );
  const again = desired
    .filter(({ kind, address }) => kind === checkUser.name && needed.has(address) && !wanted.has(address))
    .map((each) => ({ desired: each, live: undefined, differences: [] }));
  if (again.length === 0) return planable;
  const { [checkUser.name]: standing = 0, ...others } = unchanged;
  const left = standing - again.length;
  return {
    ...planable,
    sorted: {
      ...planable.sorted,
      wanting: [...wanting, ...again],
      unchanged: left > 0 ? { ...others, [checkUser.name]: left } : others,
    },
  };
}

/**
 * Without the removal of what names that stay still share: a gate goes when every name has left it that its home marker
 * has, those among them that are neither wanted nor retired, or are held back. What it no longer counts goes before that.
 */
export function withoutSharedByOthers(
  drafts: readonly Draft[],
  wanted: readonly Desired[],
  cloud: Cloud,
): readonly Draft[] {
  const users = wanted.filter(({ kind }) => kind === checkUser.name).map(({ spec }) => spec as CheckUserSpec);
  const inUse = new Set(users.map(({ name }) => name));
  const leaving = new Set(drafts.flatMap((draft) => (isLeaving(draft) ? [draft.address] : [])));
  const going = new Set(drafts.flatMap(({ change }) => (change.before as Partial<HealthCheckSpec>)?.id ?? []));
  return drafts.filter(({ kind, change, owningName, rank }) => {
    if (rank === 0 || owningName === undefined || !isHomeName(owningName)) return true;
    if (inUse.has(owningName)) return kind !== markerRecord.name;
    const home = (change.before ?? change.after) as NameSpec;
    if (kind === markerRecord.name && checksAt(cloud, home).some((id) => !going.has(id))) return false;
    return usersAt(cloud, home).every((user) => leaving.has(user));
  });
}

/** Ids of what is left of the check, and of what is below it. */
function checksAt(cloud: Cloud, home: NameSpec): readonly string[] {
  const { callerReferences, healthChecks } = accountOf(cloud, home.zone.account);
  const top = topOf(home, markerOf(cloud, home));
  const made = (["gate", "endpoint"] as const).flatMap((role) => [
    ...callerReferences.startingWith(referencePrefix({ ...top, role })),
  ]);
  return made.flatMap(({ id }) => (healthChecks.has(id) ? [id] : []));
}

const isLeaving = ({ kind, action }: Draft): boolean => kind === checkUser.name && action === "delete";

/** Addresses of the places that the home marker tells of. */
function usersAt(cloud: Cloud, home: NameSpec): readonly Address[] {
  const marker = markerOf(cloud, home);
  return (marker?.home?.users ?? []).map(({ name }) => checkUserAddress(topOf(home, marker), name));
}
