import { display } from "../../dns/domain-name.ts";
import { markerOf } from "../../resource/swap.ts";
import type { Invariant } from "../invariant.ts";
import { answersOf } from "../reachable.ts";
import type { Reachable } from "../reachable.ts";

/**
 * A name that a marker says we manage is never left without an answer, also when the plan itself first published it.
 * Source: AWS, summary of the DynamoDB disruption of 2025-10-19 (an active plan was deleted), checked 2026-11-23.
 */
export const managedNameHasAnswer = {
  code: "NAME_EMPTIED",
  check: (at: Reachable) =>
    at.names.flatMap((watched) => {
      const isEmpty = (cloud: Reachable["cloud"]): boolean =>
        markerOf(cloud, watched) !== undefined && answersOf(cloud, watched).length === 0;
      if (watched.retired || !isEmpty(at.cloud) || isEmpty(at.baseline)) return [];
      return [
        {
          code: "NAME_EMPTIED",
          name: watched.name,
          viewpoint: undefined,
          message: `${display(watched.name)} is managed and has no record set left.`,
          help: "Publish another Region before the last one goes, or list the name under `retire:`.",
        },
      ];
    }),
} satisfies Invariant;
