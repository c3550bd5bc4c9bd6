import { SECOND } from "../instant.ts";
import type { Bucket } from "../throttle.ts";

// Sources, checked 2026-11-23. [quotas] Developer Guide, "Quotas" (DNSLimitations); [throttle] Developer Guide,
// "Throttling API requests"; [api] API Reference, the operation's own page.

/** ResourceRecord elements of one change batch; an alias counts as one, an UPSERT twice. [quotas] */
export const BATCH_RECORDS_MAX = 1_000;
/** Characters of all Value elements of one change batch; an UPSERT counts twice. [quotas] */
export const BATCH_VALUE_CHARACTERS_MAX = 32_000;
/** Values of one record set. [quotas] */
export const RECORD_SET_VALUES_MAX = 400;
/** Record sets of one name and type under a routing policy. [quotas] */
export const POLICY_RECORD_SETS_MAX = 100;
/** Characters of one value. [quotas] */
export const VALUE_CHARACTERS_MAX = 4_000;
/** Characters of a set identifier. [api] */
export const SET_IDENTIFIER_CHARACTERS_MAX = 128;
/** Seconds. [api] */
export const TTL_MAX = 2_147_483_647;

/**
 * How long resolvers keep the answer of an alias record, in seconds: that of its target.
 * Source: Developer Guide, "Choosing between alias and non-alias records".
 */
// Assumed: the address records of API Gateway and of load balancers have a TTL of 60 s; AWS names it for ELB only.
export const ALIAS_TTL_SECONDS = 60;

/** Page sizes. [api] */
export const RECORD_SETS_PAGE_MAX = 300;
export const ZONES_PAGE_MAX = 100;
export const HEALTH_CHECKS_PAGE_MAX = 1_000;
export const HEALTH_CHECKS_PAGE_DEFAULT = 100;

/** Children of a calculated health check, as the API takes them; the quota page says 255. [api] */
export const HEALTH_CHECK_CHILDREN_MAX = 256;
/** Characters of an id; of a name or a target, of a comment, of a value. [api] */
export const ZONE_ID_CHARACTERS_MAX = 32;
export const HEALTH_CHECK_ID_CHARACTERS_MAX = 64;
export const NAME_CHARACTERS_MAX = 1_024;
export const COMMENT_CHARACTERS_MAX = 256;

/** Tags of one hosted zone or health check, and as many added or removed by one request. [api] */
export const TAGS_MAX = 10;
export const TAG_KEY_CHARACTERS_MAX = 128;
export const TAG_VALUE_CHARACTERS_MAX = 256;
/** Resources whose tags one request lists. [api] */
export const TAGGED_RESOURCES_MAX = 10;

/** Values of one multivalue answer. Source: Developer Guide, "Multivalue answer routing". */
export const MULTIVALUE_ANSWERS_MAX = 8;

/**
 * From a change's submission to INSYNC, in milliseconds. Source: API Reference, ChangeResourceRecordSets: "generally
 * within 60 seconds".
 */
// Assumed: 30 s, about what is seen in practice. Every change takes the same time, so the changes of one zone become
// INSYNC in the order in which they were made.
export const PROPAGATION_MS = 30 * SECOND;

/** All actions of an account together. [throttle] */
export const ACCOUNT_BUCKET: Bucket = { capacity: 50, refillPerSecond: 10 };

const ACTION_BUCKETS: Readonly<Record<string, Bucket>> = {
  CreateHealthCheck: { capacity: 50, refillPerSecond: 0.5 },
  CreateHostedZone: { capacity: 40, refillPerSecond: 2 },
  DeleteHealthCheck: { capacity: 15, refillPerSecond: 3 },
  DeleteHostedZone: { capacity: 40, refillPerSecond: 5 },
  GetHealthCheckLastFailureReason: { capacity: 4, refillPerSecond: 1 },
  GetHealthCheckStatus: { capacity: 4, refillPerSecond: 1 },
};
const OTHER_ACTION_BUCKET: Bucket = { capacity: 50, refillPerSecond: 10 };

/** The bucket of one action of an account, which holds beside `ACCOUNT_BUCKET`. [throttle] */
export function actionBucket(operation: string): Bucket {
  return ACTION_BUCKETS[operation] ?? OTHER_ACTION_BUCKET;
}
