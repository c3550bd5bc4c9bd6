import type { Cloud, RecordSet } from "../../cloud/cloud.ts";
import { accountOf } from "../../cloud/edit.ts";
import { display } from "../../dns/domain-name.ts";
import { regionAt } from "../../resource/record-endpoint.ts";
import type { Invariant } from "../invariant.ts";
import { answersOf, leads } from "../reachable.ts";
import type { Reachable, WatchedName } from "../reachable.ts";

/**
 * Every health check that an answer names, current or still held, is there, and so is every check that its gate counts.
 * Source: Route 53 API Reference, DeleteHealthCheck (the status of record sets that name a deleted check cannot be
 * predicted and may change), checked 2026-11-23.
 */
export const healthChecksExist = {
  code: "HEALTH_CHECK_MISSING",
  check: (at: Reachable) =>
    [...leads(at)].flatMap(({ watched, record, held }) => {
      const missing = missingOf(at.cloud, watched, record);
      if (missing === undefined || wasMissing(at.baseline, watched, missing)) return [];
      return [
        {
          code: "HEALTH_CHECK_MISSING",
          name: watched.name,
          viewpoint: regionAt(record),
          message: `${held ? "An answer that is still given for" : "The record set of"} ${display(watched.name)}${inRegion(record)} depends on the health check ${missing}, which does not exist.`,
          help: held
            ? "The check must stay until the record's drain has passed."
            : "The check must exist before a record names it, and go after the last one that does.",
        },
      ];
    }),
} satisfies Invariant;

const inRegion = (record: RecordSet): string => {
  const region = regionAt(record);
  return region === undefined ? "" : ` in ${region}`;
};

/** The id of the first check that is not there. */
function missingOf(cloud: Cloud, { zone }: WatchedName, record: RecordSet): string | undefined {
  const { healthChecks } = accountOf(cloud, zone.account);
  const id = record.HealthCheckId;
  if (id === undefined) return undefined;
  const check = healthChecks.get(id);
  return check === undefined
    ? id
    : (check.HealthCheckConfig.ChildHealthChecks ?? []).find((child) => !healthChecks.has(child));
}

const wasMissing = (baseline: Cloud, watched: WatchedName, id: string): boolean =>
  answersOf(baseline, watched).some((record) => missingOf(baseline, watched, record) === id);
