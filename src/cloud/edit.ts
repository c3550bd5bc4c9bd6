import type { AccountId, Region } from "./call.ts";
import type { Account, Cloud, HostedZone, RegionalState } from "./cloud.ts";
import { emptyAccount, emptyRegion } from "./empty.ts";

/** The account, or an empty one when the Cloud does not know it. */
export function accountOf(cloud: Cloud, id: AccountId): Account {
  return cloud.accounts.get(id) ?? emptyAccount(id);
}

/** The Cloud with this account in place of the one of the same id. */
export function withAccount(cloud: Cloud, account: Account): Cloud {
  return { ...cloud, accounts: cloud.accounts.set(account.id, account) };
}

/** The account's part in one Region, or an empty one (with its REST APIs not looked at). */
export function regionOf(cloud: Cloud, id: AccountId, region: Region): RegionalState {
  return accountOf(cloud, id).regions.get(region) ?? emptyRegion(region);
}

/** The Cloud with this regional state in place of the one of the same Region. */
export function withRegion(cloud: Cloud, id: AccountId, state: RegionalState): Cloud {
  const account = accountOf(cloud, id);
  return withAccount(cloud, { ...account, regions: account.regions.set(state.region, state) });
}

/** The Cloud with this hosted zone in place of the one of the same id. */
export function withZone(cloud: Cloud, id: AccountId, zone: HostedZone): Cloud {
  const account = accountOf(cloud, id);
  return withAccount(cloud, { ...account, zones: account.zones.set(zone.id, zone) });
}
