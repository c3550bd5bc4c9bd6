import type { ManifestCode } from "../diagnostic/codes-manifest.ts";
import { manifestCodes } from "../diagnostic/codes-manifest.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Range, SourceText } from "./source-text.ts";

/** What is wrong at a place in the text. */
export interface Finding {
  readonly code: ManifestCode;
  readonly message: string;
  readonly help?: string | undefined;
}

const severities = new Map(manifestCodes.map(({ code, severity }) => [code, severity]));

/** A finding as a diagnostic: the severity is the code's. */
export function diagnose(source: SourceText, range: Range, { code, message, help }: Finding): Diagnostic {
  const severity = severities.get(code);
  if (severity === undefined) throw new Error(`${code} is not registered`);
  return { code, severity, message, where: source.position(range), ...(help === undefined ? {} : { help }) };
}
