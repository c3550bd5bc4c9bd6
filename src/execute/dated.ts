import type { Answer, Call, Fault } from "../cloud/call.ts";
import type { RecordSet } from "../cloud/cloud.ts";
import { isConditional } from "../cloud/conditional.ts";
import { MINUTE } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { domainName } from "../dns/domain-name.ts";
import { nextOf } from "../plan/evaluate.ts";
import type { Sendable } from "../plan/evaluate.ts";
import { kindOf } from "../resource/kinds.ts";
import { listAt } from "../resource/validation-record.ts";
import type { Event } from "./event.ts";
import { RETRIES_MAX, retryAt } from "./retry.ts";
import type { Run } from "./run.ts";
import { sameAgain } from "./same-call.ts";

/** A request with a date of its own that AWS puts no condition on: sent once, and never again. */
export const isOneShot = (call: Call): boolean => call.signedAt !== undefined && !isConditional(call);

/** The first batch of a name: it makes a marker where none stood, and has the date of the read that showed none. */
export const isFirstOfName = (call: Call): boolean => call.signedAt !== undefined && isConditional(call);

/** A batch for several names whose reads took longer is taken apart, in milliseconds: most services refuse a signature after five minutes. */
const READS_MAX = 2 * MINUTE;

/**
 * The first batch of a name, with the date of a fresh look: the markers that are to be made are read, and after them what
 * the records rely on (rule F3 of the write protocol), however long ago the plan was made. Undefined: it is not to be
 * sent now; the next evaluation knows better. It may be sent again, with a new look: a batch holds or fails as a whole,
 * and two of them never both hold (cloud/linger.ts).
 */
export async function* freshlyDated(run: Run, { steps, call }: Sendable): AsyncGenerator<Event, Sendable | undefined> {
  const [first] = steps;
  if (first === undefined) return undefined;
  let from: Instant | undefined;
  for (const look of markerReads(call)) {
    const answer = yield* run.look(first, look);
    if (answer.ok !== true) return yield* later(run, { steps, call }, answer);
    from ??= answer.at;
  }
  const asked = new Set<string>();
  for (const step of steps) {
    for (const look of kindOf(step.kind).reliesOn?.(step.change, run.cloud) ?? []) {
      const text = JSON.stringify(look);
      if (asked.has(text)) continue;
      asked.add(text);
      const answer = yield* run.look(step, look);
      if (answer.ok !== true && !isGone(answer)) return yield* later(run, { steps, call }, answer);
    }
  }
  const next = nextOf(steps, run.cloud);
  if (from === undefined || next.do !== "call" || !sameAgain(next, call)) return undefined;
  if (steps.length === 1 || run.awsNow() - from <= READS_MAX) return { steps, call: { ...next.call, signedAt: from } };
  for (const step of steps) run.alone.add(step.id);
  return undefined;
}

const isGone = (answer: Answer): boolean =>
  answer.ok === false && (answer.fault.code === "NotFoundException" || answer.fault.code === "NoSuchHealthCheck");

/** What cannot be read is not relied on: another try, and after some the run looks at everything again. */
function* later(run: Run, { steps, call }: Sendable, answer: Answer): Generator<Event, undefined> {
  const fault = answer.ok === false ? answer.fault : { code: "NoAnswer", message: "", status: 0 };
  for (const step of steps) {
    const { attempts } = run.troubleOf(step.id);
    if (attempts >= RETRIES_MAX) yield* run.fail(step, unread(call, fault), true);
    else run.tryAgainAt(step.id, retryAt(run.clock.now(), attempts, fault));
  }
}

const unread = ({ operation }: Call, { code, message }: Fault): Diagnostic => ({
  code: "CHANGED_SINCE_PLAN",
  severity: "error",
  message: `What ${operation} rests on cannot be read: ${code} ${message}.`,
  help: "Run the command again: it plans from what is live now.",
});

interface Batch {
  readonly HostedZoneId: string;
  readonly ChangeBatch: {
    readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[];
  };
}

/** One listing for each marker that the batch creates and does not delete. */
function markerReads({ account, input }: Call): readonly Call[] {
  const { HostedZoneId: id, ChangeBatch } = input as Batch;
  const markers = ChangeBatch.Changes.filter(({ ResourceRecordSet: { Name } }) => Name.startsWith("_signalbox."));
  const old = new Set(
    markers.flatMap(({ Action, ResourceRecordSet: { Name } }) => (Action === "DELETE" ? [Name] : [])),
  );
  return markers
    .map(({ ResourceRecordSet }) => ResourceRecordSet.Name)
    .filter((name) => !old.has(name))
    .map((name) => listAt({ zone: { account, id, name: domainName(name) } }, domainName(name)));
}
