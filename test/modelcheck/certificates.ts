import type { Convergence, Emit, Model } from "./explore.ts";
import { layoutLike } from "./layout.ts";
import { letterOf } from "./zone-changes.ts";

/** Certificates need no marker: ACM itself refuses to delete one that is in use, and a validation record is only ever ensured. */
export interface CertificateRules {
  /** C1. A run relies on ACM's refusal. Without: ACM learns late that a certificate is in use, and deletes it. */
  readonly acmRefuses: boolean;
  /** C2. Validation records are never deleted. */
  readonly keepsRecords: boolean;
  /** C3. A refused deletion is asked for again until it is done. */
  readonly waitsForRefusal: boolean;
}

export const CERTIFICATE_PROTOCOL: CertificateRules = {
  acmRefuses: true,
  keepsRecords: true,
  waitsForRefusal: true,
};

export interface CertificateBounds {
  readonly runs: number;
  readonly starts: number;
  readonly kills: number;
  readonly lostAnswers: number;
  readonly symmetric: boolean;
  readonly lonely: boolean;
}

/** Two configurations of the endpoint's certificate; both cover the same name, so one validation record serves both. */
const MANIFESTS = ["{a}", "{b}"] as const;
/** Two certificates of each: runs that ask at one time get one each. */
const EACH = 2;
const CERTIFICATE = { none: 0, pending: 1, issued: 2 } as const;
const ENDED = { not: 0, converged: 1 } as const;
const STEP = {
  none: 0,
  read: 1,
  ensure: 2,
  request: 3,
  attach: 4,
  delete: 5,
  removeRecord: 6,
  look: 7,
  wait: 8,
} as const;
type Step = (typeof STEP)[keyof typeof STEP];

type Run = { step: number; manifest: number; focus: number; alone: number };

export type CertificateState = {
  certificate: number[];
  /** ACM still believes that it is in use. */
  lags: number[];
  /** The certificate that the endpoint presents, counted from 1. */
  presented: number;
  validationRecord: number;
  kills: number;
  lost: number;
  starts: number;
  ended: number;
  runs: Run[];
};

const NO_RUN: Run = { step: STEP.none, manifest: 0, focus: 0, alone: 0 };

interface Turn {
  readonly state: CertificateState;
  readonly place: number;
  readonly run: Run;
  readonly rules: CertificateRules;
  readonly bounds: CertificateBounds;
  readonly fork: () => CertificateState;
  readonly emit: Emit<CertificateState>;
}

const configOf = (index: number): number => Math.floor(index / EACH);
const nameOf = (index: number): string => `${"ab"[configOf(index)]!}${String((index % EACH) + 1)}`;

/** One endpoint whose certificate is replaced. */
export function certificatesModel(rules: CertificateRules, bounds: CertificateBounds): Model<CertificateState> {
  const start: CertificateState = {
    certificate: [CERTIFICATE.issued, 0, 0, 0],
    lags: [0, 0, 0, 0],
    presented: 1,
    validationRecord: 1,
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
      const fork = (): CertificateState => layout.copy(state);
      surroundings(state, fork, emit);
      state.runs.forEach((run, place) => {
        if (run.step === STEP.none) return;
        const turn: Turn = { state, place, run, rules, bounds, fork, emit };
        if (state.kills > 0) killed(turn);
        CALLS[run.step as Exclude<Step, 0>](turn);
      });
    },
    canonical(state) {
      for (const run of state.runs) if (run.step === STEP.read) run.focus = 0;
      if (bounds.symmetric) state.runs.sort(compareRuns);
    },
    broken({ certificate, presented, validationRecord }) {
      if (certificate[presented - 1] !== CERTIFICATE.issued) return "I2: the endpoint's certificate is gone";
      return validationRecord === 0 ? "I2: the endpoint's certificate will not be renewed" : undefined;
    },
  };
}

const MEMBERS = Object.keys(NO_RUN) as readonly (keyof Run)[];

function compareRuns(a: Run, b: Run): number {
  for (const member of MEMBERS) if (a[member] !== b[member]) return b[member] - a[member];
  return 0;
}

