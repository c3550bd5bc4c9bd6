import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { frameRenderer } from "../diagnostic/frame.ts";
import type { Styler } from "../report/styler.ts";
import { frameStyle } from "../report/words.ts";
import { stylerFor } from "./colours.ts";
import type { OutputFlags } from "./flags.ts";
import type { Io } from "./io.ts";

/** How a command speaks: its result on stdout, all else on stderr. */
export interface Shell {
  readonly io: Io;
  readonly json: boolean;
  readonly outStyle: Styler;
  readonly errStyle: Styler;
  /** The command's result: this text, or with `--format json` this document, and nothing else on stdout. */
  readonly result: (text: (style: Styler) => string, document: () => unknown) => void;
  /** A word beside the result. */
  readonly note: (text: string) => void;
  /** What went wrong, and the way out. */
  readonly complain: (what: string, help?: string) => void;
  readonly diagnose: (diagnostics: readonly Diagnostic[], source?: string) => void;
}

export function openShell(io: Io, flags: OutputFlags): Shell {
  const json = flags.format === "json";
  const outStyle = stylerFor(io.stdout, io.env, flags.color);
  const errStyle = stylerFor(io.stderr, io.env, flags.color);
  const note = (text: string): void => io.stderr.write(`${text}\n`);
  return {
    io,
    json,
    outStyle,
    errStyle,
    note,
    result(text, document) {
      io.stdout.write(json ? `${JSON.stringify(document(), undefined, 2)}\n` : `${text(outStyle)}\n`);
    },
    complain(what, help) {
      note(`${errStyle.bold(errStyle.red("error"))}: ${what}`);
      if (help !== undefined) note(`  ${errStyle.dim("=")} ${errStyle.bold("help")}: ${help}`);
    },
    diagnose(diagnostics, source) {
      const frame = frameRenderer(source, frameStyle(errStyle));
      for (const each of diagnostics) note(`${frame(each)}\n`);
    },
  };
}
