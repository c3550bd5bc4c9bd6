import type { Position } from "../diagnostic/diagnostic.ts";

/** Offsets into a text, in UTF-16 code units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A file's text, and the way from offsets to lines and columns. */
export interface SourceText {
  readonly file: string;
  /** Without a byte order mark. */
  readonly text: string;
  position(range: Range): Position;
}

/** Costs one pass over the text; each position then costs a binary search. */
export function sourceText(text: string, file: string): SourceText {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const starts = lineStarts(plain);
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const line = lineAt(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  return {
    file,
    text: plain,
    position({ start, end }) {
      const from = place(Math.min(start, plain.length));
      const to = place(Math.min(Math.max(start, end), plain.length));
      return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last line that starts at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
