import { writeFileSync } from "node:fs";
import { look } from "../pipeline.ts";
import type { Look } from "../pipeline.ts";
import { savePlan } from "../plan/saved-plan.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import type { PlanFlags } from "./commands/plan.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { planOptions } from "./flags.ts";
import { untilInterrupted } from "./interrupt.ts";
import type { Io } from "./io.ts";
import { loadManifest } from "./manifest-file.ts";
import { openWorld } from "./ports.ts";
import { openShell } from "./shell.ts";
import { exitOfPlan } from "./verdict.ts";
import type { Shell } from "./shell.ts";

/** `plan`: look, prove, show. */
export async function showPlan(file: string, flags: PlanFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const loaded = loadManifest(file, shell);
  if (loaded === undefined) return EXIT.error;
  const world = await openWorld(loaded.manifest, flags, shell);
  if (world === undefined) return EXIT.error;
  try {
    const looking = look(loaded.manifest, planOptions("converge", flags), world.ports);
    const found = await untilInterrupted(looking, io.signal);
    if (found === undefined) {
      shell.note("Interrupted: nothing was changed.");
      if (shell.json)
        shell.result(
          () => "",
          () => ({ version: 1, outcome: "interrupted" }),
        );
      return EXIT.interrupted;
    }
    shell.result(
      (style) => planText({ ...found, goal: "converge", source: loaded.source }, style),
      () => planJson(found.plan, found.proof),
    );
    if (flags.out !== undefined && !save(flags.out, found, shell)) return EXIT.error;
    return exitOfPlan(found.plan, found.proof);
  } finally {
    await world.close();
  }
}

function save(file: string, { plan, proof }: Look, shell: Shell): boolean {
  if (proof?.safe !== true) {
    shell.note(`${file} was not written: a plan that is refused is not saved.`);
    return true;
  }
  try {
    writeFileSync(file, savePlan(plan));
  } catch (error) {
    shell.complain(`cannot write ${file}: ${(error as Error).message}`);
    return false;
  }
  shell.note(`Saved to ${file}. Carry it out with: signalbox reconcile MANIFEST --plan ${file}`);
  return true;
}
