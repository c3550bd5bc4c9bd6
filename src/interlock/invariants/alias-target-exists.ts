import type { Cloud } from "../../cloud/cloud.ts";
import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import { domainAt, leads } from "../reachable.ts";
import type { Reachable } from "../reachable.ts";
import { endpointOf } from "../../resource/record-endpoint.ts";
import type { Endpoint } from "../../resource/record-endpoint.ts";

/**
 * Whatever a name answers, or resolvers still hold of it, leads to an endpoint that exists. What was broken before the
 * plan is not held against it.
 * Source: dangling records are how names are lost and taken over (AWS Security Blog on dangling DNS), checked 2026-11-23.
 */
export const aliasTargetExists = {
  code: "TARGET_MISSING",
  check: (at: Reachable) =>
    [...leads(at)].flatMap(({ watched, record, held }) => {
      const endpoint = endpointOf(record);
      if (
        endpoint === undefined ||
        domainAt(at.cloud, at.account, endpoint) !== undefined ||
        wasBroken(at.baseline, at.account, endpoint)
      )
        return [];
      return [
        {
          code: "TARGET_MISSING",
          name: watched.name,
          viewpoint: endpoint.region,
          message: `${held ? "Resolvers may still answer" : "Clients are answered"} ${display(watched.name)} with ${display(endpoint.host)}, which does not exist.`,
          help: held
            ? "The endpoint must stay until its drain has passed."
            : "The endpoint must exist before a record points to it.",
        },
      ];
    }),
} satisfies Invariant;

/** A record of the baseline that led nowhere already. Nothing that the plan itself makes can be in the baseline. */
const wasBroken = (baseline: Cloud, account: string, endpoint: Endpoint): boolean => {
  for (const { zones } of baseline.accounts)
    for (const zone of zones)
      for (const record of zone.recordSets)
        if (endpointOf(record)?.host === endpoint.host) return domainAt(baseline, account, endpoint) === undefined;
  return false;
};
