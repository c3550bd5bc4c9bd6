import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags, withRunFlags, withUnbuiltFlags, withWorldFlags } from "../flags.ts";
import type { RunFlags } from "../flags.ts";
import type { Io } from "../io.ts";

export function addDestroy(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command("destroy")
    .summary("take everything of a manifest out of service, drained and in order")
    .description(
      "Retire everything that this manifest owns, drained and in order. Hosted zones and validation records stay. Ends as `reconcile` does.",
    )
    .argument("<file>", "the manifest");
  withUnbuiltFlags(withOutputFlags(withWorldFlags(withRunFlags(command))), ["--prune-validation"]).action(
    async (file: string, flags: RunFlags) => {
      const { carryOut } = await import("../carry-out.ts");
      exit(await carryOut("retire", file, flags, io));
    },
  );
}
