import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { withOutputFlags } from "../flags.ts";
import type { OutputFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { openShell } from "../shell.ts";

interface InitFlags extends OutputFlags {
  readonly name: string;
}

const DEFAULT_FILE = "signalbox.yaml";
/** Characters of a scope id: 36 to the sixth are enough to tell copies apart. */
const SCOPE_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const SCOPE_LENGTH = 6;

export function addInit(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  withOutputFlags(
    program
      .command("init")
      .summary("write a first manifest")
      .description("Write a first manifest, with a scope of its own. A file that is there already is left alone.")
      .argument("[file]", "the manifest to write", DEFAULT_FILE)
      .option("--name <name>", "the manifest's name: what it makes will carry it", "storefront"),
  ).action(async (file: string, flags: InitFlags) => exit(await init(file, flags, io)));
}

async function init(file: string, { name, ...flags }: InitFlags, io: Io): Promise<ExitCode> {
  const shell = openShell(io, flags);
  const { writeFileSync } = await import("node:fs");
  const { starterManifest } = await import("../../manifest/starter.ts");
  const { readManifest } = await import("../../manifest/read.ts");
  const scopeId = await newScopeId();
  const text = starterManifest({ name, scopeId });
  const { manifest, diagnostics, source } = readManifest(text, file);
  if (manifest === undefined) {
    shell.diagnose(diagnostics, source);
    shell.complain("the manifest was not written", "Choose another --name.");
    return EXIT.error;
  }
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      shell.complain(`${file} is there already, and was left alone`, "Name another file: signalbox init FILE");
    else shell.complain(`cannot write ${file}: ${message}`);
    return EXIT.error;
  }
  shell.result(
    (style) =>
      [
        `Wrote ${style.bold(file)}, scope ${scopeId}.`,
        "Put your zone, your name and your REST APIs into it, then:",
        `  signalbox validate ${file}`,
        `  signalbox plan ${file} --local     try it on the embedded AWS, without an account`,
      ].join("\n"),
    () => ({ version: 1, file, name, scopeId }),
  );
  return EXIT.ok;
}

async function newScopeId(): Promise<string> {
  const { randomInt } = await import("node:crypto");
  return Array.from({ length: SCOPE_LENGTH }, () => SCOPE_CHARACTERS[randomInt(SCOPE_CHARACTERS.length)]).join("");
}
