import type { Call, Fault } from "../cloud/call.ts";
import type { Account, Cloud, RecordSet, ZoneChange } from "../cloud/cloud.ts";
import { accountOf, withAccount } from "../cloud/edit.ts";
import { absorb } from "../cloud/absorb.ts";
import { isRead } from "../cloud/conditional.ts";
import { idsOf } from "../cloud/ids.ts";
import { stepLetIn } from "../cloud/step-sent.ts";
import { domainName } from "../dns/domain-name.ts";
import { parseMarker } from "../resource/marker.ts";

export type Folded = { readonly ok: true; readonly cloud: Cloud } | { readonly ok: false; readonly fault: Fault };

/**
 * Overlays what AWS acknowledged: the model's own step, with the identifiers that AWS gave. A change of a zone is not
 * INSYNC until a GetChange says so. Fails where the model would have refused what AWS accepted.
 */
export function fold(cloud: Cloud, call: Call, output: unknown): Folded {
  if (isRead(call)) return { ok: true, cloud: absorb(cloud, call, output) };
  const outcome = stepLetIn(cloud, call, idsOf(call, output));
  return outcome.ok ? { ok: true, cloud: unsettled(cloud, outcome.cloud, call) } : outcome;
}

function unsettled(before: Cloud, after: Cloud, call: Call): Cloud {
  if (call.operation !== "ChangeResourceRecordSets") return after;
  const known = accountOf(before, call.account).changes;
  const account = accountOf(after, call.account);
  let { changes } = account;
  const generations = generationsIn(call);
  for (const change of account.changes)
    if (!known.has(change.id)) changes = changes.set(change.id, { ...change, insyncAt: Infinity, generations });
  return withAccount(after, { ...account, changes } satisfies Account);
}

interface Batch {
  readonly ChangeBatch: {
    readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[];
  };
}

/** Of the markers that the batch writes. */
function generationsIn({ input }: Call): NonNullable<ZoneChange["generations"]> {
  const written = (input as Batch).ChangeBatch.Changes.flatMap(({ Action, ResourceRecordSet: record }) => {
    const marker = Action === "CREATE" && record.Name.startsWith("_signalbox.") ? parseMarker(record) : undefined;
    return marker === undefined ? [] : [[domainName(record.Name), marker.generation] as const];
  });
  return Object.fromEntries(written);
}
