import type { DomainName } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import type { AnySpec, Difference, Guard } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import type { NameSpec } from "../resource/swap.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { Action, Step, StepId } from "./plan.ts";
import type { Removal } from "./removal.ts";
import type { Wanting } from "./sort-out.ts";

/** A step before its order is known. */
export interface Draft extends Omit<Step, "after"> {
  readonly references: readonly (Address | StepId)[];
  /** Where exchanges go in waves: the one in which it comes, or goes. Undefined: after them all. */
  readonly wave?: number;
  /** Of a removal; 0 for what brings something about. */
  readonly rank: number;
  /** The name it belongs to, if it belongs to one. */
  readonly owningName: DomainName | undefined;
}

export type GuardOf = (spec: AnySpec) => Guard | undefined;

export function draftOf(wanting: Wanting, guardOf: GuardOf, taken: { readonly accept: boolean }): Draft {
  const { desired, live, differences } = wanting;
  const kind = kindOf(desired.kind);
  const after = taken.accept ? { ...desired.spec, accept: true } : desired.spec;
  return {
    id: desired.address,
    kind: desired.kind,
    action: actionOf(wanting),
    address: desired.address,
    change: { address: desired.address, before: live?.spec, after, guard: guardOf(desired.spec) },
    differences: taken.accept ? differences.map(kept) : differences,
    names: kind.names(desired.spec),
    references: desired.references,
    rank: 0,
    owningName: kind.owningName?.(desired.spec),
  };
}

/** An accepted edit changes nothing but the marker, which then says so. */
const kept = (each: Difference): Difference => ({
  ...each,
  after: `${each.before}, kept (the manifest wants ${each.after})`,
});

function actionOf({ desired, live }: Wanting): Action {
  if (desired.kind === "issuance") return "settle";
  if (desired.kind === "endpoint-probe") return "probe";
  if (kindOf(desired.kind).ensured === true) return "ensure";
  return live === undefined ? "create" : "update";
}

export function draftOfRemoval(removal: Removal, guardOf: GuardOf): Draft {
  const kind = kindOf(removal.kind);
  const spec = removal.after ?? removal.before;
  if (spec === undefined) throw new Error("a removal needs a spec");
  const address = removal.observed?.address ?? kind.address(spec);
  return {
    id: `${removal.action} ${address}${removal.observed === undefined || kind.current === undefined ? "" : ` ${removal.observed.id}`}`,
    kind: removal.kind,
    action: removal.action,
    address,
    change: { address, before: removal.before, after: removal.after, guard: guardOf(spec) },
    differences: [],
    names: kind.names(spec),
    references: [],
    rank: removal.rank,
    owningName: kind.owningName?.(spec),
  };
}

/**
 * Puts drafts in order. What brings something about waits for what it refers to; what takes something away waits for
 * all that its names still get (rule F5 of the write protocol: removals last) and for the removals of lower rank. A
 * name that another takes over from goes after all that the other one gets.
 */
export function inOrder(drafts: readonly Draft[], successors: Successors = new Map()): readonly Step[] {
  const ids = new Set(drafts.map((draft) => draft.id));
  const byName = new Map<DomainName, Draft[]>();
  for (const draft of drafts)
    for (const name of belongsTo(draft)) byName.set(name, [...(byName.get(name) ?? []), draft]);
  const unowned = drafts.filter((draft) => draft.owningName === undefined && draft.rank > 0);
  const after = new Map<StepId, readonly StepId[]>();
  for (const draft of drafts) {
    const before =
      draft.rank === 0
        ? draft.references.filter((reference) => ids.has(reference))
        : [...earlier(draft, byName, unowned), ...takingOver(draft, byName, successors)].map((each) => each.id);
    after.set(draft.id, before.toSorted());
  }
  return topological(drafts, after).map((draft) => stepOf(draft, after.get(draft.id) ?? []));
}

/** A name's leaving of what it shares is a removal of both. */
function belongsTo({ owningName, change, rank }: Draft): readonly DomainName[] {
  const { name } = (change.after ?? change.before ?? {}) as Partial<NameSpec>;
  if (owningName === undefined) return [];
  return rank === 0 || name === undefined || name === owningName ? [owningName] : [owningName, name];
}

/** By the old name, the one that takes over from it. */
type Successors = ReadonlyMap<DomainName, DomainName>;

function takingOver(
  { owningName }: Draft,
  byName: ReadonlyMap<DomainName, readonly Draft[]>,
  successors: Successors,
): readonly Draft[] {
  const name = owningName === undefined ? undefined : successors.get(owningName);
  return name === undefined ? [] : (byName.get(name) ?? []).filter(({ rank }) => rank === 0);
}

function earlier(
  draft: Draft,
  byName: ReadonlyMap<DomainName, readonly Draft[]>,
  unowned: readonly Draft[],
): readonly Draft[] {
  const name = draft.owningName;
  const related =
    name === undefined
      ? [...byName].filter(([each]) => certificateCovers(draft.names, each)).flatMap(([, all]) => all)
      : [...(byName.get(name) ?? []), ...unowned.filter((each) => certificateCovers(each.names, name))];
  return related.filter((each) => each.rank < draft.rank && (each.wave ?? LAST) <= (draft.wave ?? LAST));
}

const LAST = Infinity;

function stepOf(draft: Draft, after: readonly StepId[]): Step {
  const { id, kind, action, address, change, differences, names } = draft;
  return { id, kind, action, address, change, differences, after, names };
}

function topological(drafts: readonly Draft[], after: ReadonlyMap<StepId, readonly StepId[]>): readonly Draft[] {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  const placed = new Set<StepId>();
  const ordered: Draft[] = [];
  const place = (draft: Draft): void => {
    if (placed.has(draft.id)) return;
    placed.add(draft.id);
    for (const id of after.get(draft.id) ?? []) {
      const earlierDraft = byId.get(id);
      if (earlierDraft !== undefined) place(earlierDraft);
    }
    ordered.push(draft);
  };
  for (const draft of drafts.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) place(draft);
  return ordered;
}
