/** The work's result, or undefined as soon as `signal` is aborted: for work that changes nothing and may be left alone. */
export async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const stop = new AbortController();
  const interrupted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([interrupted, work]);
  } finally {
    stop.abort();
  }
}
