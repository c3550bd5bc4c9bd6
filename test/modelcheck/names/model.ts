import type { Convergence, Model } from "../explore.ts";
import { bit, HELD, insync, letterOf, NO_WATCH } from "../zone-changes.ts";
import { CALLS, deleted } from "./calls.ts";
import type { Turn } from "./swap.ts";
import {
  alive,
  end,
  ENDED,
  ENTRY,
  equalsManifest,
  isClaim,
  MANIFESTS,
  nameLayout,
  newRun,
  noRun,
  region,
  RETIRED,
  settled,
  STEP,
} from "./state.ts";
import type { Bounds, NameState, Rules, Run, Step } from "./state.ts";

/** Runs over one name whose targets are found by their name: API Gateway domains, one in each Region. */
export function namesModel(rules: Rules, bounds: Bounds): Model<NameState> {
  const layout = nameLayout(bounds);
  return {
    layout,
    initial: () => [settled(bounds)],
    steps(state, emit) {
      const world: World = { state, rules, bounds, emit, fork: () => layout.copy(state) };
      aws(world);
      starts(world);
      state.runs.forEach((run, place) => {
        if (run.step === STEP.none) return;
        const who = (): string => `${letterOf(place)}${MANIFESTS[run.manifest]!.text}`;
        const turn: Turn = { ...world, place, run, who };
        kills(turn);
        CALLS[run.step as Exclude<Step, 0>](turn);
      });
    },
    canonical: (state) => canonical(state, rules, bounds),
    broken: (state) => broken(state, bounds),
  };
}

type World = Pick<Turn, "state" | "rules" | "bounds" | "emit" | "fork">;

/** I1 and I2. */
function broken({ record, held, target }: NameState, { manifests, unpublished, lonely }: Bounds): string | undefined {
  const mayBeDark = lonely || unpublished || manifests.includes(RETIRED);
  if (!mayBeDark && !record.includes(1)) return "I1: the name has no answer";
  const r = held.findIndex((who, index) => who !== HELD.nobody && target[index] === 0);
  if (r < 0) return undefined;
  return `I2: ${held[r] === HELD.current ? "the current" : "a held"} answer ${region(r)} has lost its target`;
}

/** What happens by itself: changes reach the name servers, answers expire, claims lapse, late requests land. */
function aws({ state, rules, bounds, emit, fork }: World): void {
  if (state.pending > 0) emit(() => "AWS the oldest pending change is INSYNC", insync(fork(), 1));
  if (!bounds.insyncInOrder && state.pending > 1)
    emit(() => "AWS the newest pending change is INSYNC, before the others", insync(fork(), state.pending));
  state.runs.forEach((run, place) => {
    if (run.dated === 0 || bounds.prompt) return;
    const next = fork();
    next.runs[place]!.dated = 0;
    emit(() => `TIME the read of ${letterOf(place)} is too old`, next);
  });
  for (let r = 0; r < bounds.regions; r++) {
    if (state.held[r] === HELD.draining) {
      const next = fork();
      next.held[r] = HELD.nobody;
      emit(() => `TIME nobody holds ${region(r)} any more`, next);
    }
    if (isClaim(state.entry[r]!) && state.lapsed[r] === 0 && mayLapse(state, r, bounds)) {
      const next = fork();
      next.lapsed[r] = 1;
      for (const run of next.runs) run.signed &= ~(1 << r);
      if (rules.fence === "aws") next.late[r] = 0;
      emit(() => `TIME the claim on ${region(r)} is past its notAfter`, next);
    }
    state.runs.forEach((run, place) => {
      if (!bit(run.signed, r) || state.entry[r] === ENTRY.claimed + place) return;
      const next = fork();
      next.runs[place]!.signed &= ~(1 << r);
      emit(() => `TIME the DELETE ${region(r)} that ${letterOf(place)} signed is too old`, next);
    });
    if (state.ghost[r] === 1 && bounds.manifests.includes(RETIRED)) {
      const next = fork();
      next.ghost[r] = 0;
      emit(() => `TIME no GET shows the deleted ${region(r)} any more`, next);
    }
    if (state.meddlings > 0 && state.record[r] === 1 && state.record.reduce((sum, each) => sum + each, 0) > 1) {
      const next = fork();
      next.meddlings--;
      next.record[r] = 0;
      next.held[r] = HELD.draining;
      for (const run of next.runs) run.standing = 0;
      emit(() => `SOMEBODY deletes the record of ${region(r)} by hand`, next);
    }
    if (state.late[r] === 1) {
      const next = fork();
      next.late[r] = 0;
      deleted(next, r, bounds.staleGets);
      emit(() => `AWS a late DELETE ${region(r)} takes effect`, next);
    }
  }
}

/** Of a prompt run a claim lapses only when it has to wait for that. */
function mayLapse(state: NameState, r: number, { prompt }: Bounds): boolean {
  const owner = state.runs[state.entry[r]! - ENTRY.claimed];
  return !prompt || owner === undefined || bit(owner.sent, r);
}

function starts({ state, bounds, emit, fork }: World): void {
  const place = state.runs.findIndex(({ step }) => step === STEP.none);
  if (state.starts === 0 || place < 0) return;
  for (const manifest of bounds.manifests) {
    const next = fork();
    next.starts--;
    for (const run of next.runs) run.alone = 0;
    next.runs[place] = newRun(manifest);
    emit(() => `${letterOf(place)}${MANIFESTS[manifest]!.text} starts`, next);
  }
}

