import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags } from "../flags.ts";
import type { OutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { openShell } from "../shell.ts";

export function addValidate(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  withOutputFlags(
    program
      .command("validate")
      .summary("check a manifest, without AWS")
      .description("Check a manifest, without AWS. Ends with 0 when it can be used, with 1 when it cannot.")
      .argument("<file>", "the manifest"),
  ).action(async (file: string, flags: OutputFlags) => exit(await validate(file, flags, io)));
}

async function validate(file: string, flags: OutputFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const { loadManifest } = await import("../manifest-file.ts");
  const loaded = loadManifest(file, shell);
  if (loaded === undefined) return EXIT.error;
  shell.result(
    (style) => `${style.green("✓")} ${file} can be used`,
    () => ({ version: 1, file, valid: true, diagnostics: loaded.diagnostics }),
  );
  return EXIT.ok;
}
