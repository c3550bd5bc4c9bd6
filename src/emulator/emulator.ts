import type { Call, Outcome } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { hashIds } from "../cloud/ids.ts";
import type { Instant } from "../cloud/instant.ts";
import { nextDue } from "../cloud/tick.ts";
import { perform, replay, ticking, type Entry, type History } from "./history.ts";
import { prepareStandIns, type StandIns } from "./stand-ins.ts";

export interface EmulatorOptions {
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
  /** Performs one call now. A fault changes nothing. */
  call(call: Call): Outcome;
  cloud(): Cloud;
  now(): Instant;
  /** Moves the simulated clock to `until`, or only to what is due before. A clock that runs by itself cannot be moved. */
  advance(until: Instant): void;
  /** Puts there what is wanted and missing; says what that was. */
  prepare(wanted: StandIns): readonly string[];
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
  let ticked = history.cloud;
  /** The Cloud now. Reads do not store it: a replay, which sees no reads, must come to the same. */
  const present = (): Cloud => {
    if (ticked.now !== now()) ticked = ticking(history.cloud, now());
    return ticked;
  };
  const accept = (entry: Entry, after: History): void => {
    options.record?.(entry, after);
    history = after;
    ticked = after.cloud;
  };
  const acceptChange = (change: { at: Instant } | { at: Instant; standIns: StandIns }): void => {
    const entry: Entry = { number: history.number + 1, ...change };
    accept(entry, replay(history, entry));
  };
  return {
    simulated: options.now === undefined,
    cloud: () => (options.now === undefined ? history.cloud : present()),
    now,
    call(call) {
      const { outcome, written } = perform(history, present(), call);
      if (written !== undefined) accept(written.entry, written.after);
      return outcome;
    },
    advance(until) {
      if (options.now !== undefined) throw new Error("only a simulated clock can be moved");
      const at = Math.min(until, nextDue(history.cloud) ?? until);
      if (at > history.cloud.now) acceptChange({ at });
    },
    prepare(wanted) {
      const { made } = prepareStandIns(present(), wanted);
      if (made.length > 0) acceptChange({ at: now(), standIns: wanted });
      return made;
    },
    requestId() {
      requests += 1;
      return hashIds(`${history.seed}/request/${history.number}/${requests}`)("request");
    },
  };
}
