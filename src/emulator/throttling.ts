import type { Call, Fault } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { bucketsOf } from "../cloud/rates.ts";
import { take, type BucketState } from "../cloud/throttle.ts";
import { throttledFault } from "../cloud/throttle-fault.ts";

/**
 * AWS's request rates. Each call takes a token of every bucket that it draws from, or is refused and takes none. The
 * buckets are memory of the server: they are full when it starts.
 */
export function throttling(): (call: Call, now: Instant) => Fault | undefined {
  const states = new Map<string, BucketState>();
  return (call, now) => {
    const drawn = bucketsOf(call).map(({ key, bucket }) => ({ key, ...take(states.get(key), bucket, now) }));
    const waitMs = Math.max(0, ...drawn.map((each) => each.waitMs));
    if (waitMs > 0) return throttledFault(call, waitMs);
    for (const { key, state } of drawn) states.set(key, state);
    return undefined;
  };
}
