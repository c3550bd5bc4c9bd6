// Every manifest in manifests/: the first apply, a change that replaces what can be replaced, and destroy, each killed at every one of its
// calls and run once more. Afterwards everything is there, once, and nothing else; on the way every name has answered.
//   npm run kills                     a row for each manifest and phase
//   npm run kills -- --json           the same as data
//   npm run kills -- --only destroy --jobs 1
//   npm run kills -- --terraform      the witness: what Terraform leaves behind when it is killed (needs terraform and its AWS provider)
// Ends with 1 when a kill has left anything undone, twice, unused or harmed.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { deathsOf, killed, straight } from "./kill.ts";
import type { Fate } from "./kill.ts";
import { manifestFiles, phasesOf } from "./phases.ts";
import { asTable } from "./table.ts";
import { terraformKills } from "./terraform-kills.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    jobs: { type: "string", default: "2" },
    only: { type: "string", default: "" },
    terraform: { type: "boolean", default: false },
    points: { type: "string" },
  },
});

interface Task {
  readonly file: string;
  readonly phase: string;
}

/** What all kills in one phase of one manifest have led to. */
interface Row extends Task {
  /** What the change replaces. */
  readonly change: readonly string[];
  readonly calls: number;
  readonly kills: number;
  readonly inFlight: number;
  readonly converged: number;
  readonly duplicates: number;
  readonly orphans: number;
  readonly stuck: number;
  /** Kills with which a name went dark, or a foreign thing was touched, or another promise did not hold. */
  readonly harmed: number;
  /** The first few that went wrong. */
  readonly wrong: readonly Fate[];
}

const WORKER = "KILLS_WORKER";
const WRONG_SHOWN = 5;

async function worked({ file, phase }: Task): Promise<Row> {
  const { phases, change } = await phasesOf(file);
  const found = phases.find(({ what }) => what === phase);
  if (found === undefined) throw new Error(`no phase ${phase}`);
  const whole = await straight(found);
  const deaths = deathsOf(whole);
  const fates: Fate[] = [];
  for (const death of deaths) fates.push(await killed(found, death, whole.things));
  const count = (which: (fate: Fate) => boolean): number => fates.filter(which).length;
  return {
    file,
    phase,
    change: phase === "replacement" ? change : [],
    calls: whole.calls.length,
    kills: deaths.length,
    inFlight: deaths.filter(({ how }) => how === "in flight").length,
    converged: count((each) => each.converged),
    duplicates: count((each) => each.duplicates.length > 0),
    orphans: count((each) => each.orphans.length > 0),
    stuck: count((each) => each.outcome !== "converged"),
    harmed: count((each) => each.harm !== undefined),
    wrong: fates.filter(isWrong).slice(0, WRONG_SHOWN),
  };
}

const isWrong = (fate: Fate): boolean =>
  !fate.converged || fate.harm !== undefined || fate.duplicates.length + fate.orphans.length > 0;

/** In a process of its own. */
function inProcess(task: Task): Promise<Row> {
  const child = fork(fileURLToPath(new URL("../../../scripts/kills.mjs", import.meta.url)), [], {
    env: { ...process.env, [WORKER]: "1" },
  });
  return new Promise((resolve, reject) => {
    child.once("message", (row) => resolve(row as Row));
    child.once("exit", (code) =>
      reject(new Error(`${task.file}, ${task.phase}: a process has ended with ${String(code)}`)),
    );
    child.send(task);
  });
}

async function ours(): Promise<void> {
  const tasks: Task[] = [];
  for (const file of manifestFiles())
    for (const { what } of (await phasesOf(file)).phases)
      if (`${file} ${what}`.includes(values.only)) tasks.push({ file, phase: what });
  if (tasks.length === 0) throw new Error(`nothing is called ${values.only}`);
  const rows: Row[] = [];
  const queue = tasks.values();
  const next = async (): Promise<void> => {
    for (const task of queue) rows.push(await inProcess(task));
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, next));
  const sorted = tasks.flatMap((task) => rows.find((row) => row.file === task.file && row.phase === task.phase) ?? []);
  process.stdout.write(values.json ? `${JSON.stringify({ rows: sorted }, undefined, 1)}\n` : textOf(sorted));
  process.exitCode = sorted.some((row) => row.converged < row.kills || row.wrong.length > 0) ? 1 : 0;
}

/** What `--terraform` has found. */
const TERRAFORM = {
  when: "2026-11-24",
  what:
    "killed after each of the 15 writes of a first apply of manifests/multi-region-api.yaml, state file as it lies, applied again twice: " +
    "orphans or duplicates at 9 points, stuck at 8, either at 15 of 15 (Terraform 1.11.4, AWS provider 5.100.0)",
};

const COLUMNS = ["calls", "kills", "inFlight", "converged", "duplicates", "orphans", "stuck", "harmed"] as const;

function textOf(rows: readonly Row[]): string {
  const head = ["manifest", "phase", ...COLUMNS.map((column) => (column === "inFlight" ? "in flight" : column))];
  const cells = rows.map((row) => [row.file, row.phase, ...COLUMNS.map((column) => String(row[column]))]);
  const changes = new Map(rows.filter(({ change }) => change.length > 0).map(({ file, change }) => [file, change]));
  const wrong = rows.flatMap(({ file, phase, wrong: fates }) =>
    fates.map((fate) => `WRONG ${file}, ${phase}: ${JSON.stringify(fate)}`),
  );
  return [
    ...wrong,
    ...asTable(head, cells),
    "",
    "A kill: after AWS has done a call (reads too), its answer unread; or with a write in flight, which lands when the next run has looked.",
    "Then one plain run. Counted: kills after which it was so. harmed: a name without an answer, a foreign thing touched, or the like, after any call.",
    ...[...changes].map(([file, change]) => `replacement, ${file}: ${change.join("; ")}.`),
    `Terraform in the same AWS, on ${TERRAFORM.when}: ${TERRAFORM.what}. To measure it again: npm run kills -- --terraform`,
    "",
  ].join("\n");
}

if (process.env[WORKER] !== undefined)
  process.on(
    "message",
    (task: Task) => void worked(task).then((row) => process.send?.(row, () => process.disconnect())),
  );
else if (values.terraform)
  await terraformKills({
    json: values.json,
    points: values.points === undefined ? undefined : Number(values.points),
    jobs: Number(values.jobs),
  });
else await ours();
