import type { Emit } from "../explore.ts";
import { bit, NO_WATCH } from "../zone-changes.ts";
import { ENTRY, region, STEP } from "./state.ts";
import type { Bounds, NameState, Rules, Run } from "./state.ts";

/** One run at one step of one state: what it does next is emitted. */
export interface Turn {
  readonly state: NameState;
  readonly place: number;
  readonly run: Run;
  readonly rules: Rules;
  readonly bounds: Bounds;
  readonly fork: () => NameState;
  readonly emit: Emit<NameState>;
  /** "A{r1,r2}": for labels. */
  readonly who: () => string;
}

export interface Swap {
  readonly says: string;
  /** The comparison holds: the marker is as it was read, or what the variant takes for that. */
  readonly guard: boolean;
  /** What the batch does besides; an answer is what is wrong with it. */
  readonly effect: (next: NameState) => string | undefined;
  /** After the answer has come; else the run reads again. */
  readonly afterwards?: (run: Run) => void;
  /** The batch has no marker in it: nobody's comparison notices it. */
  readonly unnoticed?: boolean;
}

/** The marker's content without generation and nonce. */
export const contentOf = ({ record, entry }: NameState): number =>
  record.reduce((sum, each, r) => (sum * 16 + each * 8 + entry[r]!) & 0xff, 1);

/** The marker is the one that the run has read. */
export function isFresh({ state, run, rules }: Pick<Turn, "state" | "run" | "rules">): boolean {
  if (rules.compare === "content") return run.content === contentOf(state);
  // Of a marker that is not there nobody can tell whether it has been there meanwhile, but by the date of the request.
  if (run.unmarked === 1) return state.marker === 0 && (run.dated === 1 || rules.markerComes !== "dated");
  return run.fresh === 1;
}

/** SWAP(m, delta): applied as a whole, refused, or one of both with the answer lost. */
export function swap(turn: Turn, { says, guard, effect, afterwards, unnoticed }: Swap): void {
  const { state, place, run, rules, bounds, fork, emit, who } = turn;
  if (state.pending >= bounds.pending) return;
  const label = (outcome: string) => (): string => `${who()} BATCH ${says} ${region(run.focus)}${outcome}`;
  if (!guard) {
    const next = fork();
    readAgain(next.runs[place]!, !rules.conflictKeepsWatch);
    emit(label(": conflict"), next);
    return;
  }
  for (const lost of state.lost > 0 ? [false, true] : [false]) {
    const next = fork();
    if (bounds.staleListings) [next.oldRecord, next.oldEntry] = [[...state.record], [...state.entry]];
    if (state.marker === 0) next.aged = 0;
    next.marker = 1;
    const violation = effect(next);
    applied(turn, next, lost, unnoticed === true);
    const self = next.runs[place]!;
    self.step = STEP.read;
    if (lost) next.lost--;
    else afterwards?.(self);
    emit(label(lost ? ": applied, answer lost" : ""), next, violation);
  }
  if (state.lost === 0) return;
  const next = fork();
  next.lost--;
  readAgain(next.runs[place]!, true);
  emit(label(": never arrived, answer lost"), next);
}

/** A conflict or an answer that is lost without effect: nothing is known but what a fresh read shows. */
function readAgain(run: Run, forgets: boolean): void {
  run.step = STEP.read;
  if (forgets) run.watch = NO_WATCH;
}

/** What every batch does: the generation moves on, and the answer says which change to watch. */
function applied({ state, place, rules }: Turn, next: NameState, lost: boolean, unnoticed: boolean): void {
  next.pending++;
  let entries = 0;
  let added = 0;
  next.entry.forEach((entry, r) => {
    if (entry === ENTRY.none) return;
    entries |= 1 << r;
    if (state.entry[r] === ENTRY.none) added |= 1 << r;
  });
  next.runs.forEach((run, index) => {
    if (index === place) return;
    if (!unnoticed) run.fresh = 0;
    if (rules.ownWatchCovers) run.covers &= ~added;
  });
  const self = next.runs[place]!;
  if (self.step === STEP.drop || self.step === STEP.condemn) self.condemned |= 1 << self.focus;
  self.watch = lost ? NO_WATCH : next.pending;
  self.covers = lost ? 0 : entries;
}

export const hasCondemned = ({ run }: Turn): boolean => bit(run.condemned, run.focus);
