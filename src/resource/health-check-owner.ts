import { zoneAccounts, zoneFor } from "./kind.ts";
import type { Account, Cloud, HealthCheck } from "../cloud/cloud.ts";
import type { AccountId, Region } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import { regionsOf } from "../cloud/region.ts";
import { domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { isOfManifest, referencePrefix } from "./health-check-identity.ts";
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
 * names whose records point to it (or to a gate above it) are tried first, then all names that we know of. A check is
 * in the account of its name's zone.
 */
export function findHealthChecks(cloud: Cloud, scope: Scope): readonly FoundCheck[] {
  const names = knownNames(cloud, scope);
  return zoneAccounts(scope).flatMap((id) => {
    const account = accountOf(cloud, id);
    const users = usersOf(account, scope);
    return [...account.healthChecks].map((check) => {
      const identity = isOfManifest(check, scope.owner) ? identify(check, account, scope, users, names) : undefined;
      const zone = identity === undefined ? undefined : zoneFor(identity.name, scope);
      const ours = zone?.account === id;
      return { spec: specOf(check, identity, ours ? zone : nowhereIn(id), scope), ours, id: check.Id };
    });
  });
}

const nowhereIn = (account: AccountId): ZoneRef => ({ account, id: "", name: domainName("invalid") });

/** Names whose records, or whose gates' parents, use a check: by its id. */
function usersOf(account: Account, scope: Scope): ReadonlyMap<string, readonly DomainName[]> {
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
  return users;
}

function knownNames(cloud: Cloud, scope: Scope): readonly DomainName[] {
  const marked = [...ourMarkers(cloud, scope)].map(({ spec }) => spec.name);
  return [...new Set([...scope.wanted, ...scope.retired, ...marked])].toSorted();
}

function hostOf(check: HealthCheck, account: Account): string | undefined {
  const [child] = check.HealthCheckConfig.ChildHealthChecks ?? [];
  const own = check.HealthCheckConfig.FullyQualifiedDomainName;
  return (
    own ??
    (child === undefined ? undefined : account.healthChecks.get(child)?.HealthCheckConfig.FullyQualifiedDomainName)
  );
}

type Users = ReadonlyMap<string, readonly DomainName[]>;

function identify(
  check: HealthCheck,
  account: Account,
  scope: Scope,
  users: Users,
  names: readonly DomainName[],
): CheckIdentity | undefined {
  const host = hostOf(check, account);
  if (host === undefined) return undefined;
  const role = check.HealthCheckConfig.Type === "CALCULATED" ? "gate" : "endpoint";
  const near = users.get(check.Id) ?? [];
  const matches = (identity: CheckIdentity): boolean => check.CallerReference.startsWith(referencePrefix(identity));
  for (const candidates of [near, names]) {
    for (const region of regionsFor(host)) {
      const user = near[0] ?? scope.checkedHosts.get(host) ?? candidates[0];
      const shared: CheckIdentity = {
        role,
        region,
        host,
        shared: true,
        name: user ?? domainName("invalid"),
        owner: scope.owner,
      };
      if (candidates.length > 0 && matches(shared)) return shared;
      for (const name of candidates)
        if (matches({ ...shared, shared: false, name })) return { ...shared, shared: false, name };
    }
  }
  return undefined;
}

/** An API's own host names its Region; another host may stand for any. */
function regionsFor(host: string): readonly Region[] {
  const all = regionsOf("aws").map(({ code }) => code);
  const named = all.filter((code) => host.includes(`.${code}.`));
  return named.length > 0 ? named : all;
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
