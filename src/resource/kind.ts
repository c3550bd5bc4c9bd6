import type { Cloud } from "../cloud/cloud.ts";
import type { AccountId, Call } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";
import type { Address } from "./address.ts";
import type { Owner } from "./ownership.ts";

/** What every spec has. Specs are plain data: they print, save and compare. */
export interface AnySpec {
  /** Of what is in a Region: certificates, API domains. What is in a hosted zone is in the zone's own account. */
  readonly account: AccountId;
}

/** What a run looks at and may touch. */
export interface Scope {
  /** The service account: whose credentials are the ambient ones. */
  readonly account: AccountId;
  readonly owner: Owner;
  /** Hosted zones of the manifest, found by name. */
  readonly zones: readonly ZoneRef[];
  readonly zoneByName: ReadonlyMap<DomainName, ZoneRef>;
  /** Names in the manifest. */
  readonly wanted: ReadonlySet<DomainName>;
  /** The name that the manifest has behind each checked host. */
  readonly checkedHosts: ReadonlyMap<string, DomainName>;
  /** Names to take out of service: `retire`, or all that is ours for `destroy`. */
  readonly retired: ReadonlySet<DomainName>;
  /** Of names that are retired, those that another takes over from: by the old name the new one. */
  readonly successors?: ReadonlyMap<DomainName, DomainName>;
  /** By a certificate's old key under `certificates:` the new one. */
  readonly renamedCertificates?: ReadonlyMap<string, string>;
  readonly drainMinimumSeconds: number;
}

/** A hosted zone, and whose it is: its record sets, and the health checks of its names, are in the same account. */
export interface ZoneRef {
  readonly account: AccountId;
  readonly id: string;
  readonly name: DomainName;
}

/** The zone of the scope that a name belongs to: the longest that matches. */
export const zoneFor = (name: DomainName, scope: Scope): ZoneRef | undefined => longestZone(name, scope.zoneByName);

/** The accounts that hold hosted zones of the scope: where record sets and health checks are. Sorted. */
export const zoneAccounts = (scope: Scope): readonly AccountId[] =>
  [...new Set(scope.zones.map((zone) => zone.account))].toSorted();

/** The account in which a kind of resource is. */
export function accountIn(kind: Kind<AnySpec>, spec: AnySpec): AccountId {
  const { zone } = spec as Partial<{ readonly zone: ZoneRef }>;
  return kind.inZone === true && zone !== undefined ? zone.account : spec.account;
}

/** One live resource of a kind, ours or foreign. */
export interface Observed<Spec> {
  readonly address: Address;
  readonly spec: Spec;
  readonly ours: boolean;
  /** Somebody else changed what we last wrote. */
  readonly edited: boolean;
  /** AWS's own identifier (ARN, id), where one address may have several live resources. */
  readonly id: string;
}

/** A field in which live and desired differ, in words. */
export interface Difference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Ties a change of a name to the marker that its decision was made from: a planned batch is never rebased. */
export interface Guard {
  /** The nonce of the marker as planned from; undefined when there was none. */
  readonly basis: string | undefined;
  /** Prefix of the nonces that this plan writes. */
  readonly nonce: string;
}

export interface Change<Spec = AnySpec> {
  readonly address: Address;
  readonly before: Spec | undefined;
  readonly after: Spec | undefined;
  readonly guard: Guard | undefined;
}

/** What a change needs now, in this Cloud. */
export type Next =
  | { readonly do: "call"; readonly call: Call }
  /** `until`: the instant before which nothing can change; without it the executor reads again from time to time. */
  | { readonly do: "wait"; readonly why: string; readonly until?: Instant }
  | { readonly do: "done" }
  /** It cannot go on. `replan`: live has moved since the plan, a fresh look may find a way. */
  | { readonly do: "stop"; readonly replan: boolean; readonly diagnostic: Diagnostic };

