import type { Call } from "../cloud/call.ts";
import type { Cloud, HealthCheck, RecordSet } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { hashIds } from "../cloud/ids.ts";
import { DAY, SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { ALIAS_TTL_SECONDS } from "../cloud/route53/limits.ts";
import { stepSent as applyCall } from "../cloud/step-sent.ts";
import { nextDue, tick } from "../cloud/tick.ts";
import { evaluate, readySteps } from "../plan/evaluate.ts";
import type { Evaluation } from "../plan/evaluate.ts";
import type { Step, StepId } from "../plan/plan.ts";
import { DRAIN_FLOOR_SECONDS } from "../resource/condemned.ts";
import type { Owner } from "../resource/ownership.ts";
import { endpointOf } from "../resource/record-endpoint.ts";
import type { Invariant } from "./invariant.ts";
import { chosenCalls } from "./order-reduction.ts";
import type { Calling } from "./order-reduction.ts";
import type { Policy } from "./policy.ts";
import { nowhere } from "./proof.ts";
import type { TraceEntry, Unsafe, Violation } from "./proof.ts";
import { answersOf, certificateAt, domainOf, watchedIn } from "./reachable.ts";
import type { HeldAnswer, Reachable, WatchedName } from "./reachable.ts";

/** No single wait of a plan is longer than this: a certificate's time-out, and not its expiry. */
export const PATIENCE_MAX = 3 * DAY;

/** What is explored: the steps of a cone, from a Cloud that holds what they can depend on. */
export interface Task {
  readonly steps: readonly Step[];
  readonly watched: WatchedName | undefined;
  readonly cloud: Cloud;
  readonly account: string;
  readonly owner: Owner;
  readonly policy: Policy;
  readonly invariants: readonly Invariant[];
  readonly statesMax: number;
}

export interface Explored {
  readonly states: number;
  /** Milliseconds. */
  readonly duration: number;
}

interface State {
  readonly cloud: Cloud;
  readonly done: ReadonlySet<StepId>;
  readonly held: readonly HeldAnswer[];
  readonly trace: Trace | undefined;
  /** Calls made by each step: with the steps done, what tells two states apart. */
  readonly calls: ReadonlyMap<StepId, number>;
}

interface Trace {
  readonly entry: TraceEntry;
  readonly before: Trace | undefined;
}

/** Every state that the steps can pass through in any order that matters, nearest first, with every invariant at each. */
export function explore(task: Task): Explored | Unsafe {
  const { steps, cloud, invariants, statesMax } = task;
  const queue: State[] = [{ cloud, done: new Set(), held: [], trace: undefined, calls: new Map() }];
  const seen = new Set<string>();
  let last = cloud.now;
  for (let place = 0; place < queue.length; place++) {
    const known = new Map<Step, Evaluation>();
    const state = settleDone(queue[place] as State, steps, known);
    const key = keyOf(state);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > statesMax) return unsafe(tooLarge(task), state);
    const reachable = reachableOf(state, task);
    for (const { check } of invariants) {
      const [violation] = check?.(reachable) ?? [];
      if (violation !== undefined) return unsafe(violation, state);
    }
    if (state.done.size === steps.length) {
      last = Math.max(last, state.cloud.now);
      continue;
    }
    const following = successors(state, reachable, task, known);
    if ("violation" in following) return following;
    queue.push(...following);
  }
  return { states: seen.size, duration: last - cloud.now };
}

const reachableOf = (
  { cloud, held }: State,
  { account, owner, policy, cloud: baseline, watched }: Task,
): Reachable => ({
  cloud,
  account,
  owner,
  policy,
  baseline,
  names: watchedIn(watched),
  held,
});

const keyOf = (state: State): string =>
  `${[...state.done].toSorted().join("\n")}\t${[...state.calls]
    .map(([id, count]) => `${id} ${count}`)
    .toSorted()
    .join("\n")}\t${state.cloud.now}`;

/** What is evaluated on the way is `known` after it. */
function evaluated(step: Step, cloud: Cloud, known: Map<Step, Evaluation>): Evaluation {
  const evaluation = known.get(step) ?? evaluate(step, cloud);
  known.set(step, evaluation);
  return evaluation;
}

/** Marks what is done already: that changes no state of the world. */
function settleDone(state: State, steps: readonly Step[], known: Map<Step, Evaluation>): State {
  const done = new Set(state.done);
  for (let grew = true; grew;) {
    grew = false;
    for (const step of readySteps(steps, done, new Set())) {
      if (evaluated(step, state.cloud, known).next.do !== "done") continue;
      done.add(step.id);
      grew = true;
    }
  }
  return { ...state, done };
}

function successors(state: State, at: Reachable, task: Task, known: Map<Step, Evaluation>): readonly State[] | Unsafe {
  const ready = readySteps(task.steps, state.done, new Set()).map((step) => evaluated(step, state.cloud, known));
  const calls = ready.flatMap(({ step, next }): readonly Calling[] =>
    next.do === "call" ? [{ step, call: next.call }] : [],
  );
  const following: State[] = [];
  const tried = new Map<Calling, State | Violation>();
  const after = (calling: Calling): State | Violation => {
    const next = tried.get(calling) ?? applied(state, calling, at);
    tried.set(calling, next);
    return next;
  };
  const isUnnoticed = (calling: Calling): boolean => {
    const next = after(calling);
    return (
      !("code" in next) &&
      at.names.every((watched) => looksAlike(viewOf(state, watched, at), viewOf(next, watched, at)))
    );
  };
  for (const calling of chosenCalls(calls, task.steps, isUnnoticed)) {
    const entry = { call: calling.call, step: calling.step.id };
    for (const { allows } of task.invariants) {
      const [violation] = allows?.(calling.call, at) ?? [];
      if (violation !== undefined) return unsafe(violation, { ...state, trace: { entry, before: state.trace } });
    }
    const next = after(calling);
    if ("code" in next) return unsafe(next, state);
    following.push(next);
  }
  return following.length > 0 ? following : waited(state, ready, task);
}

