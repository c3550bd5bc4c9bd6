import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { withDecisionFlags, withOutputFlags, withWorldFlags } from "../flags.ts";
import type { DecisionFlags, WorldFlags } from "../flags.ts";
import type { Io } from "../io.ts";

export interface PlanFlags extends WorldFlags, DecisionFlags {
  readonly out?: string;
}

export function addPlan(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command("plan")
    .summary("show what would change, and prove that it is safe")
    .description(
      "Read the estate, show what would change, and prove that no name stops answering on the way. Writes nothing to AWS. " +
        `Ends with ${EXIT.ok} when there is nothing to do, ${EXIT.changes} when there are changes, ${EXIT.refused} when they are not proved safe or are refused.`,
    )
    .argument("<file>", "the manifest")
    .option("--out <file>", "save the plan, for `reconcile --plan`");
  withOutputFlags(withWorldFlags(withDecisionFlags(command))).action(async (file: string, flags: PlanFlags) => {
    const { showPlan } = await import("../show-plan.ts");
    exit(await showPlan(file, flags, io));
  });
}
