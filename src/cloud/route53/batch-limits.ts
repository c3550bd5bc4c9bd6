import type { Fault } from "../call.ts";
import type { Account, Cloud } from "../cloud.ts";
import { exceedsQuota, quotaOf } from "../quotas.ts";
import { invalidChangeBatch } from "./faults.ts";
import { BATCH_RECORDS_MAX, BATCH_VALUE_CHARACTERS_MAX } from "./limits.ts";
import type { Change } from "./record-shape.ts";

/** Source: Developer Guide, "Quotas", maximums of ChangeResourceRecordSets requests, checked 2026-11-23. */
export function batchFault(changes: readonly Change[]): Fault | undefined {
  let records = 0;
  let characters = 0;
  for (const { action, record } of changes) {
    const times = action === "UPSERT" ? 2 : 1;
    const values = record.ResourceRecords ?? [];
    records += times * Math.max(1, values.length);
    for (const { Value } of values) characters += times * Value.length;
  }
  if (records > BATCH_RECORDS_MAX) {
    return invalidChangeBatch([`Number of records limit of ${BATCH_RECORDS_MAX} exceeded.`]);
  }
  // Assumed: the wording.
  return characters > BATCH_VALUE_CHARACTERS_MAX
    ? invalidChangeBatch([`Number of characters limit of ${BATCH_VALUE_CHARACTERS_MAX} exceeded.`])
    : undefined;
}

/** Source: Developer Guide, "Quotas", quotas on records, checked 2026-11-23. */
// Assumed: the code and the wording, which are those of the batch's own limit.
export function zoneQuotaFault(cloud: Cloud, account: Account, before: number, after: number): Fault | undefined {
  if (!exceedsQuota(cloud, account.id, "route53.recordSets", before, after)) return undefined;
  const most = quotaOf(cloud, account.id, "route53.recordSets");
  return invalidChangeBatch([`Number of records limit of ${most} exceeded.`]);
}
