import { bit, HELD, letterOf, NO_WATCH, removedNext } from "../zone-changes.ts";
import { CHECK, configOf, ENDED, ENTRY, equals, MANIFESTS, nameOf, NO_RUN, remove, STEP } from "./state.ts";
import type { CheckState, Run, Step, Turn } from "./state.ts";

/** The run goes on to another step; `change` is what else the answer does. */
function goOn(
  { place, run, fork, emit }: Turn,
  step: Step,
  says: string,
  change?: (next: CheckState, self: Run) => void,
): void {
  const next = fork();
  const self = next.runs[place]!;
  self.step = step;
  change?.(next, self);
  emit(() => `${letterOf(place)}${MANIFESTS[run.manifest]!.text} ${says}`, next);
}

function stop({ place, run, bounds, fork, emit }: Turn, ended: number, says: string, violation?: string): void {
  const next = fork();
  next.runs[place] = { ...NO_RUN, manifest: bounds.lonely ? run.manifest : 0 };
  if (bounds.lonely) next.ended = ended;
  emit(() => `${letterOf(place)}${MANIFESTS[run.manifest]!.text} ${says}`, next, violation);
}

/** SWAP: applied, refused, or applied with the answer lost. */
function swap(turn: Turn, says: string, effect: (next: CheckState) => void): void {
  const { state, place, run, bounds } = turn;
  if (state.pending >= bounds.pending) return;
  if (run.fresh === 0) {
    goOn(turn, STEP.read, `BATCH ${says}: conflict`);
    return;
  }
  for (const lost of state.lost > 0 ? [false, true] : [false])
    goOn(turn, STEP.read, `BATCH ${says}${lost ? ": applied, answer lost" : ""}`, (next, self) => {
      effect(next);
      next.pending++;
      const mask = (of: CheckState): number =>
        of.entry.reduce((sum, entry, i) => (entry === 0 ? sum : sum | (1 << i)), 0);
      const added = mask(next) & ~mask(state);
      next.runs.forEach((other, index) => {
        if (index === place) return;
        other.fresh = 0;
        other.covers &= ~added;
      });
      self.watch = lost ? NO_WATCH : next.pending;
      self.covers = lost ? 0 : mask(next);
      if (lost) next.lost--;
    });
}

export const CALLS: Readonly<Record<Exclude<Step, 0>, (turn: Turn) => void>> = {
  [STEP.read]: readZone,
  [STEP.create]: createCheck,
  [STEP.createFirst]: createCheck,
  [STEP.publish]: publish,
  [STEP.drop]: (turn) => swap(turn, "drop the record and condemn its check", (next) => condemnCurrent(next, 0)),
  [STEP.bump]: (turn) => swap(turn, "bump", () => {}),
  [STEP.insync]: (turn) =>
    swap(turn, `note INSYNC of ${focusOf(turn)}`, (next) => (next.entry[turn.run.focus] = ENTRY.drained)),
  [STEP.delete]: deleteCheck,
  [STEP.release]: (turn) =>
    swap(turn, `remove the entry of ${focusOf(turn)}`, (next) => (next.entry[turn.run.focus] = ENTRY.none)),
  [STEP.list]: listChecks,
  [STEP.condemn]: (turn) =>
    swap(turn, `condemn ${focusOf(turn)}, unreferenced`, (next) => (next.entry[turn.run.focus] = ENTRY.condemned)),
  [STEP.readAgain]: lastLook,
};

const focusOf = ({ run, bounds }: Turn): string => nameOf(run.focus, bounds);

function condemnCurrent(next: CheckState, record: number): void {
  if (next.record > 0) {
    next.entry[next.record - 1] = ENTRY.condemned;
    next.held[next.record - 1] = removedNext(next);
  }
  next.record = record;
}

