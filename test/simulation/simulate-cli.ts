// Random estates, manifests, weather, kills, writers and people; every promise is held against the embedded AWS after every call.
//   npm run simulate -- --seeds 20000 --first 1 --jobs 2     many seeds
//   npm run simulate -- --seed 17 --trace                    one of them, call by call
//   --off weather,late,people,strangers,quotas,slow,kills,'writers>1','names>1'   leaves things out
//   --on removals,paths                                      takes things in that are known not to hold yet
// Ends with 1 when a seed is broken, or when the seeds did not meet enough of what they are for.
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { bundled, worked } from "./simulate-bundle.ts";
import { told } from "./simulate-worker.ts";
import type { Task } from "./simulate-worker.ts";

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

const words = (text: string): readonly string[] => text.split(",").filter(Boolean);
const one = values.seed !== undefined;
const jobs = one ? 1 : Number(values.jobs);
const tasks = Array.from({ length: jobs }, (_, index): Task => ({
  first: Number(values.seed ?? values.first) + index,
  seeds: one ? 1 : Number(values.seeds) - index,
  step: jobs,
  trace: values.trace,
  untilFirst: false,
  off: words(values.off),
  on: Object.fromEntries(words(values.on).map((each) => [each, true])),
  try: [],
  cases: undefined,
}));

const started = performance.now();
const file = await bundled("simulate");
try {
  const reports = (await Promise.all(tasks.map((task) => worked(file, task)))).filter((each) => each !== undefined);
  if (reports.length < jobs) throw new Error("a process of the simulation has died");
  const { text, ok } = told(reports);
  const seconds = (performance.now() - started) / 1_000;
  const seeds = reports.reduce((sum, { met }) => sum + met.seeds, 0);
  process.stdout.write(`${text}${seconds.toFixed(1)} s, ${(seeds / seconds).toFixed(1)} seeds a second.\n`);
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(file, { force: true });
}
