import type { Checked } from "./world-watch.ts";
import { noneChecked } from "./world-watch.ts";

/** What a seed, or many, has met. Additive: those of several processes are summed. */
export interface Coverage {
  readonly seeds: number;
  /** Calls of each seed, to find the median of. */
  readonly calls: readonly number[];
  /** Seeds in which it happened. */
  readonly shares: Readonly<Record<Happening, number>>;
  /** Calls, by operation: all that any run has sent, reads and writes. */
  readonly called: Readonly<Record<string, number>>;
  /** Those that something befell: lost, late, throttled, denied, a server's error, a stale answer. */
  readonly faulted: Readonly<Record<string, number>>;
  /** How often there was something to check, by invariant. */
  readonly checked: Checked;
}

const HAPPENINGS = [
  "several writers",
  "different versions",
  "kill",
  "lost answer",
  "late request",
  "conflict",
  "stale read",
  "denied",
  "edit by hand",
  "low quota",
  "quota exhausted",
  "foreign writer",
  "drill",
  "strangers about",
  "half-built start",
  "left over, then mended",
] as const;

export type Happening = (typeof HAPPENINGS)[number];

export const nothingMet = (): Coverage => ({
  seeds: 0,
  calls: [],
  shares: Object.fromEntries(HAPPENINGS.map((each) => [each, 0])) as Record<Happening, number>,
  called: {},
  faulted: {},
  checked: noneChecked(),
});

export function sum(a: Coverage, b: Coverage): Coverage {
  return {
    seeds: a.seeds + b.seeds,
    calls: [...a.calls, ...b.calls],
    shares: added(a.shares, b.shares) as Record<Happening, number>,
    called: added(a.called, b.called),
    faulted: added(a.faulted, b.faulted),
    checked: added(a.checked, b.checked),
  };
}

const added = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]),
  );

/** Shares that seeds must have at the least, of 1. */
const SHARES_MIN: Readonly<Partial<Record<Happening, number>>> = {
  "several writers": 0.5,
  kill: 0.3,
  "lost answer": 0.3,
  conflict: 0.2,
  "late request": 0.1,
  "stale read": 0.1,
  denied: 0.1,
  "foreign writer": 0.1,
  "strangers about": 0.3,
  "edit by hand": 0.05,
  drill: 0.03,
  "low quota": 0.03,
  "quota exhausted": 0.005,
  "half-built start": 0.05,
};

/** Of the seeds with several writers, those whose writers want different things. */
const DIFFERENT_MIN = 0.5;

/** Of fewer seeds no shares are asked for. */
const FEW = 200;
const MEDIAN_MIN = 30;
/** The seeds for which the absolute numbers below are meant. */
const FULL = 20_000;
const FAULTS_MIN = 100;
const CHECKED_MIN = 1_000;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** What the seeds did not meet often enough. Absolute numbers are asked for in proportion, and only of many seeds. */
export function lacking(met: Coverage): readonly string[] {
  const found: string[] = [];
  if (met.seeds < FEW) return found;
  for (const [what, least] of Object.entries(SHARES_MIN)) {
    const share = met.shares[what as Happening] / met.seeds;
    if (share < least) found.push(`${what}: ${percent(share)} of the seeds, wanted ${percent(least)}`);
  }
  const different = differing(met);
  if (different < DIFFERENT_MIN)
    found.push(
      `different versions: ${percent(different)} of the seeds with several writers, wanted ${percent(DIFFERENT_MIN)}`,
    );
  if (median(met.calls) < MEDIAN_MIN)
    found.push(`the median seed makes ${median(met.calls)} calls, wanted ${MEDIAN_MIN}`);
  const scale = met.seeds / FULL;
  if (scale < 0.05) return found;
  for (const operation of Object.keys(met.called).toSorted()) {
    const times = met.faulted[operation] ?? 0;
    if (times < FAULTS_MIN * scale) found.push(`${operation} was faulted ${times} times, wanted ${FAULTS_MIN * scale}`);
  }
  for (const [code, times] of Object.entries(met.checked))
    if (times < CHECKED_MIN * scale) found.push(`${code} was checked ${times} times, wanted ${CHECKED_MIN * scale}`);
  return found;
}

const differing = ({ shares }: Coverage): number =>
  shares["different versions"] / Math.max(1, shares["several writers"]);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** For people. */
export function coverageText(met: Coverage): string {
  const rows = [
    `${met.seeds} seeds; calls of a seed: median ${median(met.calls)}, most ${Math.max(0, ...met.calls)}`,
    ...Object.entries(met.shares).map(
      ([what, seeds]) => `  ${what.padEnd(26)} ${percent(seeds / Math.max(1, met.seeds)).padStart(8)} of the seeds`,
    ),
    `  of those with several writers, ${percent(differing(met))} have different versions`,
    "calls, and how many of them something befell:",
    ...Object.entries(met.called)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([operation, times]) =>
          `  ${operation.padEnd(26)} ${String(times).padStart(10)} ${String(met.faulted[operation] ?? 0).padStart(8)}`,
      ),
    "times there was something to check:",
    ...Object.entries(met.checked).map(([code, times]) => `  ${code.padEnd(26)} ${String(times).padStart(8)}`),
  ];
  return rows.join("\n");
}
