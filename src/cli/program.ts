import { Command, CommanderError } from "commander";
import { addDestroy } from "./commands/destroy.ts";
import { addEdge } from "./commands/edge.ts";
import { addExplain } from "./commands/explain.ts";
import { addInit } from "./commands/init.ts";
import { addLocal } from "./commands/local.ts";
import { addNotBuilt } from "./commands/not-built.ts";
import { addPlan } from "./commands/plan.ts";
import { addReconcile } from "./commands/reconcile.ts";
import { addSchema } from "./commands/schema.ts";
import { addUndo } from "./commands/undo.ts";
import { addValidate } from "./commands/validate.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { version } from "./version.ts";

/** In the order in which `--help` lists them. */
const commands = [
  addInit,
  addValidate,
  addPlan,
  addReconcile,
  addDestroy,
  addUndo,
  addLocal,
  addEdge,
  addSchema,
  addExplain,
];

/**
 * Runs one command line (without the program's own name) and says how it ended. What a command needs is loaded when
 * it runs, so that `--help` reads little. Throws only on a bug.
 */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = newProgram(io);
  for (const add of commands) add(program, io, (ended) => (code = ended));
  addNotBuilt(program);
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** What is set here, commands take over when they are added. */
function newProgram(io: Io): Command {
  return new Command("signalbox")
    .description("Multi-region DNS and TLS for AWS from one manifest, with a safety proof before every change.")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns(),
      getErrHelpWidth: () => io.stderr.columns(),
    })
    .option("--version", "print the version")
    .on("option:version", () => {
      io.stdout.write(`${version()}\n`);
      throw new CommanderError(0, "signalbox.version", "version");
    })
    .showHelpAfterError("(`signalbox --help` lists the commands, `signalbox COMMAND --help` its options)");
}
