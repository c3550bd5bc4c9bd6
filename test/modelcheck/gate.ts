import type { Emit, Model } from "./explore.ts";
import { layoutLike } from "./layout.ts";
import { HELD, letterOf } from "./zone-changes.ts";

/** The rules for a check that two names refer to whose markers no batch can hold together. */
export interface GateRules {
  /** G1. Users and condemnation stand in one home marker. Without: the name that drops the last reference condemns. */
  readonly home: boolean;
  /** G2. A publication registers its name with a swap of the home marker, even when it stands there already. */
  readonly registerAlways: boolean;
  /** G3. Who takes a name off the home marker bumps the name's own marker first. */
  readonly bumpBeforeLeaving: boolean;
}

export const GATE_PROTOCOL: GateRules = { home: true, registerAlways: true, bumpBeforeLeaving: true };

export interface GateBounds {
  readonly runs: number;
  readonly starts: number;
  readonly kills: number;
  readonly symmetric: boolean;
}

const MANIFESTS = ["{gate}", "{no gate}"] as const;
const STEP = {
  none: 0,
  read: 1,
  readHome: 2,
  register: 3,
  publish: 4,
  drop: 5,
  readName: 6,
  bump: 7,
  drain: 8,
  unregister: 9,
  condemn: 10,
  delete: 11,
} as const;
type Step = (typeof STEP)[keyof typeof STEP];

type Run = {
  step: number;
  /** 1: the manifest has no gate. */
  manifest: number;
  /** The name that the next call is about. */
  focus: number;
  freshHome: number;
  fresh0: number;
  fresh1: number;
  /** Without a home marker: the other name refers to the gate, as it was read. */
  otherRefers: number;
};

export type GateState = {
  gate: number;
  /** The home marker: which names use the gate, and whether it is condemned. Without one: a mask of the markers that condemn it. */
  user: number[];
  condemned: number;
  refers: number[];
  held: number[];
  kills: number;
  starts: number;
  runs: Run[];
};

const NO_RUN: Run = { step: STEP.none, manifest: 0, focus: 0, freshHome: 0, fresh0: 0, fresh1: 0, otherRefers: 0 };

interface Turn {
  readonly state: GateState;
  readonly place: number;
  readonly run: Run;
  readonly rules: GateRules;
  readonly fork: () => GateState;
  readonly emit: Emit<GateState>;
}

/** Two names in two zones, and one gate. Deleting is by id, so a late or repeated DELETE does no harm and is left out. */
export function gateModel(rules: GateRules, bounds: GateBounds): Model<GateState> {
  const start = (both: boolean): GateState => ({
    gate: 1,
    user: rules.home ? [1, both ? 1 : 0] : [0, 0],
    condemned: 0,
    refers: [1, both ? 1 : 0],
    held: [HELD.current, both ? HELD.current : HELD.nobody],
    kills: bounds.kills,
    starts: bounds.starts,
    runs: Array.from({ length: bounds.runs }, () => ({ ...NO_RUN })),
  });
  const layout = layoutLike(start(true));
  return {
    layout,
    initial: () => [start(true), start(false)],
    steps(state, emit) {
      const fork = (): GateState => layout.copy(state);
      surroundings(state, fork, emit);
      state.runs.forEach((run, place) => {
        if (run.step === STEP.none) return;
        const turn: Turn = { state, place, run, rules, fork, emit };
        if (state.kills > 0) killed(turn);
        if (rules.home) withHome(turn);
        else withoutHome(turn);
      });
    },
    canonical(state) {
      for (const run of state.runs) if (run.step === STEP.none || run.step === STEP.read) reset(run);
      if (bounds.symmetric) state.runs.sort(compareRuns);
    },
    broken({ gate, held }) {
      const lost = held.findIndex((who) => who !== HELD.nobody && gate === 0);
      return lost < 0 ? undefined : `I2: an answer of ${name(lost)} has lost the gate`;
    },
  };
}

const name = (n: number): string => `n${String(n + 1)}`;

function reset(run: Run): void {
  if (run.step === STEP.none) run.manifest = 0;
  run.focus = run.freshHome = run.fresh0 = run.fresh1 = run.otherRefers = 0;
}

