import type { PlanOptions } from "../plan/options.ts";
import type { RunFlags } from "./flags.ts";

/** The command line that goes on from where a run stopped: the same, without what was for that run only. */
export function againCommand(goal: PlanOptions["goal"], file: string, flags: RunFlags): string {
  const parts = ["signalbox", goal === "retire" ? "destroy" : "reconcile", quoted(file)];
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
