import { describe, expect, test } from "vitest";
import { coverageText, lacking } from "./coverage.ts";
import { work } from "./simulate-worker.ts";

/** Raise it (SIMULATE_SEEDS=2000) for a longer look; `npm run simulate` takes more processes than one. */
const SEEDS = Number(process.env["SIMULATE_SEEDS"] ?? 50);

const TASK = {
  first: 1,
  seeds: SEEDS,
  step: 1,
  trace: false,
  untilFirst: false,
  off: [],
  on: {},
  try: [],
  cases: undefined,
};

describe("simulation", () => {
  test(`${String(SEEDS)} random scenarios: every promise holds after every call, and all come to rest`, async () => {
    const { met, failures } = await work(TASK);
    process.stdout.write(`${coverageText(met)}\n`);
    expect(failures.map(({ seed, broken, off, trace }) => ({ seed, broken, off, trace }))).toEqual([]);
    expect(lacking(met)).toEqual([]);
  });
});
