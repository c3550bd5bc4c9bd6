import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { diagnose } from "./report.ts";
import type { SourceText } from "./source-text.ts";

/** Ten megabytes of ASCII; far more than ten thousand names need. */
const CHARACTERS_MAX = 10 * 1024 * 1024;
/** What no text holds, and U+FFFD, which decoding puts where bytes are not UTF-8. */
const NOT_TEXT = /[\0-\x08\x0e-\x1f\x7f\ufffd]/;

/** Why a text is not worth parsing, or undefined. */
export function unreadable(source: SourceText): Diagnostic | undefined {
  if (source.text.length > CHARACTERS_MAX) {
    const message = `The manifest has ${source.text.length.toLocaleString("en")} characters; at most ${CHARACTERS_MAX.toLocaleString("en")} are read.`;
    return diagnose(
      source,
      { start: 0, end: 1 },
      { code: "MANIFEST_TOO_LARGE", message, help: "Split it into several manifests." },
    );
  }
  const start = source.text.search(NOT_TEXT);
  if (start === -1) return undefined;
  return diagnose(
    source,
    { start, end: start + 1 },
    { code: "MANIFEST_NOT_TEXT", message: "The manifest is not UTF-8 text.", help: "Save the file as UTF-8." },
  );
}
