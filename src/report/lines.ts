import type { Event } from "../execute/event.ts";
import type { Progress } from "./progress.ts";
import { shownAddress } from "./step-words.ts";
import { count, elapsed } from "./words.ts";

/**
 * One event as a line for pipes and logs, or undefined for one that is not worth a line: reads that went well, and
 * what the line of a write says already. `progress` is where the run stands after it.
 */
export function eventLine(event: Event, progress: Progress): string | undefined {
  const what = words(event, progress);
  return what === undefined ? undefined : `${elapsed(event.at - progress.startedAt)}  ${what}`;
}

function words(event: Event, progress: Progress): string | undefined {
  switch (event.type) {
    case "started":
      return `start    ${count(event.steps.length, "step")}, plan ${event.digest.slice(0, 8)}`;
    case "step":
      return stepWords(event, progress);
    case "call":
      return callWords(event);
    case "finished":
      return undefined;
  }
}

function stepWords(
  { id, state, why, ...event }: Extract<Event, { type: "step" }>,
  { rows }: Progress,
): string | undefined {
  const action = rows.get(id)?.action;
  const address = action === undefined ? event.address : shownAddress(action, event.address);
  switch (state) {
    case "waiting":
      return `wait     ${address} waits for ${why ?? "its turn"}`;
    case "done":
      return `done     ${address}`;
    case "failed":
      return `failed   ${address}: ${why ?? "no reason was given"}`;
    case "skipped":
      return `skipped  ${address}: ${why ?? "what it needs is not there"}`;
    case "ready":
    case "calling":
      return undefined;
  }
}

function callWords({
  service,
  operation,
  region,
  write,
  code,
  steps,
}: Extract<Event, { type: "call" }>): string | undefined {
  if (!write && code === "ok") return undefined;
  const many = steps.length > 1 ? ` for ${steps.length} steps` : "";
  const answered = code === "ok" ? "" : code === "unknown" ? ": the answer was lost" : `: ${code}`;
  return `call     ${service} ${operation} in ${region}${many}${answered}`;
}
