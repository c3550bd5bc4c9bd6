import type { Answer, Call, Fault } from "../cloud/call.ts";
import { isConditional, isRead } from "../cloud/conditional.ts";
import { hashIds } from "../cloud/ids.ts";
import { learn } from "../cloud/learn.ts";
import { doubted } from "../cloud/claims.ts";
import { stepLetIn as applyCall } from "../cloud/step-sent.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { nextOf } from "../plan/evaluate.ts";
import type { Sendable } from "../plan/evaluate.ts";
import { kindOf } from "../resource/kinds.ts";
import { freshlyDated, isFirstOfName, isOneShot } from "./dated.ts";
import { diverged, outputDivergence } from "./divergence.ts";
import type { Event } from "./event.ts";
import { expectationsOf, expecting, isSwapSeen } from "./expectation.ts";
import { fold } from "./fold.ts";
import { caughtUp } from "./model-time.ts";
import { CLAIMS_MAX, RETRIES_MAX, judge, retryAt, settlingMax } from "./retry.ts";
import type { Run } from "./run.ts";
import { difference, learnIdentifiers, sameAgain } from "./same-call.ts";

/** One call: hold it against what was proved, read again where AWS checks nothing, send, and fold the answer in. */
export async function* sendOne(run: Run, wanted: Sendable): AsyncGenerator<Event> {
  const sendable = isFirstOfName(wanted.call) ? yield* freshlyDated(run, wanted) : wanted;
  if (sendable === undefined) return;
  const { steps, call } = sendable;
  if (!isConditional(call) && !isRead(call) && !(yield* stillSo(run, sendable))) return;
  const proved = provedCall(run, sendable);
  const differs =
    "problem" in proved ? proved.problem : isRead(call) ? undefined : difference(run.identifiers, proved.call, call);
  if (differs !== undefined) {
    for (const step of steps) yield* run.fail(step, otherThanProved(call, differs), true);
    return;
  }
  for (const step of steps) yield* run.show(step, "calling", call.operation);
  const answer = await run.exchange(call);
  yield run.event(call, steps, answer);
  if (answer.ok === true) yield* accepted(run, sendable, answer.output, "problem" in proved ? undefined : proved.call);
  else if (answer.ok === false)
    yield* refused(run, sendable, answer.fault, "problem" in proved ? undefined : proved.call);
  else yield* unanswered(run, sendable, "problem" in proved ? undefined : proved.call, answer);
}

/** Where AWS offers no condition, the thing is read again directly before the write; the window that is left is in the docs. */
async function* stillSo(run: Run, { steps, call }: Sendable): AsyncGenerator<Event, boolean> {
  for (const step of steps) {
    yield* run.read(step);
    for (const look of kindOf(step.kind).recheck?.(step.change) ?? []) yield* run.look(step, look);
  }
  return sameAgain(nextOf(steps, run.cloud), call);
}

type Proved = { readonly call: Call } | { readonly problem: string };

/** What the model would send now for the same steps. It stays as it was when it comes to nothing. */
function provedCall(run: Run, { steps }: Sendable): Proved {
  const { model, next } = caughtUp(run.model, steps);
  if (next.do === "wait") return { problem: `the model still waits for ${next.why}` };
  if (next.do !== "call")
    return { problem: next.do === "done" ? "nothing left to do in the model" : next.diagnostic.message };
  run.model = model;
  return { call: next.call };
}

const otherThanProved = (call: Call, differs: string): Diagnostic => ({
  code: "OTHER_THAN_PROVED",
  severity: "error",
  message: `${call.operation} would not be the call that was proved: ${differs}.`,
  help: "Signalbox looks again, plans and proves anew.",
});

async function* accepted(
  run: Run,
  { steps, call }: Sendable,
  output: unknown,
  proved: Call | undefined,
): AsyncGenerator<Event> {
  const folded = fold(run.cloud, call, output);
  const modelled =
    proved === undefined
      ? undefined
      : applyCall(run.model, proved, hashIds(`model ${steps[0]?.id ?? ""} ${run.calls}`));
  if (!folded.ok || modelled?.ok === false) {
    const fault = folded.ok ? (modelled?.ok === false ? modelled.fault : undefined) : folded.fault;
    if (isRead(call)) {
      for (const step of steps) yield* run.fail(step, readElse(call, fault), true);
      return;
    }
    run.diverged = true;
    run.diagnostics.push(divergence(call, fault));
    return;
  }
  const differs = outputDivergence(call, output);
  if (differs !== undefined) {
    run.diverged = true;
    run.diagnostics.push(
      diverged(subjectOf(call), `AWS's answer to ${call.operation} is not the model's: ${differs}.`),
    );
    return;
  }
  run.expected = expecting(run.expected, expectationsOf(call, output, run.cloud, run.awsNow()));
  run.cloud = folded.cloud;
  if (modelled?.ok === true) {
    for (const step of steps) run.recognise(step); // what was read before this write is held against the model before it
    learnIdentifiers(run.identifiers, modelled.output, output);
    run.model = modelled.cloud;
  }
  for (const step of steps) run.tryAgainNow(step.id);
  for (const step of steps) run.effected.add(step.id);
}