const MEMBERS = Object.keys(NO_RUN) as readonly (keyof Run)[];

function compareRuns(a: Run, b: Run): number {
  for (const member of MEMBERS) if (a[member] !== b[member]) return b[member] - a[member];
  return 0;
}

/** INSYNC and expiry, per name: its one removal that may be under way. */
function surroundings(state: GateState, fork: () => GateState, emit: Emit<GateState>): void {
  state.held.forEach((who, n) => {
    if (who === HELD.nobody || who === HELD.current) return;
    const next = fork();
    next.held[n] = who === HELD.pending ? HELD.draining : HELD.nobody;
    emit(
      () => (who === HELD.pending ? `AWS the change of ${name(n)} is INSYNC` : `TIME nobody holds ${name(n)} any more`),
      next,
    );
  });
  const place = state.runs.findIndex(({ step }) => step === STEP.none);
  if (state.starts === 0 || place < 0) return;
  MANIFESTS.forEach((text, manifest) => {
    const next = fork();
    next.starts--;
    next.runs[place] = { ...NO_RUN, step: STEP.read, manifest };
    emit(() => `${letterOf(place)}${text} starts`, next);
  });
}

function killed({ place, run, fork, emit }: Turn): void {
  const next = fork();
  next.kills--;
  next.runs[place] = { ...NO_RUN };
  emit(() => `${letterOf(place)}${MANIFESTS[run.manifest]!} is killed`, next);
}

function goOn(
  { place, run, fork, emit }: Turn,
  step: Step,
  says: string,
  change?: (self: Run, next: GateState) => void,
): void {
  const next = fork();
  const self = next.runs[place]!;
  self.step = step;
  change?.(self, next);
  emit(() => `${letterOf(place)}${MANIFESTS[run.manifest]!} ${says}`, next);
}

const fresh = (n: number): "fresh0" | "fresh1" => (n === 0 ? "fresh0" : "fresh1");

/** SWAP of the marker of the name that the run is at. */
function swapName(turn: Turn, says: string, then: Step, effect: (next: GateState) => void): void {
  const { run, place } = turn;
  const member = fresh(run.focus);
  if (run[member] === 0) goOn(turn, STEP.read, `BATCH ${name(run.focus)} ${says}: conflict`);
  else
    goOn(turn, then, `BATCH ${name(run.focus)} ${says}`, (_self, next) => {
      effect(next);
      next.runs.forEach((other, index) => {
        if (index !== place) other[member] = 0;
      });
    });
}

/** SWAP of the home marker. */
function swapHome(turn: Turn, says: string, then: Step, holds: boolean, effect: (next: GateState) => void): void {
  if (turn.run.freshHome === 0 || !holds) goOn(turn, STEP.read, `BATCH home: ${says}: conflict`);
  else
    goOn(turn, then, `BATCH home: ${says}`, (_self, next) => {
      effect(next);
      next.runs.forEach((other, index) => {
        if (index !== turn.place) other.freshHome = 0;
      });
    });
}

function publish(turn: Turn): void {
  const n = turn.run.focus;
  swapName(turn, "publish", STEP.read, (next) => {
    next.refers[n] = 1;
    next.held[n] = HELD.current;
  });
}

function withHome(turn: Turn): void {
  const { state, run, rules } = turn;
  const n = run.focus;
  switch (run.step as Step) {
    case STEP.read:
      readWithHome(turn);
      break;
    case STEP.readHome:
      if (state.condemned !== 0) break;
      if (rules.registerAlways || state.user[n] === 0)
        goOn(turn, STEP.register, "reads home: not condemned", (self) => (self.freshHome = 1));
      else goOn(turn, STEP.publish, `reads home: ${name(n)} stands there already`);
      break;
    case STEP.register:
      swapHome(turn, `users += ${name(n)}`, STEP.publish, state.condemned === 0, (next) => (next.user[n] = 1));
      break;
    case STEP.publish:
      publish(turn);
      break;
    case STEP.drop:
      swapName(turn, "drop", STEP.read, (next) => {
        next.refers[n] = 0;
        next.held[n] = HELD.pending;
      });
      break;
    default:
      leave(turn);
  }
}

