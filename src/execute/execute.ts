import type { Call, Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Clock } from "../cloud/instant.ts";
import { withNow } from "../cloud/tick.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan, StepId } from "../plan/plan.ts";
import { planDigest } from "../plan/plan.ts";
import { evaluate, merge, nextOf, readySteps } from "../plan/evaluate.ts";
import type { Evaluation, Sendable } from "../plan/evaluate.ts";
import type { SafeProof } from "../interlock/proof.ts";
import { isOneShot } from "./dated.ts";
import type { Event, RunOutcome } from "./event.ts";
import type { Expectation } from "./expectation.ts";
import { REPLAN_PAUSE, pollInterval } from "./retry.ts";
import { Run } from "./run.ts";
import { sendOne } from "./send-one.ts";

/** What the caller decides about a run, apart from the plan. */
export interface ExecuteOptions {
  /** False: stop when all is written and something still settles. */
  readonly wait: boolean;
  /** Aborted: stop before the next write. */
  readonly signal: AbortSignal;
  /** What speaks against a plan that the user has agreed to another one of (a saved plan). Asked before every round. */
  readonly agreed?: (plan: Plan) => readonly Diagnostic[];
}

export interface Executed {
  readonly outcome: RunOutcome;
  /** What is known at the end: acknowledged writes overlaid on what was read. */
  readonly cloud: Cloud;
  readonly writes: number;
  readonly calls: number;
  readonly done: ReadonlySet<StepId>;
  /** Whose write has had its effect, whether it has settled or not. */
  readonly effected: ReadonlySet<StepId>;
  /** What a later look must show of the writes. */
  readonly expected: readonly Expectation[];
  /** What earlier rounds expected does not count any more. */
  readonly forgot: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Brings the plan about: evaluate, send, fold the answer in, evaluate again. Yields every event; returns what came of it.
 * Only a proof of this very plan will do.
 */
export async function* execute(
  plan: Plan,
  proof: SafeProof,
  send: Send,
  clock: Clock,
  options: ExecuteOptions,
): AsyncGenerator<Event, Executed> {
  if (proof.digest !== planDigest(plan)) throw new Error("the proof is of another plan");
  const run = new Run(plan, proof.start, clock, send);
  yield run.started(proof.digest);
  const outcome = yield* loop(run, options);
  if (outcome === "replan") await clock.waitUntil(clock.now() + REPLAN_PAUSE, options.signal);
  const { cloud, writes, calls, done, effected, expected, forgot, diagnostics } = run;
  yield { type: "finished", at: clock.now(), outcome, writes, calls, diagnostics };
  return { outcome, cloud, writes, calls, done, effected, expected, forgot, diagnostics };
}

async function* loop(run: Run, options: ExecuteOptions): AsyncGenerator<Event, RunOutcome> {
  for (;;) {
    run.cloud = withNow(run.cloud, run.awsNow());
    const evaluations = yield* evaluateReady(run);
    if (run.isOver()) return run.verdict();
    const sendables = merge(
      evaluations.filter(({ step }) => run.mayTry(step.id)),
      run.cloud,
      run.alone,
    );
    for (const sendable of sendables) {
      if (options.signal.aborted) return "interrupted";
      yield* sendIfStillWanted(run, sendable, options.signal);
      if (run.diverged) return "diverged";
    }
    if (sendables.length > 0) continue;
    if (evaluations.length === 0) return run.verdict();
    if (options.signal.aborted) return "interrupted";
    if (!options.wait && evaluations.every(({ next }) => next.do === "wait"))
      return run.stopped.size > 0 ? run.verdict() : "settling";
    yield* settle(run, evaluations, options.signal);
  }
}

/** Evaluates until nothing more is done without a call: finished steps make others ready. */
async function* evaluateReady(run: Run): AsyncGenerator<Event, readonly Evaluation[]> {
  for (;;) {
    const evaluations = readySteps(run.plan.steps, run.done, run.stopped).map((step) => evaluate(step, run.cloud));
    let moved = false;
    for (const { step, next } of evaluations) {
      if (next.do === "done") {
        yield* run.finish(step);
        moved = true;
      } else if (next.do === "stop") {
        yield* run.fail(step, next.diagnostic, next.replan);
        moved = true;
      } else if (next.do === "wait") yield* run.show(step, "waiting", next.why);
    }
    if (!moved) return evaluations;
  }
}

/** An earlier call of the same round may have changed what this one has to be. */
async function* sendIfStillWanted(run: Run, sendable: Sendable, signal: AbortSignal): AsyncGenerator<Event> {
  if (sendable.steps.some((step) => run.stopped.has(step.id) || run.done.has(step.id))) return;
  for (let first = true; ; first = false) {
    const next = nextOf(sendable.steps, run.cloud);
    if (next.do !== "call" || !(first || (isUrgent(run, sendable, next.call) && !signal.aborted))) return;
    yield* sendOne(run, { steps: sendable.steps, call: next.call });
  }
}

/** The request of a claim that was just made: its signature ages, so it goes before anything else is claimed. */
const isUrgent = (run: Run, { steps }: Sendable, call: Call): boolean =>
  isOneShot(call) && steps.every(({ id }) => !run.stopped.has(id) && run.mayTry(id));

/** Nothing can be sent: read what settles, or let time pass until there is something to read or to do. */
async function* settle(run: Run, evaluations: readonly Evaluation[], signal: AbortSignal): AsyncGenerator<Event> {
  const now = run.clock.now();
  let soonest = Infinity;
  const asked = new Set<string>();
  for (const { step, next } of evaluations) {
    if (next.do === "call") soonest = Math.min(soonest, run.retryAfter(step.id));
    if (next.do !== "wait" || nextOf([step], run.cloud).do !== "wait") continue; // an earlier read of this round may have settled it
    if (next.until !== undefined && next.until > run.awsNow()) {
      soonest = Math.min(soonest, run.onOurClock(next.until));
      continue;
    }
    const polled = run.polls.get(step.id) ?? { reads: 0, next: now };
    if (polled.next <= now) {
      yield* run.read(step, asked);
      const following = { reads: polled.reads + 1, next: run.clock.now() + pollInterval(polled.reads) };
      run.polls.set(step.id, following);
      soonest = Math.min(soonest, following.next);
    } else soonest = Math.min(soonest, polled.next);
  }
  const settled = evaluations.some(({ step, next }) => next.do === "wait" && nextOf([step], run.cloud).do !== "wait");
  if (!settled && Number.isFinite(soonest)) await run.clock.waitUntil(soonest, signal);
}
