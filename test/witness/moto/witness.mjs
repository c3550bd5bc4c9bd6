// The product against moto, an imitation of AWS that others wrote: another opinion on what each call does. A proxy mends
// what moto is known to do otherwise than AWS; README.md has the table, and departures.ts holds moto to it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tsImport } from "tsx/esm/api";

export const needs = ["moto"];

const START_MS = 30_000;

/** @param {Awaited<ReturnType<typeof import("../bench.mjs").openBench>>} bench */
export async function run(bench) {
  const { openWorld, openDirect } = /** @type {typeof import("./world.ts")} */ (
    await tsImport("./world.ts", import.meta.url)
  );
  const { departures, emptyMoto } = await tsImport("./departures.ts", import.meta.url);
  const { mendsOf } = await tsImport("./mends.ts", import.meta.url);
  const { scenarios } = await tsImport("./scenarios.ts", import.meta.url);
  const moto = await startMoto(bench);
  const direct = openDirect(moto);

  for (const { what, stands } of departures) {
    const departs = await stands(await emptyMoto(moto, direct));
    bench.check(`moto departs: ${what}`, departs, "it no longer does: drop the mend, or a part of it");
  }
  await checkTable(bench, mendsOf(direct, Date.now).operations, departures);

  for (const { name, tell } of scenarios) {
    const world = await openWorld(moto);
    const started = performance.now();
    try {
      await tell(world);
      bench.check(name, true);
      bench.note(`${world.log.length} calls in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    } catch (error) {
      bench.check(name, false, String(error?.stack ?? error).slice(0, 2_000));
    } finally {
      for (const { operation, status } of world.log) if (status < 400) bench.exercised("signalbox", operation);
      await world.close();
    }
  }
}

/** Every mend has a departure that it is for, and both stand in the README. */
async function checkTable(bench, operations, departures) {
  const named = new Set(departures.flatMap(({ mends }) => mends));
  const unfounded = operations.filter((operation) => !named.has(operation));
  bench.check("every mend has its departure", unfounded.length === 0, unfounded.join(", "));
  const unknown = [...named].filter((operation) => !operations.includes(operation));
  bench.check("every departure has its mend", unknown.length === 0, unknown.join(", "));
  const table = await readFile(join(bench.root, "test/witness/moto/README.md"), "utf8");
  const untold = operations.filter((operation) => !table.includes(`\`${operation}\``));
  bench.check("every mend is in the README's table", untold.length === 0, untold.join(", "));
}

/** moto_server on a free port, issuing certificates at once. Answers its address. */
async function startMoto(bench) {
  const child = bench.start("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { MOTO_ACM_VALIDATION_WAIT: "0" },
  });
  let told = "";
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`moto does not start: ${told}`)), START_MS);
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      if (told.length < 10_000) told += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(told)?.[0];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`moto ended with ${code}: ${told}`));
    });
  });
}
