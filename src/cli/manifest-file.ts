import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { readManifest } from "../manifest/read.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { tooManyBytes } from "../manifest/text.ts";
import type { Shell } from "./shell.ts";

export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly source: string;
  /** Warnings and remarks. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a manifest, and says on stderr all that is to be said about it. Undefined: it cannot be used, and that is said on stdout too where that is JSON. */
export function loadManifest(file: string, shell: Shell): LoadedManifest | undefined {
  const refuse = (diagnostics: readonly Diagnostic[]): undefined => {
    if (shell.json)
      shell.result(
        () => "",
        () => ({ version: 1, file, valid: false, diagnostics }),
      );
  };
  const read = readFile(file, (bytes) => tooManyBytes(bytes, file));
  if ("refused" in read) {
    shell.diagnose([read.refused]);
    return refuse([read.refused]);
  }
  if ("why" in read) {
    shell.complain(`cannot read ${file}: ${read.why}`, "`signalbox init` writes a first manifest.");
    return refuse([]);
  }
  const { manifest, diagnostics, source } = readManifest(read.text, file);
  shell.diagnose(diagnostics, source);
  return manifest === undefined ? refuse(diagnostics) : { manifest, source, diagnostics };
}

/** The text of a file that the user named, or a word on stderr about why it cannot be read. */
export function readText(file: string, shell: Shell, help: string): string | undefined {
  const read = readFile(file, () => undefined);
  if ("text" in read) return read.text;
  if ("why" in read) shell.complain(`cannot read ${file}: ${read.why}`, help);
  return undefined;
}

type Read = { readonly text: string } | { readonly why: string } | { readonly refused: Diagnostic };

/** Asks for the size first: what is too large is never in memory. */
function readFile(file: string, refusal: (bytes: number) => Diagnostic | undefined): Read {
  let opened: number | undefined;
  try {
    opened = openSync(file, "r");
    const refused = refusal(fstatSync(opened).size);
    return refused === undefined ? { text: readFileSync(opened, "utf8") } : { refused };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { why: code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a directory" : message };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