function readZone(turn: Turn): void {
  const { state, run, rules, bounds } = turn;
  const { wants } = MANIFESTS[run.manifest]!;
  const alone = state.runs.filter(({ step }) => step !== STEP.none).length === 1;
  const decide = (step: Step, focus: number, says: string, fresh = 1): void =>
    goOn(turn, step, says, (_next, self) => {
      self.focus = focus;
      self.fresh = fresh;
      if (alone) self.alone = 1;
    });
  state.entry.forEach((entry, index) => {
    const name = nameOf(index, bounds);
    const covered = bit(run.covers, index);
    if (entry === ENTRY.condemned && covered && run.watch === 0)
      decide(STEP.insync, index, `d: reads; the change that condemned ${name} is INSYNC: will note when`);
    if (entry === ENTRY.condemned && !covered) decide(STEP.bump, index, `d: reads; ${name} is condemned: will bump`);
    if (entry === ENTRY.drained && state.held[index] === HELD.nobody)
      decide(STEP.delete, index, `e: reads; ${name} is drained, no reference: will delete`);
  });
  const right = state.record > 0 && configOf(state.record - 1, bounds) === wants;
  if (wants >= 0 && !right) {
    const first = wants * bounds.generations;
    if (rules.markerFirst) decide(STEP.create, first, "reads; the record wants another check");
    else decide(STEP.createFirst, first, "wants another check: makes it before it reads the zone", 0);
  }
  if (wants < 0 && state.record > 0) decide(STEP.drop, 0, "c: reads; will drop the record");
  const idle = state.entry.every((entry) => entry === ENTRY.none);
  if (idle && (wants < 0 ? state.record === 0 : right)) decide(STEP.list, 0, "i: reads; all is as the manifest says");
}

/** g = 1, 2, …: skips what is condemned and what is burnt. */
function createCheck(turn: Turn): void {
  const { state, run, rules, bounds } = turn;
  const g = run.focus;
  const name = focusOf(turn);
  const more = (g + 1) % bounds.generations !== 0;
  const onwards = (says: string): void => {
    if (more) goOn(turn, run.step as Step, says, (next) => next.runs[turn.place]!.focus++);
  };
  if (rules.skipCondemned && run.fresh === 1 && state.entry[g] !== ENTRY.none) {
    onwards(`${name} is condemned: the next generation`);
    return;
  }
  if (state.check[g] === CHECK.burnt) {
    if (rules.generations) onwards(`CreateHealthCheck ${name}: 409, nothing listed: the next generation`);
    else stop(turn, ENDED.stuck, `CreateHealthCheck ${name}: 409, nothing listed, and there is no other reference`);
    return;
  }
  const made = (next: CheckState): void => void (next.check[g] = CHECK.exists);
  const is = state.check[g] === CHECK.exists ? "the one that exists" : "new";
  goOn(turn, STEP.publish, `CreateHealthCheck ${name}: ${is}`, (next, self) => {
    made(next);
    if (run.step === STEP.createFirst) self.fresh = 1;
  });
  if (state.lost === 0) return;
  goOn(turn, STEP.read, `CreateHealthCheck ${name}: made, answer lost`, (next) => {
    made(next);
    next.lost--;
  });
}

function publish(turn: Turn): void {
  const g = turn.run.focus;
  swap(turn, `publish with ${focusOf(turn)}, condemn the old one`, (next) => {
    condemnCurrent(next, g + 1);
    next.held[g] = HELD.current;
  });
}

/** An id is never used twice, so a DELETE may be sent again and needs no claim. */
function deleteCheck(turn: Turn): void {
  const { state, run } = turn;
  const says = `DeleteHealthCheck ${focusOf(turn)}`;
  goOn(turn, STEP.release, says, (next) => remove(next, run.focus));
  if (state.lost === 0) return;
  goOn(turn, STEP.read, `${says}: applied, answer lost`, (next) => {
    next.lost--;
    remove(next, run.focus);
  });
  goOn(turn, STEP.read, `${says}: no answer, still on its way`, (next) => {
    next.lost--;
    next.late[run.focus] = 1;
  });
}

function listChecks(turn: Turn): void {
  const { state, bounds } = turn;
  const orphan = state.check.findIndex(
    (check, i) => check === CHECK.exists && state.record !== i + 1 && state.entry[i] === 0,
  );
  if (orphan < 0) goOn(turn, STEP.readAgain, "i: ListHealthChecks: nothing unreferenced");
  else
    goOn(turn, STEP.condemn, `i: ListHealthChecks: ${nameOf(orphan, bounds)} is unreferenced`, (_next, self) => {
      self.focus = orphan;
    });
}

function lastLook(turn: Turn): void {
  const { state, run, bounds } = turn;
  if (run.fresh === 0) {
    goOn(turn, STEP.read, "i: reads again: the generation has moved");
    return;
  }
  const alone = state.runs.filter(({ step }) => step !== STEP.none).length === 1;
  const wrong = alone && !equals(state, run.manifest, bounds, run.alone === 0);
  stop(
    turn,
    ENDED.converged,
    "i: converged, exit 0",
    wrong ? "I3: converged, but the estate is not the manifest" : undefined,
  );
}
