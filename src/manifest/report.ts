import type { CodeEntry } from "../diagnostic/code-entry.ts";
import type { ManifestCode } from "../diagnostic/codes-manifest.ts";
import { manifestCodes } from "../diagnostic/codes-manifest.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { keyRangeOf, locate, rangeOf } from "./located.ts";
import type { Located, Path } from "./located.ts";
import type { Range, SourceText } from "./source-text.ts";

/** What is wrong, without its place. */
export interface Finding {
  readonly code: ManifestCode;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Takes a finding about the value at a path, or about its key. What is not in the file is shown at what stands above it. */
export type Report = (finding: Finding, path: Path, on?: "key" | "value") => void;

const entries = new Map<string, CodeEntry>(manifestCodes.map((entry) => [entry.code, entry]));

/** A finding as a diagnostic: the severity is the code's, and so is the way out where the finding has none of its own. */
export function diagnose(source: SourceText, range: Range, { code, message, help }: Finding): Diagnostic {
  const entry = entries.get(code);
  if (entry === undefined) throw new Error(`${code} is not registered`);
  return {
    code,
    severity: entry.severity,
    message: printable(message),
    where: source.position(range),
    help: printable(help ?? entry.fix),
  };
}

/** What is quoted from the manifest may be long, and may hold what a terminal acts upon. */
function printable(sentence: string): string {
  return sentence
    .replaceAll(/[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu, (each) => {
      const code = each.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    })
    .replaceAll(/`([^`]{120})[^`]+`/g, (_whole, start: string) => `\`${start}…\``);
}

/** A report that collects into a list. */
export function reporter(source: SourceText, root: Located, into: Diagnostic[]): Report {
  return (finding, path, on = "value") => {
    const { at, exact } = locate(root, path);
    into.push(diagnose(source, shown(at, exact ? on : "key", at === root), finding));
  };
}

/** A mapping is shown by its key, as is an empty value; the whole manifest by its first character. */
function shown(at: Located, on: "key" | "value", whole: boolean): Range {
  if (whole) return { start: at.start, end: at.start + 1 };
  const empty = at.end <= at.start;
  return on === "key" || empty || at.parts !== undefined ? keyRangeOf(at) : rangeOf(at);
}
