// Deliberate faults (protocol.ts, promises.ts), each built into a simulation of its own: which case or seed catches it, and after how many calls?
//   npm run test:mutants -- [--seeds 60] [--seconds 180] [--jobs 2] [--only TEXT]
// The tree is never written to: sources are changed on their way into a bundle. Ends with 1 when a mutant survives, or when a patch no longer applies.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Plugin } from "esbuild";
import { bundled, root, worked } from "../simulate-bundle.ts";
import type { Failure, Task } from "../simulate-worker.ts";
import type { Mutant } from "./mutant.ts";
import { againstPromises } from "./promises.ts";
import { againstTheProtocol } from "./protocol.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "60" },
    seconds: { type: "string", default: "180" },
    jobs: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});

interface Fate {
  readonly verdict: "caught" | "SURVIVED" | "UNCLEAR" | "NO LONGER APPLIES";
  readonly by: string;
}

/** Every so many turns of the named cases. */
const PAUSES = 5;

const task = (seeds: number, exactly: readonly number[], cases: number | undefined): Task => ({
  first: 1,
  seeds,
  step: 1,
  trace: false,
  untilFirst: true,
  off: [],
  on: {},
  try: exactly,
  cases,
});

/** The sources of a mutant, by their path; a text when a patch does not fit. */
function patched({ patches }: Mutant): ReadonlyMap<string, string> | string {
  const sources = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const path = join(root, file);
    const source = sources.get(path) ?? readFileSync(path, "utf8");
    if (source.split(find).length !== 2) return `${file}: ${find.trim().split("\n")[0] ?? ""}`;
    sources.set(
      path,
      source.replace(find, () => replace),
    );
  }
  return sources;
}

const patching = (sources: ReadonlyMap<string, string>): Plugin => ({
  name: "mutant",
  setup(build) {
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const contents = sources.get(path);
      return contents === undefined ? undefined : { contents, loader: "ts" };
    });
  },
});

const sound = await bundled("sound");
/** The named cases without any mutation. */
const soundCases = await worked(sound, task(0, [], PAUSES));
if (soundCases?.failures.length !== 0)
  throw new Error(`without any mutant: ${JSON.stringify(soundCases?.failures[0]?.broken)}`);

/** Whether the seed holds without the mutation. */
async function isInnocent({ seed }: Failure): Promise<boolean> {
  if (typeof seed === "string") return true;
  const report = await worked(sound, task(0, [seed], undefined));
  return report?.failures.length === 0;
}

const PROOF = /refused: (?:\w+ .*; )?([A-Z_]+) /u;

function caughtBy({ seed, broken }: Failure): string {
  const proof = broken.code === "DOES_NOT_CONVERGE" ? PROOF.exec(broken.message)?.[1] : undefined;
  const where = typeof seed === "string" ? `case ${seed}` : `seed ${String(seed)}`;
  return `${proof === undefined ? broken.code : `the proof: ${proof}`}; ${where}, call ${String(broken.call)}`;
}

async function fateOf(mutant: Mutant, number: number): Promise<Fate> {
  const sources = patched(mutant);
  if (typeof sources === "string") return { verdict: "NO LONGER APPLIES", by: sources };
  const file = await bundled(`mutant-${String(number)}`, [patching(sources)]);
  try {
    const report = await worked(file, task(Number(values.seeds), [], PAUSES), Number(values.seconds));
    const failure = report?.failures[0];
    if (failure === undefined)
      return { verdict: "SURVIVED", by: report === undefined ? `${values.seconds} s` : `${values.seeds} seeds` };
    const verdict = (await isInnocent(failure)) ? "caught" : "UNCLEAR";
    return { verdict, by: caughtBy(failure) };
  } finally {
    rmSync(file, { force: true });
  }
}

const queue = [...againstTheProtocol, ...againstPromises].filter(({ name }) => name.includes(values.only)).entries();
const fates: Fate[] = [];

async function next(): Promise<void> {
  for (const [number, mutant] of queue) {
    const fate = await fateOf(mutant, number);
    fates.push(fate);
    process.stdout.write(`${fate.verdict.padEnd(9)} ${mutant.name.padEnd(58)} ${fate.by}\n`);
  }
}

try {
  await Promise.all(Array.from({ length: Number(values.jobs) }, next));
} finally {
  rmSync(sound, { force: true });
}
const caught = fates.filter(({ verdict }) => verdict === "caught");
process.stdout.write(`\n${String(caught.length)} of ${String(fates.length)} mutants are caught.\n`);
process.exitCode = caught.length === fates.length ? 0 : 1;
