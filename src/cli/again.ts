import type { PlanOptions } from "../plan/options.ts";
import type { RunFlags } from "./flags.ts";

/** The command line that goes on from where a run stopped: the same, without what was for that run only. */
export const againCommand = (goal: PlanOptions["goal"], file: string, flags: RunFlags): string =>
  commandLine([goal === "retire" ? "destroy" : "reconcile", file], flags);

/** The same for `undo`: of the same journal, not of its own. */
export const undoAgain = (file: string, journal: string, retire: readonly string[], flags: RunFlags): string =>
  commandLine(["undo", file, "--journal", journal, ...retire.flatMap((name) => ["--retire", name])], flags);

function commandLine(words: readonly string[], flags: RunFlags): string {
  const parts = ["signalbox", ...words.map(quoted)];
  if (flags.local === true) parts.push("--local");
  if (flags.localState !== undefined) parts.push("--local-state", quoted(flags.localState));
  if (flags.endpointUrl !== undefined) parts.push("--endpoint-url", quoted(flags.endpointUrl));
  if (flags.profile !== undefined) parts.push("--profile", quoted(flags.profile));
  for (const limit of flags.lift ?? []) parts.push("--lift", limit);
  if (flags.yes === true) parts.push("--yes");
  return parts.join(" ");
}

const quoted = (text: string): string =>
  /^[\w./:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
