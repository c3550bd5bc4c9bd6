import type { Emit } from "../explore.ts";
import { NO_WATCH } from "../zone-changes.ts";

/** The rules for targets that are found by an id which is never used twice. */
export interface CheckRules {
  /** H1. Each generation of a configuration has a caller reference of its own. */
  readonly generations: boolean;
  /** H2. A check that the marker condemns is not used again. */
  readonly skipCondemned: boolean;
  /** H3. The check is made after the marker was read. */
  readonly markerFirst: boolean;
}

export const CHECK_PROTOCOL: CheckRules = { generations: true, skipCondemned: true, markerFirst: true };

export interface CheckBounds {
  readonly runs: number;
  readonly starts: number;
  readonly kills: number;
  readonly lostAnswers: number;
  readonly pending: number;
  /** Generations of each configuration; a run that needs more is outside the bound. */
  readonly generations: number;
  /** Indices into MANIFESTS: with which a run may start. */
  readonly manifests: readonly number[];
  readonly symmetric: boolean;
  readonly lonely: boolean;
}

/** Which configuration the one record refers to; -1: no record. Another Region answers all the time. */
export const MANIFESTS = [
  { text: "{a}", wants: 0 },
  { text: "{b}", wants: 1 },
  { text: "{}", wants: -1 },
] as const;

export const CHECK = { none: 0, exists: 1, burnt: 2 } as const;
export const ENTRY = { none: 0, condemned: 1, drained: 2 } as const;
export const ENDED = { not: 0, converged: 1, stuck: 2 } as const;
export const STEP = {
  none: 0,
  read: 1,
  create: 2,
  createFirst: 3,
  publish: 4,
  drop: 5,
  bump: 6,
  insync: 7,
  delete: 8,
  release: 9,
  list: 10,
  condemn: 11,
  readAgain: 12,
} as const;
export type Step = (typeof STEP)[keyof typeof STEP];

export type Run = {
  step: number;
  manifest: number;
  focus: number;
  fresh: number;
  alone: number;
  watch: number;
  /** Masks over checks: condemnations at or before the watched change. */
  covers: number;
};

export type CheckState = {
  /** Per configuration and generation. A deleted check leaves its caller reference burnt. */
  check: number[];
  entry: number[];
  held: number[];
  late: number[];
  /** The check that the record refers to, counted from 1; 0: no record. */
  record: number;
  pending: number;
  kills: number;
  lost: number;
  starts: number;
  ended: number;
  runs: Run[];
};

export const NO_RUN: Run = { step: STEP.none, manifest: 0, focus: 0, fresh: 0, alone: 0, watch: 0, covers: 0 };
export const newRun = (manifest: number): Run => ({ ...NO_RUN, step: STEP.read, manifest, watch: NO_WATCH });

export interface Turn {
  readonly state: CheckState;
  readonly place: number;
  readonly run: Run;
  readonly rules: CheckRules;
  readonly bounds: CheckBounds;
  readonly fork: () => CheckState;
  readonly emit: Emit<CheckState>;
}

export const configOf = (index: number, { generations }: CheckBounds): number => Math.floor(index / generations);
export const nameOf = (index: number, bounds: CheckBounds): string =>
  `${"ab"[configOf(index, bounds)]!}${String((index % bounds.generations) + 1)}`;

export function remove(state: CheckState, index: number): void {
  if (state.check[index] === CHECK.exists) state.check[index] = CHECK.burnt;
}

export function equals(
  { check, entry, record }: CheckState,
  manifest: number,
  bounds: CheckBounds,
  orphans: boolean,
): boolean {
  const { wants } = MANIFESTS[manifest]!;
  const alive = check.filter((each) => each === CHECK.exists).length;
  if (entry.some((each) => each !== ENTRY.none)) return false;
  if (wants < 0) return record === 0 && (orphans || alive === 0);
  return record > 0 && configOf(record - 1, bounds) === wants && (orphans || alive === 1);
}
