/** Somewhere to write, with what a display must know of it. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
}

/** All that a command meets of its process, so that it runs without one. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
  /** The answer to a question on stderr; undefined when there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

export function processIo(signal: AbortSignal): Io {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    env: process.env,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    ask: (question) => askOnStderr(question, signal),
    signal,
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    columns: () => sizeOr(stream.columns, DEFAULT_COLUMNS),
    rows: () => sizeOr(stream.rows, DEFAULT_ROWS),
  };
}

/** Pipes have no size, and some terminals say 0. */
const sizeOr = (size: number | undefined, otherwise: number): number =>
  size === undefined || size <= 0 ? otherwise : size;

async function askOnStderr(question: string, signal: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // In a question the terminal hands Ctrl-C to readline.
  lines.on("SIGINT", () => process.emit("SIGINT"));
  try {
    return await Promise.race([
      lines.question(question, { signal }),
      new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined))),
    ]);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}

/**
 * Whether to colour: `--no-color` and NO_COLOR say no, then FORCE_COLOR says yes (0: no), else terminals are coloured.
 * Source: no-color.org and force-color.org.
 */
export function wantsColour(output: Output, env: Io["env"], flag: boolean): boolean {
  if (!flag || (env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return output.isTerminal && env["TERM"] !== "dumb";
}
