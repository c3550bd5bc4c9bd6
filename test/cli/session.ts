import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExitCode } from "../../src/cli/exit-code.ts";
import type { Io, Output } from "../../src/cli/io.ts";
import { runProgram } from "../../src/cli/program.ts";

export interface Ended {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** Both streams are terminals, and there is somebody who answers questions with this. */
  readonly answer?: (question: string) => string | undefined;
  readonly signal?: AbortSignal;
  readonly columns?: number;
  /** Told what is written to stderr, as it is written. */
  readonly watch?: (text: string) => void;
}

/** A command line, run in this process as it would be in one of its own. */
export async function signalbox(
  args: readonly string[],
  { env = {}, answer, signal, columns = 80, watch }: Circumstances = {},
): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): Output => ({
    write: (part) => {
      text[name] += part;
      if (name === "stderr") watch?.(part);
    },
    isTerminal: answer !== undefined,
    columns: () => columns,
    rows: () => 24,
  });
  const io: Io = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: { NO_COLOR: "1", ...env },
    canAsk: answer !== undefined,
    ask: async (question) => answer?.(question),
    signal: signal ?? new AbortController().signal,
  };
  const code = await runProgram(args, io);
  return { code, ...text };
}

/** Two Regions behind one name. */
export const EXAMPLE = "manifests/multi-region-api.yaml";

/** A folder of its own for a test, with paths into it. */
export function folder(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  return { path: (name) => join(root, name), remove: () => rmSync(root, { recursive: true, force: true }) };
}
