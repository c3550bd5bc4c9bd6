import { zoneAccounts, zoneFor } from "./kind.ts";
import type { Account, Cloud, HealthCheck } from "../cloud/cloud.ts";
import type { AccountId } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import { domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { checkedHostOf, homeName, isOfManifest, referencePrefix, regionsFor } from "./health-check-identity.ts";
import type { CheckIdentity, HealthCheckSpec } from "./health-check-identity.ts";
import type { Scope, ZoneRef } from "./kind.ts";
import { ourMarkers } from "./condemned.ts";

/** A listed check and whose it is. */
export interface FoundCheck {
  readonly spec: HealthCheckSpec;
  readonly ours: boolean;
  readonly id: string;
}

/**
 * Tells our checks from foreign ones. A check carries no name, only a caller reference with a hash of its address: the
 * names whose records point to it (or to a gate above it) are tried first, then the homes of what is shared, then all names
 * that we know of. A check is in the account of its name's zone.
 */
export function findHealthChecks(cloud: Cloud, scope: Scope): readonly FoundCheck[] {
  const names = knownNames(cloud, scope);
  return zoneAccounts(scope).flatMap((id) => {
    const account = accountOf(cloud, id);
    const users = usersOf(account, scope, cloud);
    return [...account.healthChecks].map((check) => {
      const identity = isOfManifest(check, scope.owner) ? identify(check, account, scope, users, names) : undefined;
      const zone = identity === undefined ? undefined : zoneFor(identity.name, scope);
      const ours = zone?.account === id;
      return { spec: specOf(check, identity, ours ? zone : nowhereIn(id), scope), ours, id: check.Id };
    });
  });
}

const nowhereIn = (account: AccountId): ZoneRef => ({ account, id: "", name: domainName("invalid") });

/** Names whose records, or whose gates' parents, use a check, and then those whose markers have it condemned: by its id. */
function usersOf(account: Account, scope: Scope, cloud: Cloud): ReadonlyMap<string, readonly DomainName[]> {
  const users = new Map<string, DomainName[]>();
  const add = (id: string, names: readonly DomainName[]): void =>
    void users.set(id, [...(users.get(id) ?? []), ...names]);
  for (const zone of scope.zones) {
    for (const record of account.zones.get(zone.id)?.recordSets ?? []) {
      if (record.HealthCheckId !== undefined) add(record.HealthCheckId, [domainName(record.Name)]);
    }
  }
  for (const check of account.healthChecks) {
    for (const child of check.HealthCheckConfig.ChildHealthChecks ?? []) add(child, users.get(check.Id) ?? []);
  }
  for (const { marker, spec } of ourMarkers(cloud, scope))
    for (const { target, incarnation } of marker.entries)
      if (target.startsWith("health-check/") && spec.zone.account === account.id) add(incarnation, [spec.name]);
  return users;
}

function knownNames(cloud: Cloud, scope: Scope): readonly DomainName[] {
  const marked = [...ourMarkers(cloud, scope)].map(({ spec }) => spec.name);
  return [...new Set([...scope.wanted, ...scope.retired, ...marked])].toSorted();
}

type Users = ReadonlyMap<string, readonly DomainName[]>;

function identify(
  check: HealthCheck,
  account: Account,
  scope: Scope,
  users: Users,
  names: readonly DomainName[],
): CheckIdentity | undefined {
  const host = checkedHostOf(check, account);
  if (host === undefined) return undefined;
  const role = check.HealthCheckConfig.Type === "CALCULATED" ? "gate" : "endpoint";
  const near = users.get(check.Id) ?? [];
  const checked = scope.checkedHosts.get(host);
  for (const candidates of [[...near, ...(checked === undefined ? [] : [checked])], names]) {
    for (const region of regionsFor(host)) {
      const at = { role, region, host, owner: scope.owner } as const;
      for (const identity of [...own(at, candidates), ...shared(at, check, account, scope)])
        if (check.CallerReference.startsWith(referencePrefix(identity))) return identity;
    }
  }
  return undefined;
}

type Endpoint = Omit<CheckIdentity, "shared" | "name">;

const own = (at: Endpoint, names: readonly DomainName[]): readonly CheckIdentity[] =>
  names.map((name) => ({ ...at, shared: false, name }));

/** In any zone of the account: as what records refer to, and as what stands below a gate. */
function shared(at: Endpoint, check: HealthCheck, account: Account, scope: Scope): readonly CheckIdentity[] {
  const { RequestInterval: intervalSeconds = 0, SearchString: searchString } = check.HealthCheckConfig;
  const zones = scope.zones.filter((zone) => zone.account === account.id);
  const roles = at.role === "gate" ? (["gate"] as const) : (["gate", "endpoint"] as const);
  return zones.flatMap((zone) =>
    roles.map((role) => {
      const name = homeName({ ...at, role, intervalSeconds, searchString }, at.owner, zone.name);
      return { ...at, shared: true, name };
    }),
  );
}

function specOf(check: HealthCheck, identity: CheckIdentity | undefined, zone: ZoneRef, scope: Scope): HealthCheckSpec {
  const config = check.HealthCheckConfig;
  const nowhere: CheckIdentity = {
    role: "endpoint",
    region: "",
    host: check.Id,
    shared: true,
    name: domainName("invalid"),
    owner: scope.owner,
  };
  return {
    ...(identity ?? nowhere),
    account: scope.account,
    zone,
    path: config.ResourcePath ?? "",
    searchString: config.SearchString,
    intervalSeconds: config.RequestInterval ?? 0,
    failureThreshold: config.FailureThreshold ?? 0,
    child: undefined,
  };
}
