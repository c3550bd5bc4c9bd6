import type { Call, Outcome } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { hashIds } from "../cloud/ids.ts";
import type { Instant } from "../cloud/instant.ts";
import { ANY_ACCOUNT, quotaOf, type QuotaKey } from "../cloud/quotas.ts";
import { nextDue } from "../cloud/tick.ts";
import { frontOf, type Answered, type FrontOptions } from "./front.ts";
import { answerTo, perform, replay, ticking, type Change, type Entry, type History } from "./history.ts";
import { recentClouds } from "./recent-clouds.ts";
import { prepareStandIns, type StandIns } from "./stand-ins.ts";

/** `throttle`: off when left out. */
export interface EmulatorOptions extends FrontOptions {
  readonly cloud: Cloud;
  /** How many entries made that Cloud; 0 when left out. */
  readonly number?: number;
  /** What identifiers are made of; two emulators of one seed make the same ones. */
  readonly seed?: string;
  /** The clock. Left out: time is simulated, stands still while nothing is written, and moves by `advance`. */
  readonly now?: () => Instant;
  /** Told of each change before it counts; when it throws, nothing has happened. */
  readonly record?: (entry: Entry, after: History) => void;
}

/** The embedded AWS without its wire. */
export interface Emulator {
  /** Performs one call now. A fault changes nothing. Throws ConnectionCut when the weather takes the answer. */
  call(call: Call): Answered;
  cloud(): Cloud;
  now(): Instant;
  /** Moves the simulated clock to `until`, or only to what is due before. A clock that runs by itself cannot be moved. */
  advance(until: Instant): void;
  /** Puts there what is wanted and missing; says what that was. */
  prepare(wanted: StandIns): readonly string[];
  /** Sets a quota of every account that has none of its own. */
  setQuota(key: QuotaKey, value: number): void;
  /** Puts the time into the history, so that a clock that runs by itself goes on from there. */
  keepTime(): void;
  /** A fresh request id. */
  requestId(): string;
  readonly simulated: boolean;
}

/** A write takes this long on the simulated clock, so that two writes never have the same instant. */
const WRITE_MS = 1;

/** An embedded AWS that starts as `options.cloud`. It holds the only variable; everything that it does to it is pure. */
export function createEmulator(options: EmulatorOptions): Emulator {
  let history: History = { seed: options.seed ?? "emulator", number: options.number ?? 0, cloud: options.cloud };
  let requests = 0;
  const now = (): Instant => Math.max(history.cloud.now, options.now?.() ?? history.cloud.now + WRITE_MS);
  const simulated = options.now === undefined;
  const recent = options.weather === undefined ? undefined : recentClouds(options.cloud);
  let ticked = history.cloud;
  const accept = (entry: Entry, after: History): void => {
    if (entry.number !== history.number + 1) throw new Error(`entry ${entry.number} after ${history.number}`);
    options.record?.(entry, after);
    history = after;
    ticked = after.cloud;
    recent?.add(after.cloud);
  };
  const acceptChange = (change: Change): void => {
    const entry: Entry = { number: history.number + 1, ...change };
    accept(entry, replay(history, entry));
  };
  const isDue = dueTest();
  /** The Cloud now. Reads do not store it: a replay, which sees no reads, must come to the same. */
  const present = (): Cloud => {
    // What a running clock has made true is kept before anybody is told: after a kill, no faster clock says it again.
    if (!simulated && isDue(history.cloud, now())) acceptChange({ at: now() });
    if (ticked.now !== now()) ticked = ticking(history.cloud, now());
    return ticked;
  };
  const performNow = (call: Call): Outcome => {
    const cloud = present(); // first: it may write history
    const { outcome, written } = perform(history, cloud, call);
    if (written !== undefined) accept(written.entry, written.after);
    return outcome;
  };
  const call = frontOf(options, {
    now,
    perform: performNow,
    recall: (read, at) => answerTo(history, ticking(recent?.at(at) ?? present(), at), read),
    linger(milliseconds) {
      if (simulated) acceptChange({ at: now() + milliseconds });
      return simulated ? 0 : milliseconds;
    },
  });
  return {
    simulated,
    cloud: () => (simulated ? history.cloud : present()),
    now,
    call,
    advance(until) {
      if (!simulated) throw new Error("only a simulated clock can be moved");
      const at = Math.min(until, nextDue(history.cloud) ?? until);
      if (at > history.cloud.now) acceptChange({ at });
    },
    prepare(wanted) {
      const { made } = prepareStandIns(present(), wanted);
      if (made.length > 0) acceptChange({ at: now(), standIns: wanted });
      return made;
    },
    setQuota(key, value) {
      if (quotaOf(history.cloud, ANY_ACCOUNT, key) !== value) acceptChange({ at: now(), quota: { key, value } });
    },
    keepTime() {
      if (!simulated) acceptChange({ at: now() });
    },
    requestId() {
      requests += 1;
      return hashIds(`${history.seed}/request/${history.number}/${requests}`)("request");
    },
  };
}

/** Whether something has become true since the Cloud was written. What is next is looked for once for each Cloud. */
function dueTest(): (cloud: Cloud, now: Instant) => boolean {
  let asked: { readonly cloud: Cloud; readonly due: Instant } | undefined;
  return (cloud, now) => {
    if (asked?.cloud !== cloud) asked = { cloud, due: nextDue(cloud) ?? Infinity };
    return asked.due <= now;
  };
}
