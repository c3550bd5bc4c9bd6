import type { Call, Fault } from "../cloud/call.ts";
import type { Account, Cloud, ZoneChange } from "../cloud/cloud.ts";
import { accountOf, withAccount } from "../cloud/edit.ts";
import { absorb } from "../cloud/absorb.ts";
import { isRead } from "../cloud/conditional.ts";
import { idsOf } from "../cloud/ids.ts";
import { stepSent } from "../cloud/step-sent.ts";

export type Folded = { readonly ok: true; readonly cloud: Cloud } | { readonly ok: false; readonly fault: Fault };

/**
 * Overlays what AWS acknowledged: the model's own step, with the identifiers that AWS gave. A change of a zone is not
 * INSYNC until a GetChange says so. Fails where the model would have refused what AWS accepted.
 */
export function fold(cloud: Cloud, call: Call, output: unknown): Folded {
  if (isRead(call)) return { ok: true, cloud: absorb(cloud, call, output) };
  const outcome = stepSent(cloud, call, idsOf(call, output));
  return outcome.ok ? { ok: true, cloud: unsettled(cloud, outcome.cloud, call) } : outcome;
}

function unsettled(before: Cloud, after: Cloud, call: Call): Cloud {
  if (call.operation !== "ChangeResourceRecordSets") return after;
  const known = accountOf(before, call.account).changes;
  const account = accountOf(after, call.account);
  let { changes } = account;
  for (const change of account.changes) if (!known.has(change.id)) changes = changes.set(change.id, pending(change));
  return withAccount(after, { ...account, changes } satisfies Account);
}

const pending = (change: ZoneChange): ZoneChange => ({ ...change, insyncAt: Infinity });
