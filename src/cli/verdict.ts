import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { RunOutcome } from "../execute/event.ts";
import type { Proof } from "../interlock/proof.ts";
import { hasChanges, isRefused } from "../plan/plan.ts";
import type { Plan } from "../plan/plan.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";

/** How each outcome of a run ends the command. */
const OF_OUTCOME: Readonly<Record<RunOutcome, ExitCode>> = {
  converged: EXIT.ok,
  settling: EXIT.settling,
  replan: EXIT.error, // a run goes on by itself until it gives up
  refused: EXIT.refused,
  failed: EXIT.error,
  interrupted: EXIT.interrupted,
  diverged: EXIT.error,
};

/** What could not be read is an error, not a verdict. */
const couldNotRead = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ code }) => code === "CANNOT_READ");

export function exitOfRun(outcome: RunOutcome, diagnostics: readonly Diagnostic[]): ExitCode {
  return outcome === "refused" && couldNotRead(diagnostics) ? EXIT.error : OF_OUTCOME[outcome];
}

/** An edit by hand that waits for a decision is a change that is seen; that it is left alone is for `reconcile` to say. */
export function exitOfPlan(plan: Plan, proof: Proof | undefined): ExitCode {
  if (couldNotRead(plan.diagnostics)) return EXIT.error;
  if (isRefused(plan) || proof?.safe !== true) return EXIT.refused;
  return hasChanges(plan) ? EXIT.changes : EXIT.ok;
}
