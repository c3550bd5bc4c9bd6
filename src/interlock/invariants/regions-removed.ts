import type { Region } from "../../cloud/call.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import { regionAt } from "../../resource/record-endpoint.ts";
import { answersOf } from "../reachable.ts";
import type { Reachable, WatchedName } from "../reachable.ts";

/**
 * A name loses no more Regions in one run than the manifest's limits let it, or the user has lifted for this one.
 * Source: Cloudflare, post mortem of 2025-07-14 (a change that took hold everywhere at once), checked 2026-11-23.
 */
export const regionsRemoved = {
  code: "TOO_MANY_REGIONS_GONE",
  check: (at: Reachable) =>
    at.names.flatMap((watched) => {
      const now = regionsOf(at.cloud, watched);
      const gone = [...regionsOf(at.baseline, watched)].filter((region) => !now.has(region));
      if (watched.retired || gone.length <= at.policy.regionsRemovedPerRun) return [];
      return [
        {
          code: "TOO_MANY_REGIONS_GONE",
          name: watched.name,
          viewpoint: gone[0],
          message: `${display(watched.name)} is no longer answered from ${gone.join(", ")}; ${at.policy.regionsRemovedPerRun} may go in one run (limits.regionsRemovedPerRun).`,
          help: "Remove one Region after the other, or lift this one limit for one run with `--lift regionsRemovedPerRun`.",
        },
      ];
    }),
} satisfies Invariant;

/** Regions that a client can be led to; IPv6 stands beside IPv4. */
const regionsOf = (cloud: Cloud, watched: WatchedName): ReadonlySet<Region> =>
  new Set(answersOf(cloud, watched).flatMap((record) => (record.Type === "AAAA" ? [] : (regionAt(record) ?? []))));
