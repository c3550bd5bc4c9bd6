import type { Instant } from "../cloud/instant.ts";
import { HOUR, MINUTE, SECOND } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { FrameStyle } from "../diagnostic/frame.ts";
import type { Styler } from "./styler.ts";

/** `1 write`, `2 writes`, `2 base path mappings`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${amount === 1 ? noun : `${noun}s`}`;
}

/** A kind as people say it: `record set`, `API domain`. */
export function kindWords(kind: string): string {
  if (kind === "check-user") return "shared check use";
  const words = kind.replaceAll("-", " ");
  return words.startsWith("api ") ? `API ${words.slice(4)}` : words;
}

/** How long something takes, rounded as an estimate deserves: `about 40 s`, `about 22 min`, `about 3 h 10 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < SECOND) return "less than a second";
  if (milliseconds < 90 * SECOND) return `about ${Math.ceil(milliseconds / SECOND)} s`;
  const minutes = Math.ceil(milliseconds / MINUTE);
  if (minutes < 90) return `about ${minutes} min`;
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** Time since the start, as a run shows it: `T+05:30`, `T+1:05:30`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.floor((Math.max(0, milliseconds) % MINUTE) / SECOND);
  const minutes = Math.floor((Math.max(0, milliseconds) % HOUR) / MINUTE);
  const hours = Math.floor(Math.max(0, milliseconds) / HOUR);
  return `T+${hours === 0 ? "" : `${hours}:`}${two(minutes)}:${two(seconds)}`;
}

const two = (part: number): string => String(part).padStart(2, "0");

/** An instant as text for machines: `2026-01-01T00:00:00.000Z`. */
export const timestamp = (at: Instant): string => new Date(at).toISOString();

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

/** Lines that fit next to each other: every column as wide as its widest cell, without blanks at the end. */
export function columns(rows: readonly (readonly string[])[], gap = "  "): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** Text cut to a width, the cut shown. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  return width < 1 ? "" : `${text.slice(0, width - 1)}…`;
}

/** The colours of diagnostics. */
export function frameStyle(style: Styler): FrameStyle {
  const bySeverity: Readonly<Record<Diagnostic["severity"], (text: string) => string>> = {
    error: style.red,
    warning: style.yellow,
    remark: style.cyan,
  };
  return {
    severity: (severity, text) => style.bold(bySeverity[severity](text)),
    gutter: style.dim,
    help: style.bold,
  };
}
