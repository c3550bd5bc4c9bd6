import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { regionOf } from "../cloud/edit.ts";
import { hashIds } from "../cloud/ids.ts";
import { DAY, SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { ALIAS_TTL_SECONDS } from "../cloud/route53/limits.ts";
import { step as applyCall } from "../cloud/step.ts";
import { nextDue, tick } from "../cloud/tick.ts";
import { domainName } from "../dns/domain-name.ts";
import { evaluate, readySteps } from "../plan/evaluate.ts";
import type { Evaluation } from "../plan/evaluate.ts";
import type { Plan, Step, StepId } from "../plan/plan.ts";
import { planDigest } from "../plan/plan.ts";
import { cones } from "./cones.ts";
import type { Invariant } from "./invariant.ts";
import { chosenCalls } from "./order-reduction.ts";
import type { Calling } from "./order-reduction.ts";
import type { Proof, TraceEntry, Unsafe, Violation } from "./proof.ts";
import { answersOf, domainOf, endpointOf } from "./reachable.ts";
import type { HeldAnswer, WatchedName } from "./reachable.ts";

/** Above this many states of one component the verdict is "not proved". */
const STATES_MAX = 20_000;

/** No single wait of a plan is longer than this: a certificate's time-out, and not its expiry. */
export const PATIENCE_MAX = 3 * DAY;

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

/**
 * Folds the plan over the model in every order that matters and checks every invariant at every state, so that the
 * plan may be stopped anywhere: name by name, each on its own cone. Orders that come to the same are tried once.
 */
export function prove(plan: Plan, cloud: Cloud, invariants: readonly Invariant[], statesMax = STATES_MAX): Proof {
  let states = 0;
  let duration = 0;
  for (const { steps, watched } of cones(plan)) {
    const names = watched === undefined ? [] : [watched];
    const result = explore(steps, names, { plan, cloud, invariants, statesMax });
    if ("violation" in result) return result;
    states += result.states;
    duration = Math.max(duration, result.duration);
  }
  return {
    safe: true,
    digest: planDigest(plan),
    states,
    invariants: invariants.map((each) => each.code),
    duration,
    start: cloud,
  };
}

interface Explored {
  readonly states: number;
  readonly duration: number;
}

interface Task {
  readonly plan: Plan;
  readonly cloud: Cloud;
  readonly invariants: readonly Invariant[];
  readonly statesMax: number;
}

function explore(steps: readonly Step[], names: readonly WatchedName[], task: Task): Explored | Unsafe {
  const { plan, cloud, invariants, statesMax } = task;
  const queue: State[] = [{ cloud, done: new Set(), held: [], trace: undefined, calls: new Map() }];
  const seen = new Set<string>();
  let states = 0;
  let last = cloud.now;
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    const settled = settleDone(state, steps);
    const key = keyOf(settled);
    if (seen.has(key)) continue;
    seen.add(key);
    if (++states > statesMax) return unsafe(tooLarge(names, statesMax), settled);
    const reachable = { cloud: settled.cloud, account: plan.account, baseline: cloud, names, held: settled.held };
    const [violation] = invariants.flatMap((each) => each.check(reachable));
    if (violation !== undefined) return unsafe(violation, settled);
    if (settled.done.size === steps.length) {
      last = Math.max(last, settled.cloud.now);
      continue;
    }
    const following = successors(settled, steps, names, plan.account);
    if (!Array.isArray(following)) return unsafe(following as Violation, settled);
    queue.push(...(following as State[]));
  }
  return { states, duration: last - cloud.now };
}

const keyOf = (state: State): string =>
  `${[...state.done].toSorted().join("\n")}\t${[...state.calls]
    .map(([id, count]) => `${id} ${count}`)
    .toSorted()
    .join("\n")}\t${state.cloud.now}`;

/** Marks what is done already: that changes no state of the world. */
function settleDone(state: State, steps: readonly Step[]): State {
  const done = new Set(state.done);
  for (let grew = true; grew;) {
    grew = false;
    for (const step of readySteps(steps, done, new Set())) {
      if (evaluate(step, state.cloud).next.do !== "done") continue;
      done.add(step.id);
      grew = true;
    }
  }
  return { ...state, done };
}

