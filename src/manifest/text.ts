import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { diagnose } from "./report.ts";
import { sourceText } from "./source-text.ts";
import type { SourceText } from "./source-text.ts";

/** Ten megabytes of ASCII; far more than ten thousand names need. */
const CHARACTERS_MAX = 10 * 1024 * 1024;
/** UTF-8 has at most three bytes for one UTF-16 code unit. */
const BYTES_MAX = 3 * CHARACTERS_MAX;

/** Why a file is not worth reading, or undefined: nothing that it could hold is short enough. */
export function tooManyBytes(bytes: number, file: string): Diagnostic | undefined {
  if (bytes <= BYTES_MAX) return undefined;
  const message = `The manifest has ${bytes.toLocaleString("en")} bytes; at most ${CHARACTERS_MAX.toLocaleString("en")} characters are read.`;
  return diagnose(sourceText("", file), { start: 0, end: 0 }, { code: "MANIFEST_TOO_LARGE", message, help: SPLIT });
}

const SPLIT = "Split it into several manifests with names of their own.";

/** What no text holds, and U+FFFD, which decoding puts where bytes are not UTF-8. */
const NOT_TEXT = /[\0-\x08\x0e-\x1f\x7f\ufffd]/;

/** Decoded as UTF-8, UTF-16 has a zero beside every letter, and its byte order mark is two U+FFFD. */
const UTF_16 = /^(?:\ufffd\ufffd|[ -~]\0|\0[ -~])/;

function whatItIs(text: string, at: number): { readonly message: string; readonly help: string } {
  if (UTF_16.test(text)) return { message: "The manifest is UTF-16 text.", help: "Save the file as UTF-8." };
  const found = text.charCodeAt(at);
  if (found === 0xfffd)
    return { message: "The manifest is not UTF-8 text.", help: "Save the file as UTF-8, or name another file." };
  const name = `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    message: `The manifest holds the control character ${name}.`,
    help: "Remove it; or name another file, if this is no text.",
  };
}

/** Why a text is not worth parsing, or undefined. */
export function unreadable(source: SourceText): Diagnostic | undefined {
  if (source.text.length > CHARACTERS_MAX) {
    const message = `The manifest has ${source.text.length.toLocaleString("en")} characters; at most ${CHARACTERS_MAX.toLocaleString("en")} are read.`;
    return diagnose(source, { start: 0, end: 1 }, { code: "MANIFEST_TOO_LARGE", message, help: SPLIT });
  }
  const start = source.text.search(NOT_TEXT);
  if (start === -1) return undefined;
  return diagnose(source, { start, end: start + 1 }, { code: "MANIFEST_NOT_TEXT", ...whatItIs(source.text, start) });
}
