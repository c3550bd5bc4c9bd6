import { bit, HELD, NO_WATCH } from "../zone-changes.ts";
import { ENTRY, isClaim, MANIFESTS, RETIRED, STEP } from "./state.ts";
import type { NameState, Rules, Step } from "./state.ts";

/** One Region as a run sees it after a listing: what all decisions are made from. */
export interface Sight {
  readonly rules: Rules;
  readonly marker: boolean;
  readonly wanted: boolean;
  /** The manifest takes the whole name out of service. */
  readonly retired: boolean;
  readonly record: boolean;
  readonly entry: number;
  /** The target is there, and as the manifest wants it. */
  readonly right: boolean;
  readonly otherRecords: boolean;
  /** Another Region is wanted, and may be published yet. */
  readonly othersToCome: boolean;
  /** Every wanted Region is published with the right target. */
  readonly allStand: boolean;
  readonly mine: boolean;
  readonly lapsed: boolean;
  readonly sent: boolean;
  readonly answered: boolean;
  /** A change of this run stands for the condemnation: "insync", still pending, or none. */
  readonly watch: "insync" | "pending" | "none";
  readonly drained: boolean;
}

/** A line of the protocol: when it applies to a Region, and the call that comes next. */
export interface Item {
  readonly letter: string;
  readonly says: string;
  readonly step: Step | "refuse";
  when(sight: Sight): boolean;
}

export const ITEMS: readonly Item[] = [
  {
    letter: "a",
    says: "wanted, and the name has no marker: will make one",
    step: STEP.found,
    when: ({ wanted, marker, rules }) => wanted && !marker && rules.markerComes === "first",
  },
  {
    letter: "a",
    says: "wanted and not published: looks at the target",
    step: STEP.get,
    when: ({ wanted, record, entry, marker, rules }) =>
      wanted && !record && entry === ENTRY.none && rules.markerFirst && (marker || rules.markerComes !== "first"),
  },
  {
    letter: "a without F3",
    says: "wanted and not published: makes the target",
    step: STEP.get,
    when: ({ wanted, record, entry, right, rules }) =>
      wanted && !record && entry === ENTRY.none && !rules.markerFirst && !right,
  },
  {
    letter: "a without F3",
    says: "has seen the target; will read the zone after it",
    step: STEP.readAfterGet,
    when: ({ wanted, record, entry, right, rules }) =>
      wanted && !record && entry === ENTRY.none && !rules.markerFirst && right,
  },
  {
    letter: "b",
    says: "published with the wrong target, another Region answers: will drop it",
    step: STEP.drop,
    when: ({ wanted, record, right, otherRecords }) => wanted && record && !right && otherRecords,
  },
  {
    letter: "b",
    says: "published with the wrong target, and no other to answer meanwhile",
    step: "refuse",
    when: ({ wanted, record, right, otherRecords, othersToCome, rules }) =>
      wanted && record && !right && !otherRecords && !(othersToCome && rules.waitsForOthers),
  },
  {
    letter: "c",
    says: "not wanted, and others answer: will drop it",
    step: STEP.drop,
    when: ({ wanted, record, otherRecords, allStand, rules, retired }) =>
      !wanted && record && otherRecords && (allStand || !rules.removalsLast) && !retired,
  },
  {
    letter: "c",
    says: "the name is retired: will drop it",
    step: STEP.drop,
    when: ({ record, retired }) => record && retired,
  },
  {
    letter: "d",
    says: "the change that condemned it is INSYNC: will note when",
    step: STEP.insync,
    when: ({ entry, watch, rules }) =>
      entry === ENTRY.condemned &&
      rules.drain &&
      rules.drainFromInsync &&
      (watch === "insync" || (watch === "none" && !rules.bump)),
  },
  {
    letter: "d",
    says: "condemned, and no change of its own to wait for: will bump",
    step: STEP.bump,
    when: ({ entry, watch, rules }) =>
      entry === ENTRY.condemned && rules.drain && rules.drainFromInsync && watch === "none" && rules.bump,
  },
  {
    letter: "e without drain",
    says: "condemned: will claim",
    step: STEP.claim,
    when: ({ entry, rules }) => entry === ENTRY.condemned && (!rules.drain || !rules.drainFromInsync),
  },
  {
    letter: "e",
    says: "drained, no reference: will claim",
    step: STEP.claim,
    when: ({ entry, drained, record, rules }) => entry === ENTRY.drained && drained && !record && rules.claim,
  },
  {
    letter: "e without claim",
    says: "drained, no reference: will delete",
    step: STEP.delete,
    when: ({ entry, drained, record, rules }) => entry === ENTRY.drained && drained && !record && !rules.claim,
  },
  {
    letter: "f",
    says: "the DELETE was answered: will remove the entry",
    step: STEP.release,
    when: ({ entry, mine, lapsed, answered }) => isClaim(entry) && mine && !lapsed && answered,
  },
  {
    letter: "f",
    says: "the claim is mine: will delete",
    step: STEP.delete,
    when: ({ entry, mine, lapsed, answered, sent, rules }) =>
      isClaim(entry) && mine && !lapsed && !answered && (!sent || !rules.sendOnce),
  },
  {
    letter: "g",
    says: "the claim has lapsed: will claim anew",
    step: STEP.claim,
    when: ({ entry, lapsed }) => isClaim(entry) && lapsed,
  },
  {
    letter: "h",
    says: "condemned and wanted again: looks at the target, to take it back",
    step: STEP.get,
    when: ({ wanted, record, entry, right, rules }) =>
      rules.takeBack && wanted && !record && right && (entry === ENTRY.condemned || entry === ENTRY.drained),
  },
];

/** What the run in that place sees; `old`: in a listing from before the last batch. */
export function sights(state: NameState, place: number, rules: Rules, old: boolean): readonly Sight[] {
  const run = state.runs[place]!;
  const { versions } = MANIFESTS[run.manifest]!;
  const records = old ? state.oldRecord : state.record;
  const entries = old ? state.oldEntry : state.entry;
  const right = (r: number): boolean => state.target[r] === versions[r];
  const allStand = records.every((record, r) => versions[r] === 0 || (record === 1 && right(r)));
  const published = records.reduce((sum, record) => sum + record, 0);
  return records.map((record, r) => ({
    rules,
    marker: state.marker === 1,
    retired: run.manifest === RETIRED,
    wanted: versions[r]! > 0,
    record: record === 1,
    entry: entries[r]!,
    right: right(r),
    otherRecords: published > record,
    othersToCome: versions.some((version, other) => version > 0 && other !== r && records[other] === 0),
    allStand,
    mine: entries[r] === ENTRY.claimed + place,
    lapsed: state.lapsed[r] === 1,
    sent: bit(run.sent, r),
    answered: bit(run.answered, r),
    watch: watchOf(run.watch, rules.ownWatchCovers ? bit(run.covers, r) : run.watch !== NO_WATCH),
    drained: state.held[r] === HELD.nobody || state.lapsed[r] === 1,
  }));
}

function watchOf(watch: number, counts: boolean): Sight["watch"] {
  if (!counts) return "none";
  return watch === 0 ? "insync" : "pending";
}
