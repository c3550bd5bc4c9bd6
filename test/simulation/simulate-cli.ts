// Random estates, manifests, weather, kills, writers and people; every promise is held against the embedded AWS after every call.
//   npm run simulate -- --seeds 20000 --first 1 --jobs 2     many seeds
//   npm run simulate -- --seed 17 --trace                    one of them, call by call
//   --off weather,late,people,removals,strangers,quotas,slow,sharing,routing,paths,kills,'writers>1','names>1'   leaves things out
// Ends with 1 when a seed is broken, or when the seeds did not meet enough of what they are for.
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { bundled, workerOf } from "./simulate-bundle.ts";
import { failureText, told } from "./simulate-worker.ts";
import type { Report, Task } from "./simulate-worker.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    first: { type: "string", default: "1" },
    seed: { type: "string" },
    jobs: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
    off: { type: "string", default: "" },
    on: { type: "string", default: "" },
  },
});

/** Seeds that a process takes at once, and after how many it makes room for another: what it remembers is forgotten with it. */
const AT_ONCE = 50;
const LIFE = 2_000;

const words = (text: string): readonly string[] => text.split(",").filter(Boolean);
const one = values.seed !== undefined;
const total = one ? 1 : Number(values.seeds);
const begin = Number(values.seed ?? values.first);

const taskOf = (first: number, seeds: number): Task => ({
  first,
  seeds,
  step: 1,
  trace: values.trace,
  untilFirst: false,
  off: words(values.off),
  on: Object.fromEntries(words(values.on).map((each) => [each, true])),
  try: [],
  cases: undefined,
});

function* shards(): Generator<Task> {
  for (let done = 0; done < total; done += AT_ONCE) yield taskOf(begin + done, Math.min(AT_ONCE, total - done));
}

const started = performance.now();
const file = await bundled("simulate");
const queue = shards();
const reports: Report[] = [];

const seedsOf = (): number => reports.reduce((sum, { met }) => sum + met.seeds, 0);
const rate = (): number => seedsOf() / ((performance.now() - started) / 1_000);

function note(report: Report): void {
  reports.push(report);
  if (one) return;
  for (const failure of report.failures) process.stderr.write(failureText(failure));
  const [done, broken] = [seedsOf(), reports.reduce((sum, { failures }) => sum + failures.length, 0)];
  const left = Math.round((total - done) / rate());
  process.stderr.write(
    `${String(done)} of ${String(total)} seeds, ${String(broken)} broken, ${rate().toFixed(1)} a second, ${String(left)} s left\n`,
  );
}

/** One process after the other, each for so many seeds. */
async function takeShards(): Promise<void> {
  let worker = workerOf(file);
  let taken = 0;
  try {
    for (const task of queue) {
      if (taken >= LIFE) {
        worker.end();
        worker = workerOf(file);
        taken = 0;
      }
      const report = await worker.work(task);
      if (report === undefined)
        throw new Error(`a process has died at seeds ${String(task.first)} to ${String(task.first + task.seeds - 1)}`);
      taken += task.seeds;
      note(report);
    }
  } finally {
    worker.end();
  }
}

try {
  await Promise.all(Array.from({ length: one ? 1 : Number(values.jobs) }, takeShards));
  const { text, ok } = told(reports);
  const seconds = (performance.now() - started) / 1_000;
  process.stdout.write(`${text}${seconds.toFixed(1)} s, ${rate().toFixed(1)} seeds a second.\n`);
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(file, { force: true });
}
