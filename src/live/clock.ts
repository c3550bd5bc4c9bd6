import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../cloud/instant.ts";

/** Timers hold 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock on the wall. */
export const realClock: Clock = {
  now: () => Date.now(),
  async waitUntil(until, signal) {
    const aborted = (): boolean => signal?.aborted === true;
    while (Date.now() < until && !aborted()) {
      const milliseconds = Math.min(until - Date.now(), LONGEST_TIMER_MS);
      // It rejects when the signal is aborted, which only ends the wait.
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    }
  },
};
