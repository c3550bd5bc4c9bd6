import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan } from "../plan/plan.ts";
import { loadPlan, matchSavedPlan } from "../plan/saved-plan.ts";
import { readText } from "./manifest-file.ts";
import type { Shell } from "./shell.ts";

/** What speaks against a plan, given the one in the file. Undefined: that file cannot be read, and that is said. */
export function savedPlanCheck(file: string, shell: Shell): ((fresh: Plan) => readonly Diagnostic[]) | undefined {
  const help = "`signalbox plan --out` writes one.";
  const text = readText(file, shell, help);
  if (text === undefined) return undefined;
  const saved = loadPlan(text);
  return (fresh) => ("severity" in saved ? [saved] : matchSavedPlan(saved, fresh));
}
