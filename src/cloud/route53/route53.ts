import type { Call, Ids, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated } from "../outcome.ts";
import { changeResourceRecordSets } from "./change-batch.ts";
import { getChange } from "./get-change.ts";
import {
  createHealthCheck,
  deleteHealthCheck,
  getHealthCheck,
  listHealthChecks,
  updateHealthCheck,
} from "./health-check.ts";
import { createHostedZone, deleteHostedZone, getHostedZone } from "./hosted-zone.ts";
import { listHostedZones, listHostedZonesByName } from "./list-hosted-zones.ts";
import { listResourceRecordSets } from "./list-record-sets.ts";

/** The operations of Route 53 that are modelled, by AWS's names. */
export const route53Operations: Readonly<Record<string, Step>> = {
  ChangeResourceRecordSets: changeResourceRecordSets,
  CreateHealthCheck: createHealthCheck,
  CreateHostedZone: createHostedZone,
  DeleteHealthCheck: deleteHealthCheck,
  DeleteHostedZone: deleteHostedZone,
  GetChange: getChange,
  GetHealthCheck: getHealthCheck,
  GetHostedZone: getHostedZone,
  ListHealthChecks: listHealthChecks,
  ListHostedZones: listHostedZones,
  ListHostedZonesByName: listHostedZonesByName,
  ListResourceRecordSets: listResourceRecordSets,
  UpdateHealthCheck: updateHealthCheck,
};

/** What Route 53 makes of a call. */
export function stepRoute53(cloud: Cloud, call: Call, ids: Ids): Outcome {
  const operation = Object.hasOwn(route53Operations, call.operation) ? route53Operations[call.operation] : undefined;
  return operation === undefined ? notEmulated(call) : operation(cloud, call, ids);
}