function surroundings(state: CertificateState, fork: () => CertificateState, emit: Emit<CertificateState>): void {
  state.certificate.forEach((certificate, index) => {
    if (certificate === CERTIFICATE.pending && state.validationRecord === 1) {
      const next = fork();
      next.certificate[index] = CERTIFICATE.issued;
      emit(() => `AWS ${nameOf(index)} is issued`, next);
    }
    if (state.lags[index] === 1) {
      const next = fork();
      next.lags[index] = 0;
      emit(() => `AWS ACM learns who uses ${nameOf(index)}`, next);
    }
  });
  const place = state.runs.findIndex(({ step }) => step === STEP.none);
  if (state.starts === 0 || place < 0) return;
  MANIFESTS.forEach((text, manifest) => {
    const next = fork();
    next.starts--;
    for (const run of next.runs) run.alone = 0;
    next.runs[place] = { ...NO_RUN, step: STEP.read, manifest };
    emit(() => `${letterOf(place)}${text} starts`, next);
  });
}

const who = ({ place, run }: Turn): string => `${letterOf(place)}${MANIFESTS[run.manifest]!}`;

function killed(turn: Turn): void {
  const next = turn.fork();
  next.kills--;
  next.runs[turn.place] = { ...NO_RUN };
  turn.emit(() => `${who(turn)} is killed`, next);
}

function goOn(turn: Turn, step: Step, says: string, change?: (next: CertificateState, self: Run) => void): void {
  const next = turn.fork();
  const self = next.runs[turn.place]!;
  self.step = step;
  change?.(next, self);
  turn.emit(() => `${who(turn)} ${says}`, next);
}

/** A write: answered, or applied with its answer lost. */
function write(turn: Turn, then: Step, says: string, change: (next: CertificateState) => void): void {
  goOn(turn, then, says, change);
  if (turn.state.lost === 0) return;
  goOn(turn, STEP.read, `${says}: applied, answer lost`, (next) => {
    change(next);
    next.lost--;
  });
}

const CALLS: Readonly<Record<Exclude<Step, 0>, (turn: Turn) => void>> = {
  [STEP.read]: read,
  [STEP.ensure]: (turn) =>
    write(turn, STEP.read, "CREATE the validation record", (next) => (next.validationRecord = 1)),
  [STEP.request]: request,
  [STEP.attach]: attach,
  [STEP.delete]: deleteCertificate,
  [STEP.removeRecord]: (turn) =>
    write(turn, STEP.read, "DELETE the validation record", (next) => (next.validationRecord = 0)),
  [STEP.look]: lastLook,
  [STEP.wait]: wait,
};

const presents = ({ presented }: CertificateState, manifest: number): boolean => configOf(presented - 1) === manifest;

const alone = ({ runs }: CertificateState): boolean => runs.filter(({ step }) => step !== STEP.none).length === 1;

function read(turn: Turn): void {
  const { state, run } = turn;
  const decide = (step: Step, focus: number, says: string): void =>
    goOn(turn, step, says, (_next, self) => {
      self.focus = focus;
      if (alone(state)) self.alone = 1;
    });
  if (state.validationRecord === 0) decide(STEP.ensure, 0, "reads; the validation record is missing");
  const stands = presents(state, run.manifest);
  const own = state.certificate.map((_each, index) => index).filter((index) => configOf(index) === run.manifest);
  const issued = own.filter((index) => state.certificate[index] === CERTIFICATE.issued);
  if (!stands && own.every((index) => state.certificate[index] === CERTIFICATE.none))
    decide(STEP.request, 0, "reads; there is no certificate as it is wanted");
  if (!stands && issued[0] !== undefined) decide(STEP.attach, issued[0], `reads; ${nameOf(issued[0])} is issued`);
  if (!stands) return;
  let idle = true;
  state.certificate.forEach((certificate, index) => {
    if (certificate === CERTIFICATE.none || index === state.presented - 1) return;
    idle = false;
    decide(STEP.delete, index, `reads; ${nameOf(index)} is not needed`);
  });
  if (idle) decide(STEP.look, 0, "reads; all is as the manifest says");
}

