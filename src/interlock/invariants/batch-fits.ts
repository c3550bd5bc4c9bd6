import type { Call } from "../../cloud/call.ts";
import { BATCH_RECORDS_MAX, BATCH_VALUE_CHARACTERS_MAX } from "../../cloud/route53/limits.ts";
import { batchOf } from "../batch.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/**
 * What a step needs in one change batch fits into one. Steps are merged only as far as they fit; a single one is never
 * taken apart, because the swap of a name is whole or nothing.
 * Source: Route 53 Developer Guide, "Quotas", ChangeResourceRecordSets requests, checked 2026-11-23.
 */
export const batchFits = {
  code: "BATCH_TOO_LARGE",
  allows(call: Call, at: Reachable) {
    let records = 0;
    let characters = 0;
    for (const { Action, ResourceRecordSet } of batchOf(call)?.changes ?? []) {
      const times = Action === "UPSERT" ? 2 : 1;
      const values = ResourceRecordSet.ResourceRecords ?? [];
      records += times * Math.max(1, values.length);
      for (const { Value } of values) characters += times * Value.length;
    }
    const over =
      records > BATCH_RECORDS_MAX
        ? `${records} records; ${BATCH_RECORDS_MAX}`
        : characters > BATCH_VALUE_CHARACTERS_MAX
          ? `${characters} characters of values; ${BATCH_VALUE_CHARACTERS_MAX}`
          : undefined;
    if (over === undefined) return [];
    return [
      {
        code: "BATCH_TOO_LARGE",
        name: at.names[0]?.name ?? nowhere,
        viewpoint: undefined,
        message: `One change batch would have ${over} may be in one.`,
        help: "Change fewer Regions of the name at once.",
      },
    ];
  },
} satisfies Invariant;