function readWithHome(turn: Turn): void {
  const { state, run } = turn;
  const leaves = run.manifest === 1;
  state.refers.forEach((refers, n) => {
    const at = (self: Run): void => {
      self.focus = n;
      self[fresh(n)] = 1;
    };
    if (!leaves && refers === 0) goOn(turn, STEP.readHome, `reads ${name(n)}: no reference`, at);
    if (leaves && refers === 1) goOn(turn, STEP.drop, `reads ${name(n)}; will drop`, at);
    if (leaves && state.user[n] === 1)
      goOn(turn, STEP.readName, `reads home: ${name(n)} is a user`, (self) => {
        self.focus = n;
        self.freshHome = 1;
      });
  });
  if (leaves && !state.user.includes(1) && state.condemned === 0)
    goOn(turn, STEP.condemn, "reads home: no users", (self) => (self.freshHome = 1));
  if (state.condemned === 1 && state.gate === 1) goOn(turn, STEP.delete, "reads home: condemned");
}

/** A name leaves the home marker; the last one out condemns the gate. */
function leave(turn: Turn): void {
  const { state, run, rules } = turn;
  const n = run.focus;
  switch (run.step as Step) {
    case STEP.readName:
      if (state.refers[n] === 1) goOn(turn, STEP.read, `reads ${name(n)}: refers`);
      else
        goOn(turn, rules.bumpBeforeLeaving ? STEP.bump : STEP.drain, `reads ${name(n)}: no reference`, (self) => {
          self[fresh(n)] = 1;
        });
      break;
    case STEP.bump:
      swapName(turn, "bump", STEP.drain, () => {});
      break;
    case STEP.drain:
      if (state.held[n] === HELD.nobody) goOn(turn, STEP.unregister, `${name(n)} is INSYNC and drained`);
      if (state.held[n] === HELD.current) goOn(turn, STEP.read, `${name(n)} refers again`);
      break;
    case STEP.unregister:
      swapHome(turn, `users -= ${name(n)}`, STEP.read, true, (next) => (next.user[n] = 0));
      break;
    case STEP.condemn:
      swapHome(
        turn,
        "condemn",
        STEP.read,
        !state.user.includes(1) && state.condemned === 0,
        (next) => (next.condemned = 1),
      );
      break;
    default:
      goOn(turn, STEP.read, "DeleteHealthCheck", (_self, next) => (next.gate = 0));
  }
}

/** G1: each name's marker speaks for itself, and the one that drops the last reference condemns. */
function withoutHome(turn: Turn): void {
  const { state, run } = turn;
  const n = run.focus;
  switch (run.step as Step) {
    case STEP.read:
      readBoth(turn);
      break;
    case STEP.publish:
      publish(turn);
      break;
    case STEP.drop: {
      const last = run.otherRefers === 0;
      swapName(
        turn,
        last ? "drop, and condemn: the last reference" : "drop: not the last reference",
        STEP.read,
        (next) => {
          next.refers[n] = 0;
          next.held[n] = HELD.pending;
          if (last) next.condemned |= 1 << n;
        },
      );
      break;
    }
    default:
      goOn(turn, STEP.read, "DeleteHealthCheck", (_self, next) => (next.gate = 0));
  }
  if (run.step !== STEP.read || state.gate === 0 || state.condemned === 0) return;
  const referred = state.refers.includes(1) || state.held.some((who) => who !== HELD.nobody);
  if (!referred) goOn(turn, STEP.delete, "drained; reads both names: no reference; will delete");
}

function readBoth(turn: Turn): void {
  const { state, run } = turn;
  const at = (n: number) => (self: Run) => {
    self.focus = n;
    self.fresh0 = self.fresh1 = 1;
    self.otherRefers = state.refers[1 - n]!;
  };
  state.refers.forEach((refers, n) => {
    if (run.manifest === 0 && refers === 0 && state.condemned === 0 && state.gate === 1)
      goOn(turn, STEP.publish, `reads both names: nothing condemned; will publish ${name(n)}`, at(n));
    if (run.manifest === 1 && refers === 1) goOn(turn, STEP.drop, `reads both names; will drop ${name(n)}`, at(n));
  });
}
