import type { Instant } from "../cloud/instant.ts";
import type { Event } from "../execute/event.ts";
import { count, elapsed } from "./words.ts";

/**
 * One event as a line for pipes and logs, or undefined for one that is not worth a line: reads that went well, and
 * what the line of a write says already. `from` is when the run started.
 */
export function eventLine(event: Event, from: Instant): string | undefined {
  const what = words(event);
  return what === undefined ? undefined : `${elapsed(event.at - from)}  ${what}`;
}

function words(event: Event): string | undefined {
  switch (event.type) {
    case "started":
      return `start    ${count(event.steps.length, "step")}, plan ${event.digest.slice(0, 8)}`;
    case "step":
      return stepWords(event);
    case "call":
      return callWords(event);
    case "finished":
      return undefined;
  }
}

function stepWords({ state, address, why }: Extract<Event, { type: "step" }>): string | undefined {
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

function callWords({ service, operation, region, write, code, steps }: Extract<Event, { type: "call" }>): string | undefined {
  if (!write && code === "ok") return undefined;
  const many = steps.length > 1 ? ` for ${steps.length} steps` : "";
  const answered = code === "ok" ? "" : code === "unknown" ? ": the answer was lost" : `: ${code}`;
  return `call     ${service} ${operation} in ${region}${many}${answered}`;
}
