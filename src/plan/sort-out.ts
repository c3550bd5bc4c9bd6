import type { Cloud } from "../cloud/cloud.ts";
import type { Desired } from "../desired/desired.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Address } from "../resource/address.ts";
import type { AnySpec, Difference, Observed, Scope } from "../resource/kind.ts";
import { kindOf, kinds } from "../resource/kinds.ts";

/** Something wanted that is not there yet, or not as wanted. */
export interface Wanting {
  readonly desired: Desired;
  /** What is there of ours under this address. */
  readonly live: Observed<AnySpec> | undefined;
  readonly differences: readonly Difference[];
}

/** Something of ours that nothing wants. */
export interface Surplus {
  readonly kind: string;
  readonly observed: Observed<AnySpec>;
}

export interface SortedOut {
  readonly wanting: readonly Wanting[];
  readonly surplus: readonly Surplus[];
  readonly refusals: readonly Diagnostic[];
  readonly foreign: Readonly<Record<string, number>>;
  readonly unchanged: Readonly<Record<string, number>>;
}

interface Live {
  readonly ours: Map<Address, Observed<AnySpec>[]>;
  readonly foreign: Map<Address, Observed<AnySpec>>;
}

/** Holds what is wanted against what is there. Pure; decides nothing about order, limits or danger. */
export function sortOut(desired: readonly Desired[], cloud: Cloud, scope: Scope): SortedOut {
  const live = new Map(kinds.map((kind) => [kind.name, split(kind.observe(cloud, scope))]));
  const wanting: Wanting[] = [];
  const refusals: Diagnostic[] = [];
  const unchanged: Record<string, number> = {};
  const current = new Set<Observed<AnySpec>>();
  for (const each of desired) {
    const verdict = judge(each, live.get(each.kind) ?? { ours: new Map(), foreign: new Map() }, cloud);
    if (verdict.live !== undefined) current.add(verdict.live);
    if (verdict.refusal !== undefined) refusals.push(verdict.refusal);
    else if (verdict.live !== undefined && verdict.differences.length === 0)
      unchanged[each.kind] = (unchanged[each.kind] ?? 0) + 1;
    else wanting.push({ desired: each, live: verdict.live, differences: verdict.differences });
  }
  return { wanting, surplus: surplusOf(live, current), refusals, foreign: countForeign(live), unchanged };
}

function split(observed: readonly Observed<AnySpec>[]): Live {
  const ours = new Map<Address, Observed<AnySpec>[]>();
  const foreign = new Map<Address, Observed<AnySpec>>();
  for (const each of observed) {
    if (each.ours) ours.set(each.address, [...(ours.get(each.address) ?? []), each]);
    else foreign.set(each.address, each);
  }
  return { ours, foreign };
}

interface Verdict {
  readonly live: Observed<AnySpec> | undefined;
  readonly differences: readonly Difference[];
  readonly refusal: Diagnostic | undefined;
}

function judge(desired: Desired, live: Live, cloud: Cloud): Verdict {
  const kind = kindOf(desired.kind);
  const candidates = live.ours.get(desired.address) ?? [];
  const id = kind.current?.(desired.spec, cloud);
  const found = kind.current === undefined ? candidates[0] : candidates.find((each) => each.id === id);
  const stranger = found === undefined && kind.ensured !== true ? live.foreign.get(desired.address) : undefined;
  const refusal =
    kind.refuse?.(desired.spec, found ?? stranger, cloud) ?? (stranger === undefined ? undefined : inTheWay(desired));
  const differences = found === undefined ? [] : kind.compare(desired.spec, found, cloud);
  return { live: found, differences, refusal };
}

const inTheWay = (desired: Desired): Diagnostic => ({
  code: "FOREIGN_IN_THE_WAY",
  severity: "error",
  subject: desired.address,
  message: `${desired.address} exists and is not ours.`,
  help: "Remove it, or give the name up in the manifest; Signalbox does not touch what is not its own.",
});

function surplusOf(live: ReadonlyMap<string, Live>, current: ReadonlySet<Observed<AnySpec>>): readonly Surplus[] {
  const found: Surplus[] = [];
  for (const { name, ensured } of kinds) {
    if (ensured === true) continue;
    for (const candidates of live.get(name)?.ours.values() ?? []) {
      for (const observed of candidates) if (!current.has(observed)) found.push({ kind: name, observed });
    }
  }
  return found.toSorted((a, b) => (a.observed.address + a.observed.id < b.observed.address + b.observed.id ? -1 : 1));
}

function countForeign(live: ReadonlyMap<string, Live>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...live].flatMap(([kind, { foreign }]) => (foreign.size === 0 ? [] : [[kind, foreign.size]])),
  );
}
