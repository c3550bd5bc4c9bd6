import type { Diagnostic, Position, Severity } from "./diagnostic.ts";

/** How to colour the parts of a frame. Each function wraps text in whatever the output understands. */
export interface FrameStyle {
  readonly severity: (severity: Severity, text: string) => string;
  readonly gutter: (text: string) => string;
  readonly help: (text: string) => string;
}

const plain: FrameStyle = {
  severity: (_severity, text) => text,
  gutter: (text) => text,
  help: (text) => text,
};

/** A line longer than this is shown as a window around the caret. */
const WINDOW = 120;

/**
 * One diagnostic as people read it: a headline, the place, the line with a caret under what is wrong, and the way out.
 * `source` is the text of the file that `where` points into; without it, or without a position, there is no excerpt.
 * Several lines, without a newline at the end.
 */
export function renderFrame(diagnostic: Diagnostic, source?: string, style: FrameStyle = plain): string {
  return frameRenderer(source, style)(diagnostic);
}

/** The same for many diagnostics of one source: the source is split into lines only once. */
export function frameRenderer(source?: string, style: FrameStyle = plain): (diagnostic: Diagnostic) => string {
  const lines = source?.split(/\r\n|\n|\r/);
  return (diagnostic) => {
    const head = `${style.severity(diagnostic.severity, `${diagnostic.severity}[${diagnostic.code}]`)}: ${diagnostic.message}`;
    const where = diagnostic.where;
    const width = where === undefined ? 1 : String(where.line).length;
    const out = [head];
    if (where !== undefined) {
      out.push(`${style.gutter(`${" ".repeat(width + 1)}-->`)} ${place(where)}`);
      const line = lines?.[where.line - 1];
      if (line !== undefined) out.push(...excerpt(line, where, width, diagnostic.severity, style));
    } else if (diagnostic.subject !== undefined) {
      out.push(`${style.gutter(`${" ".repeat(width + 1)}-->`)} ${diagnostic.subject}`);
    }
    if (diagnostic.help !== undefined) {
      out.push(`${style.gutter(`${" ".repeat(width + 1)}=`)} ${style.help("help")}: ${diagnostic.help}`);
    }
    return out.join("\n");
  };
}

/** `file:line:column`, as editors and terminals make it a link. */
function place(where: Position): string {
  return `${where.file}:${where.line}:${where.column}`;
}

function excerpt(line: string, where: Position, width: number, severity: Severity, style: FrameStyle): string[] {
  const start = where.column - 1;
  const end =
    where.endLine === where.line
      ? Math.max(where.endColumn - 1, start + 1)
      : Math.max(line.trimEnd().length, start + 1);
  const from = start > WINDOW * 0.75 ? start - Math.floor(WINDOW / 4) : 0;
  const before = visible(line.slice(from, start));
  const marked = visible(line.slice(start, Math.min(end, from + WINDOW)));
  const after = visible(line.slice(Math.min(end, from + WINDOW), from + WINDOW));
  const lead = from > 0 ? "…" : "";
  const tail = line.length > from + WINDOW ? "…" : "";
  const gutter = (label: string): string => style.gutter(`${label.padStart(width)} |`);
  const carets = "^".repeat(Math.max(1, columns(marked)));
  return [
    gutter(""),
    `${gutter(String(where.line))} ${lead}${before}${marked}${after}${tail}`.trimEnd(),
    `${gutter("")} ${" ".repeat(columns(lead + before))}${style.severity(severity, carets)}`,
  ];
}

/** Tabs have no fixed width and control characters move the cursor: both become something with one column. */
function visible(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(/[\p{Control}\p{Format}]/gu, "·");
}

/** Terminal columns, near enough: East Asian wide characters and pictures take two, combining marks none. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return count;
}
