import type { Instant } from "./instant.ts";
import { SECOND } from "./instant.ts";

/** A token bucket as AWS describes its throttles: so many calls at once, refilled at so many a second. */
export interface Bucket {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** What is remembered of a bucket: the instant at which it will be full again. */
export interface BucketState {
  readonly fullAt: Instant;
}

export interface Taken {
  readonly state: BucketState;
  /** 0: taken. Otherwise nothing was taken, and this many milliseconds from `now` a token will be there. */
  readonly waitMs: number;
}

/**
 * Takes one token, or says how long to wait (the generic cell rate algorithm: one number per bucket, no timers).
 * `state` undefined is a full bucket. A clock that steps back only makes the bucket look emptier.
 */
export function take(state: BucketState | undefined, bucket: Bucket, now: Instant): Taken {
  const tokenMs = SECOND / bucket.refillPerSecond;
  const fullAt = Math.max(state?.fullAt ?? now, now);
  const next = fullAt + tokenMs;
  const waitMs = Math.ceil(next - bucket.capacity * tokenMs - now);
  return waitMs > 0 ? { state: { fullAt }, waitMs } : { state: { fullAt: next }, waitMs: 0 };
}
