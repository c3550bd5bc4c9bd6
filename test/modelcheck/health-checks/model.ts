import type { Convergence, Emit, Model } from "../explore.ts";
import { layoutLike } from "../layout.ts";
import { HELD, insync, letterOf, NO_WATCH } from "../zone-changes.ts";
import { CALLS } from "./calls.ts";
import { CHECK, ENDED, ENTRY, equals, MANIFESTS, nameOf, newRun, NO_RUN, remove, STEP } from "./state.ts";
import type { CheckBounds, CheckRules, CheckState, Run, Step, Turn } from "./state.ts";

/** Runs over one record whose health check changes, with ids and caller references. */
export function checksModel(rules: CheckRules, bounds: CheckBounds): Model<CheckState> {
  const checks = (first: number): number[] =>
    Array.from({ length: 2 * bounds.generations }, (_, i) => (i === 0 ? first : 0));
  const start: CheckState = {
    check: checks(CHECK.exists),
    entry: checks(0),
    held: checks(HELD.current),
    late: checks(0),
    record: 1,
    pending: 0,
    kills: bounds.kills,
    lost: bounds.lostAnswers,
    starts: bounds.starts,
    ended: ENDED.not,
    runs: Array.from({ length: bounds.runs }, () => ({ ...NO_RUN })),
  };
  const layout = layoutLike(start);
  return {
    layout,
    initial: () => [layout.copy(start)],
    steps(state, emit) {
      const fork = (): CheckState => layout.copy(state);
      aws(state, bounds, fork, emit);
      starts(state, bounds, fork, emit);
      state.runs.forEach((run, place) => {
        if (run.step === STEP.none) return;
        const turn: Turn = { state, place, run, rules, bounds, fork, emit };
        kills(turn);
        CALLS[run.step as Exclude<Step, 0>](turn);
      });
    },
    canonical: (state) => canonical(state, bounds),
    broken({ held, check }) {
      const lost = held.findIndex((who, index) => who !== HELD.nobody && check[index] !== CHECK.exists);
      if (lost < 0) return undefined;
      return `I2: ${held[lost] === HELD.current ? "the current" : "a held"} answer has lost its check ${nameOf(lost, bounds)}`;
    },
  };
}

function aws(state: CheckState, bounds: CheckBounds, fork: () => CheckState, emit: Emit<CheckState>): void {
  if (state.pending > 0) emit(() => "AWS the oldest pending change is INSYNC", insync(fork(), 1));
  state.held.forEach((who, index) => {
    if (who === HELD.draining) {
      const next = fork();
      next.held[index] = HELD.nobody;
      emit(() => `TIME nobody holds ${nameOf(index, bounds)} any more`, next);
    }
    if (state.late[index] === 1) {
      const next = fork();
      next.late[index] = 0;
      remove(next, index);
      emit(() => `AWS a late DeleteHealthCheck ${nameOf(index, bounds)} takes effect`, next);
    }
  });
}

function starts(state: CheckState, { manifests }: CheckBounds, fork: () => CheckState, emit: Emit<CheckState>): void {
  const place = state.runs.findIndex(({ step }) => step === STEP.none);
  if (state.starts === 0 || place < 0) return;
  for (const manifest of manifests) {
    const next = fork();
    next.starts--;
    for (const run of next.runs) run.alone = 0;
    next.runs[place] = newRun(manifest);
    emit(() => `${letterOf(place)}${MANIFESTS[manifest]!.text} starts`, next);
  }
}

function kills({ state, place, run, bounds, fork, emit }: Turn): void {
  if (state.kills === 0) return;
  for (const late of run.step === STEP.delete ? [0, 1] : [0]) {
    const next = fork();
    next.kills--;
    next.runs[place] = { ...NO_RUN };
    if (late === 1) next.late[run.focus] = 1;
    const how = late === 1 ? ` with DeleteHealthCheck ${nameOf(run.focus, bounds)} on its way` : "";
    emit(() => `${letterOf(place)}${MANIFESTS[run.manifest]!.text} is killed${how}`, next);
  }
}

function canonical(state: CheckState, bounds: CheckBounds): void {
  for (const run of state.runs) {
    if (run.step === STEP.none) continue;
    if (run.step === STEP.read) run.focus = run.fresh = 0;
    state.entry.forEach((entry, index) => {
      if (entry !== ENTRY.condemned) run.covers &= ~(1 << index);
    });
    if (run.watch === NO_WATCH) run.covers = 0;
    if (run.covers === 0) run.watch = NO_WATCH;
  }
  if (bounds.symmetric) state.runs.sort(compareRuns);
}

const MEMBERS = Object.keys(NO_RUN) as readonly (keyof Run)[];

function compareRuns(a: Run, b: Run): number {
  for (const member of MEMBERS) if (a[member] !== b[member]) return b[member] - a[member];
  return 0;
}

/** I4, from states that leave a generation of each configuration unused: beyond that the bound would speak, not the protocol. */
export function checksConvergence(rules: CheckRules, bounds: CheckBounds): Convergence<CheckState> {
  const alone: CheckBounds = { ...bounds, kills: 0, lostAnswers: 0, starts: 0, lonely: true, symmetric: false };
  const model = checksModel(rules, alone);
  return {
    model,
    *lonely(state) {
      const last = [1, 2].map((config) => state.check[config * bounds.generations - 1]);
      if (last.some((check) => check !== CHECK.none)) return;
      for (const manifest of MANIFESTS.keys()) {
        const next = model.layout.copy(state);
        next.runs = next.runs.map((_run, place) => (place === 0 ? newRun(manifest) : { ...NO_RUN }));
        next.kills = next.lost = next.starts = 0;
        yield next;
      }
    },
    wrong(state) {
      if (state.ended !== ENDED.converged) return "I4: cannot go on";
      return equals(state, state.runs[0]!.manifest, bounds, false) ? undefined : "I4: the estate is not the manifest";
    },
    describe({ check, record, entry }) {
      const words = ["", "there", "burnt"];
      const known = check.flatMap((each, index) =>
        each === CHECK.none
          ? []
          : [`${nameOf(index, bounds)} ${words[each]!}${entry[index] === 0 ? "" : ", condemned"}`],
      );
      return `${known.join("; ")}; the record refers to ${record === 0 ? "none" : nameOf(record - 1, bounds)}`;
    },
  };
}
