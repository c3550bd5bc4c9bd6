import { readFileSync } from "node:fs";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { readManifest } from "../manifest/read.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Shell } from "./shell.ts";

export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly source: string;
  /** Warnings and remarks. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a manifest, and says on stderr all that is to be said about it. Undefined: it cannot be used, and that is said on stdout too where that is JSON. */
export function loadManifest(file: string, shell: Shell): LoadedManifest | undefined {
  const text = readText(file, shell, "`signalbox init` writes a first manifest.");
  if (text === undefined) {
    if (shell.json)
      shell.result(
        () => "",
        () => ({ version: 1, file, valid: false, diagnostics: [] }),
      );
    return undefined;
  }
  const { manifest, diagnostics, source } = readManifest(text, file);
  shell.diagnose(diagnostics, source);
  if (manifest !== undefined) return { manifest, source, diagnostics };
  if (shell.json)
    shell.result(
      () => "",
      () => ({ version: 1, file, valid: false, diagnostics }),
    );
  return undefined;
}

/** The text of a file that the user named, or a word on stderr about why it cannot be read. */
export function readText(file: string, shell: Shell, help: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a directory" : message;
    shell.complain(`cannot read ${file}: ${why}`, help);
    return undefined;
  }
}
