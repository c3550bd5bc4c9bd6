import { expect, test } from "vitest";
import { untilInterrupted } from "../../src/cli/interrupt.ts";

const never = new Promise<string>(() => {});

test("work that ends first gives its result", async () => {
  expect(await untilInterrupted(Promise.resolve("done"), new AbortController().signal)).toBe("done");
});

test("an interruption ends the waiting", async () => {
  const stop = new AbortController();
  const result = untilInterrupted(never, stop.signal);
  stop.abort();
  expect(await result).toBeUndefined();
});

test("one that came before the work", async () => {
  expect(await untilInterrupted(Promise.resolve("done"), AbortSignal.abort())).toBeUndefined();
});

test("work that fails, fails", async () => {
  await expect(untilInterrupted(Promise.reject(new Error("no")), new AbortController().signal)).rejects.toThrow("no");
});
