import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan } from "../plan/plan.ts";
import { loadPlan, matchSavedPlan } from "../plan/saved-plan.ts";
import { readText } from "./manifest-file.ts";
import type { Shell } from "./shell.ts";

/** What the saved plan does not hold of the fresh one. Undefined: there is no plan in that file, and that is said. */
export function savedPlanProblems(file: string, fresh: Plan, shell: Shell): readonly Diagnostic[] | undefined {
  const help = "`signalbox plan --out` writes one.";
  const text = readText(file, shell, help);
  if (text === undefined) return undefined;
  const saved = loadPlan(text);
  return "severity" in saved ? [saved] : matchSavedPlan(saved, fresh);
}
