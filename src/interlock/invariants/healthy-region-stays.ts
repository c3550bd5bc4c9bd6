import type { Cloud, RecordSet } from "../../cloud/cloud.ts";
import { isHealthy } from "../../cloud/route53/health.ts";
import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import { regionAt } from "../../resource/record-endpoint.ts";
import { answersOf } from "../reachable.ts";
import type { Reachable, WatchedName } from "../reachable.ts";

/**
 * While a healthy Region answers for a name, one does in every state: where none is healthy, Route 53 answers with all.
 * Source: Meta, "More details about the October 4 outage" (2021): the last healthy ones were taken out, checked 2026-11-23.
 */
export const healthyRegionStays = {
  code: "LAST_HEALTHY_REGION",
  check: (at: Reachable) =>
    at.names.flatMap((watched) => {
      const now = answersOf(at.cloud, watched);
      const before = healthy(at.baseline, watched, answersOf(at.baseline, watched));
      if (watched.retired || now.length === 0 || before.length === 0 || healthy(at.cloud, watched, now).length > 0)
        return [];
      return [
        {
          code: "LAST_HEALTHY_REGION",
          name: watched.name,
          viewpoint: before.map(regionAt)[0],
          message: `No Region of ${display(watched.name)} that is left is healthy; ${[...new Set(before.flatMap((record) => regionAt(record) ?? []))].join(", ")} was.`,
          help: "Bring another Region to health, or add one, before this one goes.",
        },
      ];
    }),
} satisfies Invariant;

const healthy = (cloud: Cloud, { zone }: WatchedName, records: readonly RecordSet[]): readonly RecordSet[] =>
  records.filter(({ HealthCheckId: id }) => id === undefined || isHealthy(cloud, zone.account, id));
