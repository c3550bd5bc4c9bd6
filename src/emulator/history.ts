import type { Call, Outcome } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { hashIds } from "../cloud/ids.ts";
import type { Instant } from "../cloud/instant.ts";
import { ANY_ACCOUNT, withQuota, type QuotaKey } from "../cloud/quotas.ts";
import { step } from "../cloud/step.ts";
import { tick } from "../cloud/tick.ts";
import { runEdgeFunction } from "./edge-function-runner.ts";
import { prepareStandIns, type StandIns } from "./stand-ins.ts";

/** Where the embedded AWS stands: the Cloud, and how many entries made it. */
export interface History {
  /** What identifiers are made of, with the number of the entry. */
  readonly seed: string;
  readonly number: number;
  readonly cloud: Cloud;
}

/** Something that changed the Cloud at `at`: an accepted write, stand-ins, a quota of every account, or else only a move of the clock. */
export type Change =
  | { readonly at: Instant; readonly call: Call }
  | { readonly at: Instant; readonly standIns: StandIns }
  | { readonly at: Instant; readonly quota: { readonly key: QuotaKey; readonly value: number } }
  | { readonly at: Instant };

/** Numbered from 1 without gaps. */
export type Entry = Change & { readonly number: number };

/** A call's outcome; with `entry` and `after` when it was a write and was accepted. */
export interface Performed {
  readonly outcome: Outcome;
  readonly written?: { readonly entry: Entry; readonly after: History };
}

/** What comes of a call on `present`, as the history's next entry. */
export const answerTo = (history: History, present: Cloud, call: Call): Outcome =>
  step(present, call, hashIds(`${history.seed}/${history.number + 1}`), runEdgeFunction);

/** Performs a call on `present`, which is the history's Cloud at the time of the call. A read, or a fault, leaves the history as it is. */
export function perform(history: History, present: Cloud, call: Call): Performed {
  const number = history.number + 1;
  const outcome = answerTo(history, present, call);
  if (!outcome.ok || outcome.cloud === present) return { outcome };
  return {
    outcome,
    written: { entry: { number, at: present.now, call }, after: { ...history, number, cloud: outcome.cloud } },
  };
}

/** The history with one more entry, as it was when the entry was written: replaying a log gives the same Cloud. */
export function replay(history: History, entry: Entry): History {
  if (entry.number !== history.number + 1)
    throw new Error(`entry ${entry.number} does not follow entry ${history.number}`);
  const present = ticking(history.cloud, entry.at);
  if ("call" in entry) return replayCall(history, present, entry.call);
  return { ...history, number: entry.number, cloud: changed(present, entry) };
}

function changed(present: Cloud, change: Change): Cloud {
  if ("standIns" in change) return prepareStandIns(present, change.standIns).cloud;
  if ("quota" in change) return withQuota(present, ANY_ACCOUNT, change.quota.key, change.quota.value);
  return present;
}

function replayCall(history: History, present: Cloud, call: Call): History {
  const { outcome, written } = perform(history, present, call);
  if (written !== undefined) return written.after;
  const why = outcome.ok ? "changes nothing" : `${outcome.fault.code}: ${outcome.fault.message}`;
  throw new Error(`entry ${history.number + 1} cannot be replayed: ${call.service}:${call.operation} ${why}`);
}

/** The Cloud at `at`; time never runs backwards. */
export const ticking = (cloud: Cloud, at: Instant): Cloud => (at > cloud.now ? tick(cloud, at) : cloud);
