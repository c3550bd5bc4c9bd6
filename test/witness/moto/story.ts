import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../bench.mjs";
import { planFromCommandLine } from "./command-line.ts";
import { departures, emptyMoto } from "./departures.ts";
import { mendsOf } from "./mends.ts";
import { scenarios } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";
import { openDirect, openWorld } from "./world.ts";

const START_MS = 30_000;
/** So much of a failure is shown. */
const DETAIL_MAX = 2_000;

/** Holds moto to its departures, then lets the product carry every scenario through on it. */
export async function tellAll(bench: Bench): Promise<void> {
  const moto = await startMoto(bench);
  const direct = openDirect(moto);
  for (const { what, stands } of departures) {
    const departs = await stands(await emptyMoto(moto, direct));
    bench.check(`moto departs: ${what}`, departs, "it no longer does: drop the mend, or a part of it");
  }
  await checkTable(bench, mendsOf(direct, Date.now).operations);
  for (const scenario of scenarios) await tell(bench, moto, scenario);
  await planFromCommandLine(bench, moto);
}

async function tell(bench: Bench, moto: string, scenario: Scenario): Promise<void> {
  const world = await openWorld(moto);
  const started = performance.now();
  try {
    await scenario.tell(world);
    bench.check(scenario.name, true);
    bench.note(`${world.log.length} calls in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    bench.check(scenario.name, false, why.slice(0, DETAIL_MAX));
  } finally {
    for (const { operation, status } of world.log) if (status < 400) bench.exercised("signalbox", operation);
    await world.close();
  }
}

/** Every mend has a departure that it is for, and both stand in the README. */
async function checkTable(bench: Bench, operations: readonly string[]): Promise<void> {
  const named = new Set(departures.flatMap(({ mends }) => mends));
  const unfounded = operations.filter((operation) => !named.has(operation));
  bench.check("every mend has its departure", unfounded.length === 0, unfounded.join(", "));
  const unknown = [...named].filter((operation) => !operations.includes(operation));
  bench.check("every departure has its mend", unknown.length === 0, unknown.join(", "));
  const table = await readFile(join(bench.root, "test/witness/moto/README.md"), "utf8");
  const untold = operations.filter((operation) => !table.includes(`| \`${operation}\` |`));
  bench.check("every mend is in the README's table", untold.length === 0, untold.join(", "));
}

/** moto_server on a free port, issuing certificates at once. Answers its address. */
function startMoto(bench: Bench): Promise<string> {
  const child = bench.start("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { MOTO_ACM_VALIDATION_WAIT: "0" },
  });
  return new Promise((resolve, reject) => {
    let told: string | undefined = "";
    const fail = (why: string): void => {
      clearTimeout(late);
      reject(new Error(`moto ${why}: ${told}`));
    };
    const late = setTimeout(() => fail("does not start"), START_MS);
    child.once("exit", (code) => fail(`ended with ${code}`));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      if (told === undefined) return;
      told += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0];
      if (url === undefined) return;
      told = undefined; // it logs every request
      clearTimeout(late);
      resolve(url);
    });
  });
}
