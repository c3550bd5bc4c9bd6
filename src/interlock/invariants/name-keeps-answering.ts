import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import { answersOf } from "../reachable.ts";

/**
 * A name that answered when the plan was made answers in every state, unless it is retired.
 * Source: AWS, summary of the DynamoDB disruption of 2025-10-19 (a cleanup left an empty record), checked 2026-11-23.
 */
export const nameKeepsAnswering: Invariant = {
  code: "NAME_GOES_DARK",
  check: (at) =>
    at.names.flatMap((watched) => {
      if (watched.retired) return [];
      const now = new Set(answersOf(at.cloud, watched).map((record) => record.Type));
      const lost = answersOf(at.baseline, watched).find((record) => !now.has(record.Type));
      // A Region that has no IPv6 takes the AAAA record from all: every client that can reach the others still has A.
      if (lost === undefined || (lost.Type === "AAAA" && now.has("A"))) return [];
      return [
        {
          code: "NAME_GOES_DARK",
          name: watched.name,
          viewpoint: lost.Region,
          message: `${display(watched.name)} has no ${lost.Type} record any more: clients get no answer.`,
          help: "Add a Region before the last one goes, or list the name under `retire:`.",
        },
      ];
    }),
};