function kills({ state, place, run, rules, bounds, emit, fork, who }: Turn): void {
  if (state.kills === 0) return;
  const killed = (says: string, change?: (next: NameState) => void): void => {
    const next = fork();
    next.kills--;
    end(next, place, ENDED.not, bounds);
    change?.(next);
    emit(() => `${who()} ${says}`, next);
  };
  killed("is killed");
  if (run.step !== STEP.delete) return;
  if (!rules.claim || rules.fence === "none" || bit(run.signed, run.focus))
    killed(`is killed with DELETE ${region(run.focus)} on its way`, (next) => (next.late[run.focus] = 1));
}

/** Forgets what can have no effect any more, and sorts what is interchangeable. */
function canonical(state: NameState, rules: Rules, bounds: Bounds): void {
  state.entry.forEach((entry, r) => {
    if (entry < ENTRY.drained) state.lapsed[r] = 0;
    if (state.marker === 0 || !bounds.manifests.includes(RETIRED)) state.aged = 0;
    if (state.ghost[r] === 0) state.tomb[r] = 0;
  });
  state.runs.forEach((run, place) => forget(state, run, place, rules, bounds));
  if (bounds.symmetric) sortRuns(state);
}

function forget(state: NameState, run: Run, place: number, rules: Rules, bounds: Bounds): void {
  if (run.step === STEP.none) return;
  if (run.step === STEP.read) run.focus = run.fresh = run.content = run.unmarked = run.dated = run.standing = 0;
  if (run.unmarked === 0 || rules.markerComes !== "dated") run.dated = 0;
  if (bounds.meddlings === 0) run.standing = 0;
  if (run.step !== STEP.publish && run.step !== STEP.readAfterGet) run.sound = 0;
  if (rules.compare !== "content") run.content = 0;
  if (!rules.stopWhenContested) run.condemned = 0;
  state.entry.forEach((entry, r) => {
    const keep = ~(1 << r);
    if (entry !== ENTRY.condemned) run.covers &= keep;
    if (bounds.staleListings || entry === ENTRY.claimed + place) return;
    run.sent &= keep;
    run.answered &= keep;
  });
  if (run.watch === NO_WATCH) run.covers = 0;
  if (run.covers === 0 && rules.ownWatchCovers) run.watch = NO_WATCH;
}

function sortRuns(state: NameState): void {
  const order = state.runs.map((_run, place) => place).toSorted((a, b) => compareRuns(state.runs[a]!, state.runs[b]!));
  if (order.every((place, index) => place === index)) return;
  const renamed = (entry: number): number =>
    entry < ENTRY.claimed ? entry : ENTRY.claimed + order.indexOf(entry - ENTRY.claimed);
  state.runs = order.map((place) => state.runs[place]!);
  state.entry = state.entry.map(renamed);
  state.oldEntry = state.oldEntry.map(renamed);
}

const MEMBERS = Object.keys(noRun()) as readonly (keyof Run)[];

function compareRuns(a: Run, b: Run): number {
  for (const member of MEMBERS) if (a[member] !== b[member]) return b[member] - a[member];
  return 0;
}

/** I4: from whatever was reached, one run with any manifest ends with an estate that equals it. */
export function namesConvergence(rules: Rules, bounds: Bounds, manifests: readonly number[]): Convergence<NameState> {
  const alone: Bounds = {
    ...bounds,
    kills: 0,
    lostAnswers: 0,
    starts: 0,
    meddlings: 0,
    staleListings: false,
    staleGets: false,
    lonely: true,
    prompt: true,
    symmetric: false,
  };
  const model = namesModel(rules, alone);
  return {
    model,
    *lonely(state) {
      for (const manifest of manifests) {
        const next = model.layout.copy(state);
        for (let place = 0; place < bounds.runs; place++) end(next, place, ENDED.not, bounds);
        next.kills = next.lost = next.starts = next.meddlings = 0;
        next.oldRecord = next.oldRecord.map(() => 0);
        next.oldEntry = next.oldEntry.map(() => 0);
        next.ghost = next.ghost.map(() => 0);
        next.runs[0] = newRun(manifest);
        yield next;
      }
    },
    wrong(state) {
      if (state.ended === ENDED.refused) return "I4: refuses, with no way on";
      if (state.ended !== ENDED.converged) return "I4: cannot go on";
      return equalsManifest(state, state.runs[0]!.manifest, false) ? undefined : "I4: the estate is not the manifest";
    },
    describe,
  };
}

/** Runs that are there from the beginning, and that nobody kills, come to an end, whatever the order of events. */
export function namesTermination(
  rules: Rules,
  bounds: Bounds,
  manifests: readonly number[],
): Pick<Convergence<NameState>, "model" | "wrong" | "describe"> & { readonly start: NameState } {
  const undisturbed: Bounds = {
    ...bounds,
    runs: manifests.length,
    kills: 0,
    lostAnswers: 0,
    starts: 0,
    prompt: true,
    symmetric: false,
  };
  return {
    model: namesModel(rules, undisturbed),
    start: { ...settled(undisturbed), runs: manifests.map(newRun) },
    wrong: (state) => (alive(state) > 0 ? "I5: cannot go on" : undefined),
    describe,
  };
}

/** The estate in words, and who is running. */
function describe({ target, record, entry, runs }: NameState): string {
  const regions = target.map((version, r) => {
    const is = version === 0 ? "no target" : `target${"'".repeat(version - 1)}`;
    return `${region(r)}: ${is}${record[r] === 1 ? ", published" : ""}${entry[r] === ENTRY.none ? "" : `, ${ENTRY_WORDS[Math.min(entry[r]!, ENTRY.abandoned)]!}`}`;
  });
  const running = runs.flatMap(({ step, manifest }, place) =>
    step === STEP.none ? [] : [`${letterOf(place)}${MANIFESTS[manifest]!.text}`],
  );
  return `${regions.join("; ")}; running: ${running.join(", ")}`;
}

const ENTRY_WORDS = ["", "condemned", "drained", "claimed"];