function request(turn: Turn): void {
  const { state, run } = turn;
  const free = state.certificate.findIndex(
    (certificate, index) => configOf(index) === run.manifest && certificate === CERTIFICATE.none,
  );
  if (free < 0) goOn(turn, STEP.read, "waits: more certificates than the bound has");
  else
    write(
      turn,
      STEP.read,
      `RequestCertificate: ${nameOf(free)}`,
      (next) => (next.certificate[free] = CERTIFICATE.pending),
    );
}

function attach(turn: Turn): void {
  const { state, run, rules } = turn;
  const says = `UpdateDomainName to ${nameOf(run.focus)}`;
  if (state.certificate[run.focus] !== CERTIFICATE.issued)
    goOn(turn, STEP.read, `${says}: there is no such certificate`);
  else
    write(turn, STEP.read, says, (next) => {
      // What ACM believes changes later than what is: of the old one always; of the new one only without C1.
      next.lags[state.presented - 1] = 1;
      next.lags[run.focus] = rules.acmRefuses ? 0 : 1;
      next.presented = run.focus + 1;
    });
}

/** What ACM answers to DeleteCertificate. A lag after detaching refuses too long; a lag after attaching would delete what is in use. */
function believedInUse({ state, rules }: Turn, index: number): boolean {
  const presented = state.presented - 1 === index;
  if (state.lags[index] === 0) return presented;
  return rules.acmRefuses || !presented;
}

function deleteCertificate(turn: Turn): void {
  const { run, rules } = turn;
  const index = run.focus;
  const says = `DeleteCertificate ${nameOf(index)}`;
  if (believedInUse(turn, index)) {
    goOn(turn, rules.waitsForRefusal ? STEP.wait : STEP.look, `${says}: refused, in use`);
    return;
  }
  write(turn, rules.keepsRecords ? STEP.read : STEP.removeRecord, says, (next) => {
    next.certificate[index] = CERTIFICATE.none;
    next.lags[index] = 0;
  });
}

/** Until ACM has learnt: asking again at once would only be refused again. */
function wait(turn: Turn): void {
  if (turn.state.lags[turn.run.focus] === 0)
    goOn(turn, STEP.read, `has waited for ACM to let go of ${nameOf(turn.run.focus)}`);
}

function lastLook(turn: Turn): void {
  const { state, place, run, bounds, fork, emit } = turn;
  const next = fork();
  next.runs[place] = { ...NO_RUN, manifest: bounds.lonely ? run.manifest : 0 };
  if (bounds.lonely) next.ended = ENDED.converged;
  const wrong = run.alone === 1 && alone(state) && !equals(state, run.manifest);
  emit(
    () => `${who(turn)} converged, exit 0`,
    next,
    wrong ? "I3: converged, but the estate is not the manifest" : undefined,
  );
}

const equals = (state: CertificateState, manifest: number): boolean =>
  presents(state, manifest) && state.certificate.filter((each) => each !== CERTIFICATE.none).length === 1;

/** I4. */
export function certificatesConvergence(
  rules: CertificateRules,
  bounds: CertificateBounds,
): Convergence<CertificateState> {
  const undisturbed: CertificateBounds = {
    ...bounds,
    kills: 0,
    lostAnswers: 0,
    starts: 0,
    lonely: true,
    symmetric: false,
  };
  const model = certificatesModel(rules, undisturbed);
  return {
    model,
    *lonely(state) {
      for (const manifest of MANIFESTS.keys()) {
        const next = model.layout.copy(state);
        next.runs = next.runs.map((_run, place) => ({ ...NO_RUN, ...(place === 0 && { step: STEP.read, manifest }) }));
        next.kills = next.lost = next.starts = 0;
        yield next;
      }
    },
    wrong(state) {
      if (state.ended !== ENDED.converged) return "I4: cannot go on";
      return equals(state, state.runs[0]!.manifest) ? undefined : "I4: the estate is not the manifest";
    },
    describe({ certificate, presented }) {
      const there = certificate.flatMap((each, index) => (each === CERTIFICATE.none ? [] : [nameOf(index)]));
      return `certificates ${there.join(", ")}; the endpoint presents ${nameOf(presented - 1)}`;
    },
  };
}