/** All that clients of a name can be answered with and meet there, as the Cloud's own values. */
function viewOf({ cloud, held }: State, watched: WatchedName, { account }: Reachable): readonly unknown[] {
  const records = [
    ...answersOf(cloud, watched),
    ...held.filter((each) => each.until > cloud.now).map((each) => each.record),
  ];
  return records.flatMap((record) => {
    const endpoint = endpointOf(record);
    return [
      record,
      domainOf(cloud, account, record),
      endpoint === undefined ? undefined : certificateAt(cloud, account, endpoint),
      ...checksOf(cloud, watched, record),
    ];
  });
}

function checksOf(cloud: Cloud, watched: WatchedName, { HealthCheckId: id = "" }: RecordSet): readonly unknown[] {
  const { healthChecks } = accountOf(cloud, watched.zone.account);
  const check: HealthCheck | undefined = healthChecks.get(id);
  return [check, ...(check?.HealthCheckConfig.ChildHealthChecks ?? []).map((child) => healthChecks.get(child))];
}

const looksAlike = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

function applied(state: State, { step, call }: Calling, { names }: Reachable): State | Violation {
  const count = (state.calls.get(step.id) ?? 0) + 1;
  const outcome = applyCall(state.cloud, call, hashIds(`proof ${step.id} ${count}`));
  if (!outcome.ok) return refusedByModel(step, call, outcome.fault.code, outcome.fault.message);
  const held = [...state.held, ...newlyHeld(state.cloud, outcome.cloud, names)];
  return {
    ...state,
    cloud: outcome.cloud,
    held,
    calls: new Map([...state.calls, [step.id, count]]),
    trace: { entry: { call, step: step.id }, before: state.trace },
  };
}

/**
 * Answers that a change takes away are given until it is INSYNC, and held by resolvers after that: for as long as the
 * shortest drain that the write protocol has, so that what they lead to goes only after the plan's own drain.
 */
function newlyHeld(before: Cloud, after: Cloud, names: readonly WatchedName[]): readonly HeldAnswer[] {
  return names.flatMap((watched) => {
    const now = new Set(answersOf(after, watched).map((record) => JSON.stringify(record)));
    const gone = answersOf(before, watched).filter((record) => !now.has(JSON.stringify(record)));
    return gone.map((record) => ({
      name: watched.name,
      record,
      until:
        lastInsync(after, watched.zone.account) +
        Math.max(2 * (record.TTL ?? ALIAS_TTL_SECONDS), DRAIN_FLOOR_SECONDS) * SECOND,
    }));
  });
}

function lastInsync(cloud: Cloud, account: string): Instant {
  let last = cloud.now;
  for (const change of accountOf(cloud, account).changes)
    if (Number.isFinite(change.insyncAt)) last = Math.max(last, change.insyncAt);
  return last;
}

/** Nothing can be sent: time passes until the next thing is due. */
function waited(state: State, ready: readonly Evaluation[], task: Task): readonly State[] | Unsafe {
  const waits = ready.flatMap(({ next }) =>
    next.do === "wait" && next.until !== undefined && Number.isFinite(next.until) ? [next.until] : [],
  );
  const due = Math.min(...waits, nextDue(state.cloud) ?? Infinity);
  if (due - state.cloud.now > PATIENCE_MAX || due <= state.cloud.now) return unsafe(stuck(ready, task), state);
  return [{ ...state, cloud: tick(state.cloud, due), trace: { entry: { waitUntil: due }, before: state.trace } }];
}

function unsafe(violation: Violation, state: State): Unsafe {
  const trace: TraceEntry[] = [];
  for (let at = state.trace; at !== undefined; at = at.before) trace.unshift(at.entry);
  return { safe: false, violation, trace, at: state.cloud.now };
}

const nameIn = ({ watched }: Task): Violation["name"] => watched?.name ?? nowhere;

function stuck(ready: readonly Evaluation[], task: Task): Violation {
  const stopped = ready.find(({ next }) => next.do === "stop");
  const why =
    stopped?.next.do === "stop"
      ? stopped.next.diagnostic.message
      : ready.map(({ step, next }) => `${step.id} waits for ${next.do === "wait" ? next.why : "nothing"}`).join("; ");
  return {
    code: "PLAN_CANNOT_FINISH",
    name: nameIn(task),
    viewpoint: undefined,
    message: `In the model the plan does not come to its end: ${why}.`,
    help: "Look at what it waits for; if AWS has it, the model has not seen it.",
  };
}

function refusedByModel(step: Step, call: Call, code: string, message: string): Violation {
  return {
    code: "REFUSED_BY_MODEL",
    name: step.names[0] ?? nowhere,
    viewpoint: undefined,
    message: `AWS would refuse ${call.operation} of ${step.address}: ${code}: ${message}`,
    help: "Mend what it names, then plan again.",
  };
}

const tooLarge = (task: Task): Violation => ({
  code: "NOT_PROVED",
  name: nameIn(task),
  viewpoint: undefined,
  message: `More than ${task.statesMax} states: the change was not proved.`,
  help: "Change fewer names or Regions at once.",
});
