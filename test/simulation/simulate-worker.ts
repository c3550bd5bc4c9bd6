import { lacking, coverageText, nothingMet, sum } from "./coverage.ts";
import type { Coverage } from "./coverage.ts";
import { cases, pausesOf, playedCase } from "./simulate-cases.ts";
import { shrunk, without } from "./shrink.ts";
import { EVERYTHING, scenarioOf } from "./simulate-scenario.ts";
import type { Switches } from "./simulate-scenario.ts";
import { simulate } from "./simulate.ts";
import type { Broken } from "./simulate-stage.ts";

/** What one process is to do: every `step`-th seed from `first` on. */
export interface Task {
  readonly first: number;
  readonly seeds: number;
  readonly step: number;
  readonly trace: boolean;
  /** Stop at the first violation, and do not make it smaller. */
  readonly untilFirst: boolean;
  readonly off: readonly string[];
  readonly on: Partial<Switches>;
  /** Exactly these, first. */
  readonly try: readonly number[];
  /** The named cases before all else, paused at every so many turns; undefined: not. */
  readonly cases: number | undefined;
}

/** A failing seed, what it comes to when it is made smaller, and the end of its trace. */
export interface Failure {
  /** Of a named case: its name and its pause. */
  readonly seed: number | string;
  readonly broken: Broken;
  readonly off: readonly string[];
  readonly trace: readonly string[];
}

export interface Report {
  readonly met: Coverage;
  readonly failures: readonly Failure[];
}

const TRACE_LINES = 25;

export async function work(task: Task): Promise<Report> {
  const on = without({ ...EVERYTHING, ...task.on }, task.off);
  const failures: Failure[] = [];
  let met = nothingMet();
  for await (const failure of namedOf(task)) return { met, failures: [failure] };
  for (const seed of seedsOf(task)) {
    const done = await simulate(scenarioOf(seed, on), task.trace);
    if (task.trace) process.stderr.write(`${done.trace.join("\n")}\n`);
    met = sum(met, done.met);
    const { broken } = done;
    if (broken === undefined) continue;
    if (task.untilFirst) return { met, failures: [{ seed, broken, off: [], trace: [] }] };
    const { off, smallest } = await shrunk(done, on);
    failures.push({ seed, broken, off, trace: smallest.trace.slice(-TRACE_LINES) });
  }
  return { met, failures };
}

async function* namedOf({ cases: step }: Task): AsyncGenerator<Failure> {
  if (step === undefined) return;
  for (const each of cases) {
    for (const pause of pausesOf(each, step)) {
      const { broken, trace } = await playedCase(each, pause);
      if (broken === undefined) continue;
      yield { seed: `"${each.name}", pause ${String(pause)}`, broken, off: [], trace: trace.slice(-TRACE_LINES) };
    }
  }
}

function* seedsOf({ first, seeds, step, try: exactly }: Task): Generator<number> {
  yield* exactly;
  for (let seed = first; seed < first + seeds; seed += step) yield seed;
}

/** One failure in words, with what plays it again. */
export function failureText({ seed, broken, off, trace }: Failure): string {
  const lines = [
    `seed ${seed}, call ${broken.call}: ${broken.code}: ${broken.message}`,
    ...trace.map((line) => `    ${line}`),
  ];
  const less = off.length > 0 ? ` --off ${off.map((each) => `'${each}'`).join(",")}` : "";
  return `${lines.join("\n")}\n  again: npm run simulate -- --seed ${seed}${less} --trace\n`;
}

/** The reports of several processes as one, in words. */
export function told(reports: readonly Report[]): { readonly text: string; readonly ok: boolean } {
  const met = reports.map((each) => each.met).reduce(sum, nothingMet());
  const failures = reports.flatMap((each) => each.failures);
  const less = lacking(met);
  const lines = [coverageText(met), ...less.map((each) => `NOT ENOUGH: ${each}`), ...failures.map(failureText)];
  const verdict =
    failures.length === 0 ? `${met.seeds} seeds hold.` : `${failures.length} of ${met.seeds} seeds are broken.`;
  return { text: `${lines.join("\n")}\n${verdict}\n`, ok: failures.length === 0 && less.length === 0 };
}

/** The environment variable by which a process knows that it is a worker of the simulation. */
export const WORKER_MARK = "SIMULATION_WORKER";

/** In a process of its own: tasks come in, reports go out, until the other side hangs up. */
async function answer(task: Task): Promise<void> {
  process.send?.(await work(task));
}

// A test that imports this file has messages of its own.
if (process.env[WORKER_MARK] !== undefined) process.on("message", (task: Task) => void answer(task));
