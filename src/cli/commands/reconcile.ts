import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags, withRunFlags, withUnbuiltFlags, withWorldFlags } from "../flags.ts";
import type { RunFlags } from "../flags.ts";
import type { Io } from "../io.ts";

export function addReconcile(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command("reconcile")
    .summary("make it so: plan, prove, ask, execute, until nothing is left to do")
    .description(
      "Plan, prove, ask, and execute, until nothing is left to do. May be stopped and started again at any time. " +
        "Ends with 0 when all is as the manifest says, 4 when something still settles (--no-wait), 3 when it is refused or declined, 1 when something failed.",
    )
    .argument("<file>", "the manifest");
  withUnbuiltFlags(withOutputFlags(withWorldFlags(withRunFlags(command))), [
    "--watch",
    "--only <name...>",
    "--prune-validation",
  ]).action(async (file: string, flags: RunFlags) => {
    const { carryOut } = await import("../carry-out.ts");
    exit(await carryOut("converge", file, flags, io));
  });
}