const subjectOf = ({ service, operation }: Call): string => `${service}:${operation}`;

const divergence = (call: Call, fault: Fault | undefined): Diagnostic =>
  diverged(
    subjectOf(call),
    `AWS accepted ${call.operation}, which the model of AWS refuses: ${fault?.code ?? ""} ${fault?.message ?? ""}.`,
  );

/** A read changes nothing: when it shows what cannot be by what is known, somebody else has changed that, and the run looks again. */
const readElse = (call: Call, fault: Fault | undefined): Diagnostic => ({
  code: "CHANGED_SINCE_PLAN",
  severity: "error",
  subject: subjectOf(call),
  message: `${call.operation} came to what the model of AWS does not expect: ${fault?.code ?? ""} ${fault?.message ?? ""}. Somebody else has changed what was read.`,
  help: "Run the command again: it plans from what is live now.",
});

async function* refused(run: Run, sendable: Sendable, fault: Fault, proved: Call | undefined): AsyncGenerator<Event> {
  const { steps, call } = sendable;
  const learnt = learn(run.cloud, call, fault);
  if (isOneShot(call) && fault.code !== "NotFoundException") {
    yield* spent(run, sendable, fault, proved);
    return;
  }
  if (!sameAgain(nextOf(steps, learnt), call)) {
    run.cloud = learnt;
    if (proved !== undefined) run.model = learn(run.model, proved, fault);
    return; // the next evaluation knows better
  }
  const verdict = judge(call, fault);
  for (const step of steps) {
    const { attempts, settlings, since } = run.troubleOf(step.id);
    const settling = verdict === "settling";
    const patient = settling ? run.clock.now() - since < settlingMax(call) : attempts < RETRIES_MAX;
    if ((settling || verdict === "transient" || verdict === "throttled") && patient) {
      run.tryAgainAt(step.id, retryAt(run.clock.now(), attempts + settlings, fault), settling);
      yield* run.show(step, "waiting", `another try: ${fault.code}: ${fault.message}`);
      if (/already exists/iu.test(fault.message)) yield* run.read(step); // another run made it: the next evaluation sees it
    } else if (steps.length > 1) run.alone.add(step.id);
    else yield* run.fail(step, refusedBy(call, fault, step.address), verdict === "moved");
  }
}

/**
 * A claim's request that was refused, or whose answer is lost, is not sent again: the step waits until AWS refuses it in
 * any case, and claims anew. Not for ever, and not where no other claim would fare better.
 */
function* spent(run: Run, { steps, call }: Sendable, fault: Fault, proved: Call | undefined): Generator<Event> {
  run.cloud = doubted(run.cloud, call);
  if (proved !== undefined) run.model = doubted(run.model, proved);
  const verdict = judge(call, fault);
  for (const step of steps) {
    const hopeless = verdict === "refused" || verdict === "moved";
    if (hopeless || run.spend(step.id) > CLAIMS_MAX)
      yield* run.fail(step, refusedBy(call, fault, step.address), verdict === "moved");
  }
}

const refusedBy = (call: Call, fault: Fault, subject: string): Diagnostic => ({
  code: call.service === "probe" ? "PROBE_FAILED" : "REFUSED_BY_AWS",
  severity: "error",
  subject,
  message: `${call.operation} in ${call.region} of account ${call.account}: ${fault.code}: ${fault.message}`,
  help:
    call.service === "probe"
      ? "The Region is not published before its endpoint answers: look at its certificate, mapping and API, then run again."
      : "Mend what it names and run the command again: it goes on from what is there.",
});

/** The answer was lost: read, and see whether the effect is there. If not, the next evaluation sends the same request again. */
async function* unanswered(
  run: Run,
  { steps, call }: Sendable,
  proved: Call | undefined,
  answer: Answer,
): AsyncGenerator<Event> {
  const [first] = steps;
  if (first === undefined) return;
  if (isOneShot(call)) {
    yield* spent(run, { steps, call }, noAnswer(answer), proved);
    return;
  }
  for (const step of steps) {
    const { attempts } = run.troubleOf(step.id);
    if (attempts >= RETRIES_MAX) yield* run.fail(step, refusedBy(call, noAnswer(answer), step.address), true);
    else run.tryAgainAt(step.id, retryAt(run.clock.now(), attempts, { code: "", message: "", status: 0 }));
    yield* run.read(step);
    for (const look of kindOf(step.kind).recheck?.(step.change) ?? []) yield* run.look(step, look);
  }
  const next = nextOf(steps, run.cloud);
  const happened = !sameAgain(next, call);
  if (next.do === "wait" || next.do === "done" || isSwapSeen(call, run.cloud))
    for (const step of steps) run.effected.add(step.id);
  if (!happened || proved === undefined) return;
  const modelled = applyCall(run.model, proved, hashIds(`model ${first.id} ${run.calls}`));
  if (modelled.ok) run.model = modelled.cloud;
}

const noAnswer = (answer: Answer): Fault => ({
  code: "NoAnswer",
  message: answer.ok === "unknown" ? answer.reason : "",
  status: 0,
});
