import type { Answer, Call, Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { isRead } from "../cloud/conditional.ts";
import type { Clock, Instant } from "../cloud/instant.ts";
import { hashIds } from "../cloud/ids.ts";
import { learn } from "../cloud/learn.ts";
import { stepSent as applyCall } from "../cloud/step-sent.ts";
import { withNow } from "../cloud/tick.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan, Step, StepId } from "../plan/plan.ts";
import { kindOf } from "../resource/kinds.ts";
import type { Event, RunOutcome, StepState } from "./event.ts";
import type { Expectation } from "./expectation.ts";
import { fold } from "./fold.ts";
import { caughtUp } from "./model-time.ts";
import { identifierMap, learnIdentifiers } from "./same-call.ts";

interface Trouble {
  /** Refusals that are borne a number of times. */
  readonly attempts: number;
  /** Refusals that are borne for a time: AWS has not caught up with itself. */
  readonly settlings: number;
  readonly since: Instant;
  readonly again: Instant;
}

/** Neither acknowledged nor refused: lost, or met with a server's error. */
const mayHaveHappened = (answer: Answer): boolean =>
  answer.ok === "unknown" || (!answer.ok && (answer.fault.status >= 500 || answer.fault.status === 0));

/** The state of one run of one plan: what is known, what is done, what stopped. */
export class Run {
  /** The latest read, overlaid with our own acknowledged writes. */
  cloud: Cloud;
  /** The proof's cloud, folded along: what the model says should be. */
  model: Cloud;
  readonly plan: Plan;
  readonly clock: Clock;
  readonly identifiers = identifierMap();
  readonly done = new Set<StepId>();
  /** Their write has had its effect: AWS said so, or it was seen. Not all of them are done, where something settles. */
  readonly effected = new Set<StepId>();
  /** Failed, or behind one that failed. */
  readonly stopped = new Set<StepId>();
  /** Steps that a merged call failed with, to be sent one by one. */
  readonly alone = new Set<StepId>();
  readonly polls = new Map<StepId, { readonly reads: number; readonly next: Instant }>();
  readonly diagnostics: Diagnostic[] = [];
  /** What must be seen of the writes that were acknowledged. */
  expected: readonly Expectation[] = [];
  /** What earlier rounds expected does not count any more. */
  forgot = false;
  writes = 0;
  calls = 0;
  diverged = false;
  readonly #send: Send;
  readonly #shown = new Map<StepId, string>();
  readonly #trouble = new Map<StepId, Trouble>();
  /** Requests of claims that came to nothing. */
  readonly #spent = new Map<StepId, number>();
  readonly #followers = new Map<StepId, Step[]>();
  /** The last read of each step: what the model would have asked, and what AWS answered. */
  readonly #reads = new Map<StepId, { readonly call: Call | undefined; readonly output: unknown }>();
  #replan = false;
  /** AWS's time less ours. At first by the last answer to the look, which is a little old: rather too late than too early. */
  #skew: number;

  constructor(plan: Plan, start: Cloud, clock: Clock, send: Send) {
    this.plan = plan;
    this.cloud = start;
    this.model = start;
    this.clock = clock;
    this.#send = send;
    this.#skew = start.now - clock.now();
    for (const step of plan.steps)
      for (const id of step.after) this.#followers.set(id, [...(this.#followers.get(id) ?? []), step]);
  }

  started(digest: string): Event {
    const steps = this.plan.steps.map(({ id, address, action }) => ({ id, address, action }));
    return { type: "started", at: this.clock.now(), digest, steps };
  }

  isOver(): boolean {
    return this.done.size + this.stopped.size === this.plan.steps.length;
  }

  verdict(): RunOutcome {
    if (this.stopped.size === 0) return "converged";
    return this.#replan ? "replan" : "failed";
  }

  /** Sends, counts, and keeps the time that the answer brings. */
  async exchange(call: Call): Promise<Answer> {
    this.calls++;
    if (!isRead(call)) this.writes++;
    const answer = await this.#send(call);
    if (!isRead(call) && mayHaveHappened(answer)) this.#forget();
    if (isFromAws(answer)) {
      this.#skew = answer.at - this.clock.now();
      this.cloud = withNow(this.cloud, answer.at);
    }
    return answer;
  }

  /** What was expected before a write without a clear answer may be so no longer. */
  #forget(): void {
    this.expected = [];
    this.forgot = true;
  }

  /** AWS's time, as its last answer had it: a drain does not count by the clock of the operator's machine. */
  awsNow(): Instant {
    return this.clock.now() + this.#skew;
  }

  /** When the machine's clock will show what AWS's time will be then. */
  onOurClock(instant: Instant): Instant {
    return instant - this.#skew;
  }

  event(call: Call, steps: readonly Step[], answer: Answer): Event {
    const code = answer.ok === true ? "ok" : answer.ok === false ? answer.fault.code : "unknown";
    const { account, service, region, operation, input } = call;
    const told = {
      type: "call",
      at: this.clock.now(),
      steps: steps.map((step) => step.id),
      account,
      service,
      region,
      operation,
      write: !isRead(call),
      code,
      input,
    } as const;
    if (answer.ok === true) return { ...told, output: answer.output };
    return answer.ok === false ? { ...told, message: answer.fault.message } : told;
  }

  /** The narrow read of what a step is about, folded in. One that was `asked` already is not asked again. */
  async *read(step: Step, asked = new Set<string>()): AsyncGenerator<Event> {
    const call = kindOf(step.kind).probe(step.change, this.cloud);
    const text = JSON.stringify(call);
    if (call === undefined || asked.has(text)) return;
    asked.add(text);
    const answer = yield* this.look(step, call);
    if (answer.ok === true)
      this.#reads.set(step.id, { call: kindOf(step.kind).probe(step.change, this.model), output: answer.output });
  }

  /** One read for a step, folded in. */
  async *look(step: Step, call: Call): AsyncGenerator<Event, Answer> {
    const answer = await this.exchange(call);
    yield this.event(call, [step], answer);
    if (answer.ok === false) this.cloud = learn(this.cloud, call, answer.fault);
    if (answer.ok !== true) return answer;
    const folded = fold(this.cloud, call, answer.output);
    if (folded.ok) this.cloud = folded.cloud;
    return answer;
  }

  *show(step: Step, state: StepState, why?: string): Generator<Event> {
    const key = `${state} ${why ?? ""}`;
    if (this.#shown.get(step.id) === key) return;
    this.#shown.set(step.id, key);
    const told = { type: "step", at: this.clock.now(), id: step.id, address: step.address, state } as const;
    yield why === undefined ? told : { ...told, why };
  }

  *finish(step: Step): Generator<Event> {
    this.done.add(step.id);
    this.recognise(step);
    yield* this.show(step, "done");
  }

  /**
   * Some identifiers AWS tells only when it is asked (the record that proves a name): the model is asked the same, when it
   * has come as far, and the two answers show which stands for which.
   */
  recognise(step: Step): void {
    const read = this.#reads.get(step.id);
    if (read?.call === undefined) return;
    this.#reads.delete(step.id);
    this.model = caughtUp(this.model, [step]).model;
    const modelled = applyCall(this.model, read.call, hashIds("read"));
    if (modelled.ok) learnIdentifiers(this.identifiers, modelled.output, read.output);
  }

  /** The step stops, and all that waits for it; others go on. */
  *fail(step: Step, diagnostic: Diagnostic, replan: boolean): Generator<Event> {
    if (this.stopped.has(step.id)) return;
    this.#replan ||= replan;
    if (!replan) this.diagnostics.push(diagnostic);
    this.stopped.add(step.id);
    yield* this.show(step, "failed", diagnostic.message);
    for (const follower of this.#followers.get(step.id) ?? []) yield* this.skip(follower, step.address);
  }

  *skip(step: Step, because: string): Generator<Event> {
    if (this.stopped.has(step.id) || this.done.has(step.id)) return;
    this.stopped.add(step.id);
    yield* this.show(step, "skipped", `${because} did not come about`);
    for (const follower of this.#followers.get(step.id) ?? []) yield* this.skip(follower, because);
  }

  mayTry(id: StepId): boolean {
    return this.retryAfter(id) <= this.clock.now();
  }

  retryAfter(id: StepId): Instant {
    return this.#trouble.get(id)?.again ?? -Infinity;
  }

  troubleOf(id: StepId): Omit<Trouble, "again"> {
    return this.#trouble.get(id) ?? { attempts: 0, settlings: 0, since: this.clock.now() };
  }

  tryAgainAt(id: StepId, again: Instant, settling = false): void {
    const { attempts, settlings, since } = this.troubleOf(id);
    const counted = settling ? { attempts, settlings: settlings + 1 } : { attempts: attempts + 1, settlings };
    this.#trouble.set(id, { ...counted, since, again });
  }

  /** Counts a claim whose request came to nothing: how many there have been. */
  spend(id: StepId): number {
    const count = (this.#spent.get(id) ?? 0) + 1;
    this.#spent.set(id, count);
    return count;
  }

  tryAgainNow(id: StepId): void {
    this.#trouble.delete(id);
  }
}

/** Only AWS's own answers tell its time: where none came, `at` is of the machine's clock, and claims do not go by that. */
const isFromAws = (answer: Answer): boolean => answer.ok === true || (answer.ok === false && answer.fault.status > 0);
