/** A point in time, in milliseconds since the Unix epoch. Time is always an argument, never read from a clock below the edge. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where time comes from: a real clock on live AWS, the stored, simulated one with `--local`. */
export interface Clock {
  now(): Instant;
  /**
   * Waits until `until`, and no longer. It may come back earlier, when something in AWS has become due (a simulated
   * clock jumps to it) or when `signal` is aborted: whoever needs the full time looks at `now()` and waits again.
   * It never rejects because of `signal`.
   */
  waitUntil(until: Instant, signal?: AbortSignal): Promise<void>;
}
