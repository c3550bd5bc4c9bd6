import type { AccountId, Region } from "./call.ts";
import type { Account, Cloud, RegionalState } from "./cloud.ts";
import type { Instant } from "./instant.ts";
import { Table } from "./table.ts";

/** A Cloud in which nothing was seen or made yet. `now` is in epoch milliseconds. */
export function emptyCloud(now: Instant): Cloud {
  return { now, accounts: Table.empty(), quotas: Table.empty() };
}

/** An account that holds nothing. */
export function emptyAccount(id: AccountId): Account {
  return {
    id,
    zones: Table.empty(),
    changes: Table.empty(),
    healthChecks: Table.empty(),
    callerReferences: Table.empty(),
    healthChecksMade: Table.empty(),
    route53Tags: Table.empty(),
    regions: Table.empty(),
    unseen: Table.empty(),
  };
}

/**
 * A Region of an account that holds nothing. `restApis` left out means "not looked at", as in a Cloud that was
 * observed; the emulator, which knows everything there is, passes an empty table.
 */
export function emptyRegion(region: Region, known: Partial<Pick<RegionalState, "restApis">> = {}): RegionalState {
  return {
    region,
    certificates: Table.empty(),
    certificateRequests: Table.empty(),
    deletedRequests: [],
    certificateUses: Table.empty(),
    domains: Table.empty(),
    restApis: known.restApis,
    probes: Table.empty(),
    tagChanges: Table.empty(),
  };
}
