import { expect, test } from "vitest";
import { realClock } from "../../src/live/clock.ts";

test("waits until the time has come", async () => {
  const until = realClock.now() + 20;
  await realClock.waitUntil(until);
  expect(realClock.now()).toBeGreaterThanOrEqual(until);
});

test("a time that has passed is not waited for", async () => {
  await expect(realClock.waitUntil(0)).resolves.toBeUndefined();
});

test("an aborted wait ends early, without an error", async () => {
  const stop = new AbortController();
  const far = realClock.now() + 10 ** 12;
  const waiting = realClock.waitUntil(far, stop.signal);
  stop.abort();
  await waiting;
  await realClock.waitUntil(far, stop.signal);
  expect(realClock.now()).toBeLessThan(far);
});
