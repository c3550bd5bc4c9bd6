import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags } from "../flags.ts";
import type { OutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { openShell } from "../shell.ts";

export function addExplain(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  withOutputFlags(
    program
      .command("explain")
      .summary("say what a code means, and what to do about it")
      .description("Say what a code of an error or a warning means, and what to do about it.")
      .argument("<code>", "such as NOT_COVERED"),
  ).action(async (code: string, flags: OutputFlags) => exit(await explainCode(code, flags, io)));
}

async function explainCode(word: string, flags: OutputFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const { codes, explain } = await import("../../diagnostic/codes.ts");
  const { nearest } = await import("../../diagnostic/nearest.ts");
  const entry = explain(word);
  if (entry === undefined) {
    const near = nearest(
      word,
      codes.map(({ code }) => code),
    );
    shell.complain(
      `${word} is not a code that Signalbox gives`,
      near === undefined ? "Codes stand in brackets: error[NOT_COVERED]." : `Did you mean ${near}?`,
    );
    return EXIT.usage;
  }
  const { code, severity, title, explanation, fix } = entry;
  shell.result(
    (style) => `${style.bold(code)} (${severity}): ${title}\n\n${explanation}\n\n${style.bold("What to do")}: ${fix}`,
    () => ({ version: 1, code, severity, title, explanation, fix }),
  );
  return EXIT.ok;
}