function successors(
  state: State,
  steps: readonly Step[],
  names: readonly WatchedName[],
  account: string,
): readonly State[] | Violation {
  const ready = readySteps(steps, state.done, new Set()).map((step) => evaluate(step, state.cloud));
  const calls = ready.flatMap(({ step, next }): readonly Calling[] =>
    next.do === "call" ? [{ step, call: next.call }] : [],
  );
  const following: State[] = [];
  const isUnnoticed = ({ step, call }: Calling): boolean => {
    const after = applied(state, step, call, names);
    return (
      !("code" in after) &&
      names.every((watched) => looksAlike(viewOf(state, watched, account), viewOf(after, watched, account)))
    );
  };
  for (const { step, call } of chosenCalls(calls, steps, isUnnoticed)) {
    const after = applied(state, step, call, names);
    if ("code" in after) return after;
    following.push(after);
  }
  if (following.length > 0) return following;
  return waited(state, ready, names);
}

/** All that clients of a name can be answered with and meet there, as the Cloud's own values. */
function viewOf({ cloud, held }: State, watched: WatchedName, account: string): readonly unknown[] {
  const records = [
    ...answersOf(cloud, watched),
    ...held.filter((each) => each.until > cloud.now).map((each) => each.record),
  ];
  return records.flatMap((record) => {
    const domain = domainOf(cloud, account, record);
    const arn = domain?.regionalCertificateArn;
    return [
      record,
      domain,
      arn === undefined ? undefined : regionOf(cloud, account, endpointOf(record)?.region ?? "").certificates.get(arn),
    ];
  });
}

const looksAlike = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

function applied(state: State, step: Step, call: Call, names: readonly WatchedName[]): State | Violation {
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

/** Answers that a change takes away are given until it is INSYNC, and held by resolvers for their TTL after that. */
function newlyHeld(before: Cloud, after: Cloud, names: readonly WatchedName[]): readonly HeldAnswer[] {
  return names.flatMap((watched) => {
    const now = new Set(answersOf(after, watched).map((record) => JSON.stringify(record)));
    const gone = answersOf(before, watched).filter((record) => !now.has(JSON.stringify(record)));
    return gone.map((record) => ({
      name: watched.name,
      record,
      until: lastInsync(after, watched.zone.account) + (record.TTL ?? ALIAS_TTL_SECONDS) * SECOND,
    }));
  });
}

function lastInsync(cloud: Cloud, account: string): Instant {
  let last = cloud.now;
  for (const change of cloud.accounts.get(account)?.changes ?? [])
    if (Number.isFinite(change.insyncAt)) last = Math.max(last, change.insyncAt);
  return last;
}

/** Nothing can be sent: time passes until the next thing is due. */
function waited(
  state: State,
  ready: readonly Evaluation[],
  names: readonly WatchedName[],
): readonly State[] | Violation {
  const waits = ready.flatMap(({ next }) =>
    next.do === "wait" && next.until !== undefined && Number.isFinite(next.until) ? [next.until] : [],
  );
  const due = Math.min(...waits, nextDue(state.cloud) ?? Infinity);
  const stopped = ready.find(({ next }) => next.do === "stop");
  if (due - state.cloud.now > PATIENCE_MAX || due <= state.cloud.now) return stuck(ready, stopped, names);
  return [{ ...state, cloud: tick(state.cloud, due), trace: { entry: { waitUntil: due }, before: state.trace } }];
}

function unsafe(violation: Violation, state: State): Unsafe {
  const trace: TraceEntry[] = [];
  for (let at = state.trace; at !== undefined; at = at.before) trace.unshift(at.entry);
  return { safe: false, violation, trace };
}

const nowhere = domainName(".invalid".slice(1));

function stuck(
  ready: readonly Evaluation[],
  stopped: Evaluation | undefined,
  names: readonly WatchedName[],
): Violation {
  const why =
    stopped?.next.do === "stop"
      ? stopped.next.diagnostic.message
      : ready.map(({ step, next }) => `${step.id} waits for ${next.do === "wait" ? next.why : "nothing"}`).join("; ");
  return {
    code: "PLAN_CANNOT_FINISH",
    name: names[0]?.name ?? nowhere,
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

const tooLarge = (names: readonly WatchedName[], statesMax: number): Violation => ({
  code: "NOT_PROVED",
  name: names[0]?.name ?? nowhere,
  viewpoint: undefined,
  message: `More than ${statesMax} states: the change was not proved.`,
  help: "Change fewer names or Regions at once.",
});
