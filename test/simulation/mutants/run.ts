// Deliberate faults (protocol.ts, promises.ts, invariants.ts), each built into a simulation of its own: which case or seed catches it, and
// after how many calls? What caught a mutant before (caught.json) is tried first, then every named case, then seeds.
//   npm run test:mutants -- [--seeds 60] [--seconds 120] [--jobs 2] [--only TEXT] [--record]
// Sources are changed on their way into a bundle, from the tree as it is at the start. Ends with 1 when a mutant survives, when a patch
// no longer applies, or when a promise or an invariant has no mutant that is caught. --record writes caught.json anew.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { invariants } from "../../../src/interlock/invariants.ts";
import { root } from "../simulate-bundle.ts";
import { againstInvariants } from "./invariants.ts";
import { PROMISES } from "./mutant.ts";
import type { Mutant } from "./mutant.ts";
import { againstPromises } from "./promises.ts";
import { againstTheProtocol } from "./protocol.ts";
import { bundledTree, mutated, searched, treeNow } from "./tree.ts";
import { proofCode } from "./worker.ts";
import type { Catch, Try } from "./worker.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "60" },
    seconds: { type: "string", default: "120" },
    jobs: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    record: { type: "boolean", default: false },
  },
});

interface Fate {
  readonly mutant: Mutant;
  readonly verdict: "caught" | "SURVIVED" | "UNCLEAR" | "NO LONGER APPLIES";
  readonly caught?: Catch;
  readonly by: string;
}

/** Every so many turns of the named cases. */
const PAUSES = 5;
const RECORD = join(root, "test/simulation/mutants/caught.json");

const known = JSON.parse(readFileSync(RECORD, "utf8")) as Record<string, Try>;
const tree = treeNow();
const sound = await bundledTree("sound", tree);

async function fateOf(mutant: Mutant, number: number): Promise<Fate> {
  const sources = mutated(tree, mutant);
  if (typeof sources === "string") return { mutant, verdict: "NO LONGER APPLIES", by: sources };
  const file = await bundledTree(`mutant-${String(number)}`, sources);
  try {
    const hint = known[mutant.name];
    const { invariant } = mutant;
    const task = { first: hint === undefined ? [] : [hint], step: PAUSES, seeds: Number(values.seeds), invariant };
    const found = await searched(file, task, Number(values.seconds));
    if (found === "nothing") return { mutant, verdict: "SURVIVED", by: `every case, and ${values.seeds} seeds` };
    if ("ended" in found) return { mutant, verdict: "SURVIVED", by: found.ended };
    const innocent = await searched(sound, { first: [found.by], step: 0, seeds: 0 }, Number(values.seconds));
    const by = caughtBy(found);
    return innocent === "nothing"
      ? { mutant, verdict: "caught", caught: found, by }
      : { mutant, verdict: "UNCLEAR", by: `without the mutant, too: ${by}` };
  } finally {
    rmSync(file, { force: true });
  }
}

function placeOf(by: Try): string {
  if ("seed" in by) return `seed ${String(by.seed)}`;
  return "script" in by ? `script "${by.script}"` : `case "${by.case}", pause ${String(by.pause)}`;
}

function caughtBy({ by, broken }: Catch): string {
  const proof = proofCode(broken);
  return `${proof === undefined ? broken.code : `the proof: ${proof}`}; ${placeOf(by)}, call ${String(broken.call)}`;
}

const queue = [...againstTheProtocol, ...againstPromises, ...againstInvariants]
  .filter(({ name }) => name.includes(values.only))
  .entries();
const fates: Fate[] = [];

function record({ name }: Mutant, { by }: Catch): void {
  known[name] = by;
  const sorted = Object.entries(known).toSorted(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`);
}

async function next(): Promise<void> {
  for (const [number, mutant] of queue) {
    const fate = await fateOf(mutant, number);
    fates.push(fate);
    if (values.record && fate.caught !== undefined) record(mutant, fate.caught);
    process.stdout.write(`${fate.verdict.padEnd(9)} ${mutant.name.padEnd(62)} ${fate.by}\n`);
  }
}

try {
  await Promise.all(Array.from({ length: Number(values.jobs) }, next));
} finally {
  rmSync(sound, { force: true });
}

const caught = fates.flatMap((fate) => (fate.caught === undefined ? [] : [{ ...fate, caught: fate.caught }]));
/** Which mutants break each, of those that are caught. */
function listed(
  title: string,
  keys: readonly string[],
  ofKey: (fate: (typeof caught)[number], key: string) => boolean,
): number {
  process.stdout.write(`\n${title}\n`);
  let without = 0;
  for (const key of keys) {
    const names = caught.filter((fate) => ofKey(fate, key)).map(({ mutant }) => mutant.name);
    if (names.length === 0) without += 1;
    process.stdout.write(`  ${key.padEnd(42)} ${names.length === 0 ? "NO MUTANT" : names.join("; ")}\n`);
  }
  return values.only === "" ? without : 0;
}

const uncovered =
  listed(
    "promise, and the mutants that break it",
    PROMISES,
    ({ mutant }, key) => mutant.promise.replace(/ \(.*\)$/u, "") === key,
  ) +
  listed(
    "invariant, and the mutants that the proof refuses by it",
    invariants.map(({ code }) => code),
    (fate, key) => proofCode(fate.caught.broken) === key,
  );
process.stdout.write(`\n${String(caught.length)} of ${String(fates.length)} mutants are caught.\n`);
process.exitCode = caught.length === fates.length && uncovered === 0 ? 0 : 1;
