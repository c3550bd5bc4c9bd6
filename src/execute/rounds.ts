import type { Cloud } from "../cloud/cloud.ts";
import type { Clock } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Limits } from "../manifest/manifest.ts";
import type { PlanOptions } from "../plan/options.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { recordSet } from "../resource/record-set.ts";
import { recordSwitch } from "../resource/record-switch.ts";
import type { RunOutcome } from "./event.ts";
import { alsoTaken, takesAgain, tooManyTaken } from "./regions-taken.ts";
import type { RegionsTaken } from "./regions-taken.ts";
import { REPLAN_PAUSE } from "./retry.ts";
import type { ExecuteOptions, Executed } from "./execute.ts";
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
  /** Regions that it has taken away. */
  readonly taken: RegionsTaken;
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
  taken: new Map(),
  expected: [],
  doubtful: false,
  contradictions: [],
  diagnostics: [],
};

/** Rounds after which a run gives up: live moves faster than it can follow. */
const ROUNDS_MAX = 10;

export function added(tally: Tally, plan: Plan, executed: Executed): Tally {
  const effected = plan.steps.filter(({ id }) => executed.done.has(id) || executed.effected.has(id));
  const gone = effected.filter(condemns);
  return {
    outcome: executed.outcome,
    writes: tally.writes + executed.writes,
    calls: tally.calls + executed.calls,
    rounds: tally.rounds + 1,
    condemned: new Set([...tally.condemned, ...gone.map(({ address }) => address)]),
    taken: alsoTaken(tally.taken, effected, plan),
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
  step.action === "condemn" ||
  (step.kind === recordSet.name && step.action === "delete") ||
  step.kind === recordSwitch.name;

/** Why a round is not begun: it is not what was agreed to, or it would go on for ever. */
export function whyNot(
  tally: Tally,
  plan: Plan,
  { agreed, lift }: Pick<ExecuteOptions, "agreed"> & Pick<PlanOptions, "lift">,
  { regionsRemovedPerRun }: Pick<Limits, "regionsRemovedPerRun">,
): readonly Diagnostic[] {
  if (tally.contradictions.length > 0) return tally.contradictions;
  const endless = whyNotAgain(tally, plan);
  if (endless !== undefined) return [endless];
  const most = lift.includes("regionsRemovedPerRun") ? Infinity : regionsRemovedPerRun;
  const tooMany = tooManyTaken(tally.taken, plan, most);
  return tooMany.length > 0 ? tooMany : (agreed?.(plan) ?? []);
}

/** Rule F6 of the write protocol: two runs with different manifests would undo each other for ever. */
function whyNotAgain(tally: Tally, plan: Plan): Diagnostic | undefined {
  const again = plan.steps.find(
    (step) => (condemns(step) && tally.condemned.has(step.address)) || takesAgain(tally.taken, step),
  );
  if (again !== undefined) {
    return {
      code: "CONTESTED",
      severity: "error",
      subject: again.address,
      message:
        again.kind === recordSwitch.name
          ? `${again.address} is to be made again: another run, with another manifest, has undone it since.`
          : `${again.address} is back after this run took it out of service: another run, with another manifest, wants it.`,
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
