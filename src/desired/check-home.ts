import type { AccountId } from "../cloud/call.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { ApiRegion, HealthCheckSection, Manifest } from "../manifest/manifest.ts";
import { homeLabel, homeName } from "../resource/health-check-identity.ts";
import type { TopCheck } from "../resource/health-check-identity.ts";
import { zoneFor } from "../resource/kind.ts";
import type { Scope, ZoneRef } from "../resource/kind.ts";
import { checkedHost } from "./checked-host.ts";

/** Where the names that check one endpoint have what they share. */
interface Home {
  readonly zone: ZoneRef;
  readonly name: DomainName;
}

/** Undefined: the check is a name's own, since `gate: own` says so or no other name checks the endpoint. */
export type HomeFor = (section: HealthCheckSection, region: ApiRegion, account: AccountId) => Home | undefined;

/**
 * Names whose zones are in one account, and whose checks ask one endpoint in one Region, share what their records refer to.
 * Its home is in the least zone that the manifest has in that account.
 */
export function sharedHomes(manifest: Manifest, scope: Scope): HomeFor {
  const users = new Map<string, number>();
  for (const { name, healthCheck, regions } of manifest.apis) {
    const account = zoneFor(name, scope)?.account;
    if (healthCheck === undefined || healthCheck.gate === "own" || account === undefined) continue;
    for (const region of regions) {
      const key = keyOf(topOf(healthCheck, region), account);
      users.set(key, (users.get(key) ?? 0) + 1);
    }
  }
  return (section, region, account) => {
    const top = topOf(section, region);
    const zone = leastZone(scope, account);
    if (section.gate === "own" || zone === undefined || (users.get(keyOf(top, account)) ?? 0) < 2) return undefined;
    return { zone, name: homeName(top, scope.owner, zone.name) };
  };
}

const topOf = (section: HealthCheckSection, region: ApiRegion): TopCheck => ({
  ...section,
  role: section.gate === "none" ? "endpoint" : "gate",
  region: region.region,
  host: checkedHost(section, region),
});

const keyOf = (top: TopCheck, account: AccountId): string => `${account} ${top.region} ${top.host} ${homeLabel(top)}`;

const leastZone = (scope: Scope, account: AccountId): ZoneRef | undefined =>
  scope.zones.filter((zone) => zone.account === account).toSorted((a, b) => (a.name < b.name ? -1 : 1))[0];
