import { describe, expect, test } from "vitest";
import { take } from "../../src/cloud/throttle.ts";
import type { BucketState } from "../../src/cloud/throttle.ts";

/** Takes until it has to wait; how many it got, and the wait. */
function drain(state: BucketState | undefined, bucket: { capacity: number; refillPerSecond: number }, now: number) {
  let taken = 0;
  for (;;) {
    const next = take(state, bucket, now);
    if (next.waitMs > 0) return { taken, waitMs: next.waitMs, state: next.state };
    state = next.state;
    taken += 1;
  }
}

describe("take", () => {
  const bucket = { capacity: 5, refillPerSecond: 2 };

  test("a full bucket gives its capacity at once, then one per refill", () => {
    const first = drain(undefined, bucket, 1_000);
    expect(first).toMatchObject({ taken: 5, waitMs: 500 });
    expect(drain(first.state, bucket, 1_499)).toMatchObject({ taken: 0, waitMs: 1 });
    expect(drain(first.state, bucket, 1_500)).toMatchObject({ taken: 1, waitMs: 500 });
  });

  test("it never holds more than its capacity", () => {
    const { state } = drain(undefined, bucket, 0);
    expect(drain(state, bucket, 3_600_000).taken).toBe(5);
  });

  test("a refusal takes nothing", () => {
    const { state } = drain(undefined, bucket, 0);
    const again = take(take(state, bucket, 0).state, bucket, 0);
    expect(again.waitMs).toBe(500);
  });

  test("one request in 30 seconds", () => {
    const slow = { capacity: 1, refillPerSecond: 1 / 30 };
    const { state } = take(undefined, slow, 0);
    expect(take(state, slow, 1_000).waitMs).toBe(29_000);
    expect(take(state, slow, 30_000).waitMs).toBe(0);
  });
});
