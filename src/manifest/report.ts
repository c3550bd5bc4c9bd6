import type { ManifestCode } from "../diagnostic/codes-manifest.ts";
import { manifestCodes } from "../diagnostic/codes-manifest.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { locate } from "./located.ts";
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

const severities = new Map<string, Diagnostic["severity"]>(manifestCodes.map(({ code, severity }) => [code, severity]));

/** A finding as a diagnostic: the severity is the code's. */
export function diagnose(source: SourceText, range: Range, { code, message, help }: Finding): Diagnostic {
  const severity = severities.get(code);
  if (severity === undefined) throw new Error(`${code} is not registered`);
  return { code, severity, message, where: source.position(range), ...(help === undefined ? {} : { help }) };
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
  if (whole) return { start: at.range.start, end: at.range.start + 1 };
  const empty = at.range.end <= at.range.start;
  return on === "key" || empty || at.collection ? at.key : at.range;
}
