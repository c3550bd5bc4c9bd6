import type { Step } from "../call.ts";
import { getAccountLimit, getHealthCheckCount, getHostedZoneCount, getHostedZoneLimit } from "./account-limits.ts";
import { changeResourceRecordSets } from "./change-batch.ts";
import { getCheckerIpRanges } from "./checkers.ts";
import { getChange } from "./get-change.ts";
import { getHealthCheckLastFailureReason, getHealthCheckStatus } from "./health-check-status.ts";
import {
  createHealthCheck,
  deleteHealthCheck,
  getHealthCheck,
  listHealthChecks,
  updateHealthCheck,
} from "./health-check.ts";
import {
  createHostedZone,
  deleteHostedZone,
  getDnssec,
  getHostedZone,
  updateHostedZoneComment,
} from "./hosted-zone.ts";
import { listHostedZones, listHostedZonesByName } from "./list-hosted-zones.ts";
import { listResourceRecordSets } from "./list-record-sets.ts";
import { changeTagsForResource, listTagsForResource, listTagsForResources } from "./tags.ts";
import { testDnsAnswer } from "./test-dns-answer.ts";

/** The operations of Route 53 that are modelled, by AWS's names. */
export const route53Operations: Readonly<Record<string, Step>> = {
  ChangeResourceRecordSets: changeResourceRecordSets,
  ChangeTagsForResource: changeTagsForResource,
  CreateHealthCheck: createHealthCheck,
  CreateHostedZone: createHostedZone,
  DeleteHealthCheck: deleteHealthCheck,
  DeleteHostedZone: deleteHostedZone,
  GetAccountLimit: getAccountLimit,
  GetChange: getChange,
  GetCheckerIpRanges: getCheckerIpRanges,
  GetDNSSEC: getDnssec,
  GetHealthCheck: getHealthCheck,
  GetHealthCheckCount: getHealthCheckCount,
  GetHealthCheckLastFailureReason: getHealthCheckLastFailureReason,
  GetHealthCheckStatus: getHealthCheckStatus,
  GetHostedZone: getHostedZone,
  GetHostedZoneCount: getHostedZoneCount,
  GetHostedZoneLimit: getHostedZoneLimit,
  ListHealthChecks: listHealthChecks,
  ListHostedZones: listHostedZones,
  ListHostedZonesByName: listHostedZonesByName,
  ListResourceRecordSets: listResourceRecordSets,
  ListTagsForResource: listTagsForResource,
  ListTagsForResources: listTagsForResources,
  TestDNSAnswer: testDnsAnswer,
  UpdateHealthCheck: updateHealthCheck,
  UpdateHostedZoneComment: updateHostedZoneComment,
};
