import type { Cloud } from "../cloud/cloud.ts";
import type { Clock } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { RunOutcome } from "./event.ts";
import { REPLAN_PAUSE } from "./retry.ts";
import type { Executed } from "./execute.ts";
import { expecting, judgeLook } from "./expectation.ts";
import type { Expectation } from "./expectation.ts";

/** What the rounds of one run add up to. */
export interface Tally {
  readonly outcome: RunOutcome;
  readonly writes: number;
  readonly calls: number;
  readonly rounds: number;
  /** Addresses that this run has taken out of service. */
  readonly condemned: ReadonlySet<string>;
  /** What the next look must show of what this run wrote. */
  readonly expected: readonly Expectation[];
  /** The last look did not: nothing is done before another one. */
  readonly doubtful: boolean;
  /** Nor did that one. */
  readonly contradictions: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
}

export const noRounds: Tally = {
  outcome: "converged",
  writes: 0,
  calls: 0,
  rounds: 0,
  condemned: new Set(),
  expected: [],
  doubtful: false,
  contradictions: [],
  diagnostics: [],
};

/** Rounds after which a run gives up: live moves faster than it can follow. */
const ROUNDS_MAX = 10;

export function added(tally: Tally, plan: Plan, executed: Executed): Tally {
  const gone = plan.steps.filter((step) => executed.done.has(step.id) && condemns(step)).map((step) => step.address);
  return {
    outcome: executed.outcome,
    writes: tally.writes + executed.writes,
    calls: tally.calls + executed.calls,
    rounds: tally.rounds + 1,
    condemned: new Set([...tally.condemned, ...gone]),
    expected: expecting(executed.forgot ? [] : tally.expected, executed.expected),
    doubtful: false,
    contradictions: [],
    diagnostics: [...tally.diagnostics, ...executed.diagnostics],
  };
}

/** The rounds so far, with what the latest look shows of them. */
export function seenSince(tally: Tally, read: Cloud): Tally {
  const { expected, doubtful, diagnostics } = judgeLook(tally.expected, read);
  return { ...tally, expected, doubtful: doubtful && diagnostics.length === 0, contradictions: diagnostics };
}

/** The same as in a while: AWS's reads lag. */
export async function later<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await clock.waitUntil(clock.now() + REPLAN_PAUSE, signal);
  return work();
}

const condemns = (step: Step): boolean =>
  step.action === "condemn" || (step.kind === "record-set" && step.action === "delete");

/** Why a round is not begun: it is not what was agreed to, or it would go on for ever. */
export function whyNot(
  tally: Tally,
  plan: Plan,
  agreed: (plan: Plan) => readonly Diagnostic[] = () => [],
): readonly Diagnostic[] {
  if (tally.contradictions.length > 0) return tally.contradictions;
  const endless = whyNotAgain(tally, plan);
  return endless === undefined ? agreed(plan) : [endless];
}

/** Rule F6 of the write protocol: two runs with different manifests would undo each other for ever. */
function whyNotAgain(tally: Tally, plan: Plan): Diagnostic | undefined {
  const again = plan.steps.find((step) => condemns(step) && tally.condemned.has(step.address));
  if (again !== undefined) {
    return {
      code: "CONTESTED",
      severity: "error",
      subject: again.address,
      message: `${again.address} is back after this run took it out of service: another run, with another manifest, wants it.`,
      help: "Find the other run (its manifest has the same name and scope) and agree on one version.",
    };
  }
  if (tally.rounds < ROUNDS_MAX) return undefined;
  return {
    code: "NOT_CONVERGING",
    severity: "error",
    message: `After ${ROUNDS_MAX} rounds there is still something to do: live changes as fast as this run follows.`,
    help: "Look for another writer, then run the command again.",
  };
}

/** What a run that has nothing left to do has come to. Names that are held back (edits by hand, what could not be read) are a refusal. */
export const atRest = (tally: Tally, plan: Plan): Tally => ({
  ...tally,
  outcome: plan.held.length > 0 ? "refused" : "converged",
});

export const refusedWith = (tally: Tally, diagnostics: readonly Diagnostic[]): Tally => ({
  ...tally,
  outcome: tally.contradictions.length > 0 ? "diverged" : "refused",
  diagnostics: [...new Set([...tally.diagnostics, ...tally.contradictions, ...diagnostics])],
});
