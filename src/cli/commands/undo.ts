import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { parseDomainName } from "../../dns/domain-name.ts";
import type { ExitCode } from "../exit-code.ts";
import { withLiftFlag, withOutputFlags, withWorldFlags } from "../flags.ts";
import type { RunFlags } from "../flags.ts";
import type { Io } from "../io.ts";

export interface UndoFlags extends RunFlags {
  readonly journal?: string;
  readonly retire?: readonly string[];
}

export function addUndo(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  const command = program
    .command("undo")
    .summary("bring back what was there before a run")
    .description(
      "Bring back what was there before a run: what it changed, made or removed, in order, drained and proved as in `reconcile`. " +
        "Says first what cannot come back as it was. Refused where live is no longer as the run left it. Ends as `reconcile` does.",
    )
    .argument("<file>", "the manifest")
    .option("--journal <file>", "the run to undo (default: the newest run of this manifest that wrote something)")
    .option(
      "--retire <name>",
      "a name that the run took into service, and that may go out of it again; may be repeated",
      names,
    )
    .option("--yes", "do not ask; required without a terminal")
    .option("--no-wait", "stop when all is written, before it has settled");
  withOutputFlags(withWorldFlags(withLiftFlag(command))).action(async (file: string, flags: UndoFlags) => {
    const { undo } = await import("../undo.ts");
    exit(await undo(file, flags, io));
  });
}

function names(value: string, before: readonly string[] = []): readonly string[] {
  if (!parseDomainName(value).ok) throw new InvalidArgumentError("It is not a domain name.");
  return [...before, value];
}
