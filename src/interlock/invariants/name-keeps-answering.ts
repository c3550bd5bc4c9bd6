import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import type { Violation } from "../proof.ts";
import type { Reachable, WatchedName } from "../reachable.ts";
import { ADDRESS_TYPES, answersFrom, isAnswered } from "../viewpoints.ts";
import type { AddressType } from "../viewpoints.ts";

/**
 * A name that answered when the plan was made answers in every state and to clients near every Region, unless it is
 * retired; and where another name takes over from it, only once that one answers there.
 * Source: AWS, summary of the DynamoDB disruption of 2025-10-19 (a cleanup left an empty record), checked 2026-11-23.
 */
export const nameKeepsAnswering = {
  code: "NAME_GOES_DARK",
  check: (at: Reachable) =>
    at.names.flatMap((watched) => {
      const lost = firstLost(at, watched);
      if (lost !== undefined && watched.successor !== undefined) return tooSoon(at, watched, watched.successor, lost);
      if (lost === undefined || watched.retired) return [];
      const { type, regions, everywhere } = lost;
      return [
        {
          code: "NAME_GOES_DARK",
          name: watched.name,
          viewpoint: everywhere ? undefined : regions[0],
          message: `${display(watched.name)} has no ${type} record any more: clients ${everywhere ? "everywhere" : `near ${regions.join(", ")}`} get no answer.`,
          help: "Add a Region before the last one goes, or list the name under `retire:`.",
        },
      ];
    }),
} satisfies Invariant;

/** Clients that the old name lost, and whom the new one does not answer either. */
function tooSoon(at: Reachable, old: WatchedName, { name, zone }: WatchedName, lost: Lost): readonly Violation[] {
  const now = answersFrom(at.cloud, { name, zone, retired: false }, "A");
  const region = lost.regions.find((each) => !isAnswered(now.get(each)));
  if (region === undefined) return [];
  return [
    {
      code: "NAME_GOES_DARK",
      name: old.name,
      viewpoint: region,
      message: `${display(old.name)} stops answering before ${display(name)} answers, which takes over from it.`,
      help: "The new name must answer everywhere before the old one goes.",
    },
  ];
}

interface Lost {
  readonly type: AddressType;
  readonly regions: readonly string[];
  readonly everywhere: boolean;
}

function firstLost(at: Reachable, watched: WatchedName): Lost | undefined {
  const [addresses] = ADDRESS_TYPES.map((type) => answersFrom(at.cloud, watched, type));
  for (const type of ADDRESS_TYPES) {
    const now = answersFrom(at.cloud, watched, type);
    const then = answersFrom(at.baseline, watched, type);
    if (now === then) continue; // the very same zone
    const before = [...then].filter(([, result]) => isAnswered(result));
    // A Region that has no IPv6 takes the AAAA record from all: every client that can reach the others still has A.
    const lost = before.filter(
      ([region]) => !isAnswered(now.get(region)) && !(type === "AAAA" && isAnswered(addresses?.get(region))),
    );
    if (lost.length > 0)
      return { type, regions: lost.map(([region]) => region), everywhere: lost.length === now.size || now.size === 0 };
  }
  return undefined;
}
