import type { CodeEntry } from "./code-entry.ts";
import { manifestCodes } from "./codes-manifest.ts";
import { planCodes } from "./codes-plan.ts";
import { runCodes } from "./codes-run.ts";

/** Every code there is. A new group of codes is a file `codes-<group>.ts` and its line here. */
export const codes: readonly CodeEntry[] = [
  ...manifestCodes, // the manifest's text, shape and rules
  ...planCodes, // reading the estate, planning
  ...runCodes, // the proof, the run
];

const byCode: ReadonlyMap<string, CodeEntry> = new Map(codes.map((entry) => [entry.code, entry]));

/** What a code means; undefined for a code that is not registered. Case does not matter. */
export function explain(code: string): CodeEntry | undefined {
  return byCode.get(code.trim().toUpperCase());
}
