import type { Account, ZoneChange } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { PROPAGATION_MS } from "./limits.ts";

/**
 * Notes that a change to a zone is on its way to every name server. It is INSYNC once the time has come: nothing has
 * to happen for that, which is why `tick` need not touch it.
 * Source: API Reference, GetChange, checked 2026-11-23.
 */
export function submitChange(
  account: Account,
  now: Instant,
  change: Pick<ZoneChange, "id" | "zoneId" | "names">,
): { readonly account: Account; readonly change: ZoneChange } {
  const submitted: ZoneChange = { ...change, submittedAt: now, insyncAt: now + PROPAGATION_MS };
  return { account: { ...account, changes: account.changes.set(change.id, submitted) }, change: submitted };
}

/** Whether every name server has the change. */
function isInsync(change: ZoneChange, now: Instant): boolean {
  return change.insyncAt <= now;
}

/** ChangeInfo as the operations answer it. */
export function changeInfo(change: ZoneChange, now: Instant, comment?: string): ChangeInfo {
  return {
    Id: `/change/${change.id}`,
    Status: isInsync(change, now) ? "INSYNC" : "PENDING",
    SubmittedAt: change.submittedAt,
    ...(comment === undefined ? {} : { Comment: comment }),
  };
}

interface ChangeInfo {
  readonly Id: string;
  readonly Status: "PENDING" | "INSYNC";
  readonly SubmittedAt: Instant;
  readonly Comment?: string;
}