/** A kind of resource that Signalbox manages: an object literal, one file each, registered in kinds.ts. */
export interface Kind<Spec extends AnySpec> {
  readonly name: string;
  address(spec: Spec): Address;
  /** What must exist, and settle, first. */
  references(spec: Spec): readonly Address[];
  /** All of this kind in scope, ours or foreign. */
  observe(cloud: Cloud, scope: Scope): readonly Observed<Spec>[];
  /** Empty when live is as desired. */
  compare(desired: Spec, observed: Observed<Spec>, cloud: Cloud): readonly Difference[];
  /** Which of several live resources of one address a spec stands for: the others are surplus. Without it the address alone tells. */
  current?(desired: Spec, cloud: Cloud): string | undefined;
  /** Not desired, ours, and still to be kept: something that stays needs it. */
  keep?(observed: Observed<Spec>, cloud: Cloud, scope: Scope): boolean;
  /** Changes with one key may go to AWS in one call. */
  batch?(spec: Spec): string;
  next(changes: readonly Change<Spec>[], cloud: Cloud): Next;
  /** The narrow read: while settling, before a write without a condition, after a lost answer. */
  probe(change: Change<Spec>, cloud: Cloud): Call | undefined;
  /** What else is read again directly before a write that AWS puts no condition on. */
  recheck?(change: Change<Spec>): readonly Call[];
  /** What a publication relies on besides its marker: read after that one, directly before the first one of a name. */
  reliesOn?(change: Change<Spec>, cloud: Cloud): readonly Call[];
  /** It is made in the hosted zone's account; without it, in the service's. */
  readonly inZone?: true;
  /** The name that it belongs to, for what belongs to one: it comes and goes with it. */
  owningName?(spec: Spec): DomainName;
  /** Names whose answers this resource can concern. */
  names(spec: Spec): readonly DomainName[];
  /** Live things of this kind that are ours go when nothing desires them. `ensured` ones stay, and foreign ones satisfy. */
  readonly ensured?: boolean;
  /** Deletion goes through the marker of a name: condemned, drained, then deleted. Gives the entry's key. */
  condemnedAs?(observed: Observed<Spec>): {
    readonly name: DomainName;
    readonly target: string;
    readonly incarnation: string;
  };
  /** A publication may take it back from there at any time: nothing of it is deleted by name. */
  readonly takenBack?: true;
  /** Why this cannot be brought about, beyond a foreign resource of the same address. Refused before the first write. */
  refuse?(desired: Spec, observed: Observed<Spec> | undefined, cloud: Cloud): Diagnostic | undefined;
  /** Why this must not be taken away: something foreign needs it, or a person is at work with it. */
  refuseRemoval?(observed: Observed<Spec>, cloud: Cloud, scope: Scope): Diagnostic | undefined;
  readonly permissions: { readonly read: readonly string[]; readonly write: readonly string[] };
}

export const wait = (why: string, until?: Instant): Next =>
  until === undefined ? { do: "wait", why } : { do: "wait", why, until };
export const done: Next = { do: "done" };
export const call = (value: Call): Next => ({ do: "call", call: value });

/**
 * What a step needs was there when its predecessors were done, and is not any more: somebody else took it. To wait for
 * it would be to wait for ever.
 */
export const lost = (what: string): Next => ({
  do: "stop",
  replan: true,
  diagnostic: {
    code: "CHANGED_SINCE_PLAN",
    severity: "error",
    message: `Since the plan was made, somebody else has changed ${what}.`,
    help: "Run the command again: it plans from what is live now.",
  },
});

type Of<Spec extends AnySpec> = (spec: Spec, cloud: Cloud, change: Change<Spec>) => Next;

/** The `next` of kinds whose changes are never merged: how one is brought about, and how it is taken away. */
export function oneByOne<Spec extends AnySpec>(bring: Of<Spec>, remove: Of<Spec> = () => done): Kind<Spec>["next"] {
  return ([change], cloud) => {
    if (change?.after !== undefined) return bring(change.after, cloud, change);
    return change?.before === undefined ? done : remove(change.before, cloud, change);
  };
}
