import type { Region } from "../cloud/call.ts";
import type { Account, HealthCheck } from "../cloud/cloud.ts";
import { regionsOf } from "../cloud/region.ts";
import { domainName, labels, parent } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { shortHash } from "./ownership.ts";
import type { Owner } from "./ownership.ts";
import type { NameSpec } from "./swap.ts";

/** The check of an endpoint, or the gate (a CALCULATED check) above it. Its identity is the endpoint, never its settings. */
export interface HealthCheckSpec extends NameSpec {
  readonly role: "endpoint" | "gate";
  readonly region: Region;
  /** The endpoint's own host, no trailing dot. */
  readonly host: string;
  /** Of several names: `name` is their home then (its marker says who they are), and no name that anybody asks for. */
  readonly shared: boolean;
  readonly path: string;
  readonly searchString: string | undefined;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  /** Of a gate. */
  readonly child: HealthCheckSpec | undefined;
  /** Set where one certain check is meant (a deletion). */
  readonly id?: string;
}

export type CheckIdentity = Pick<HealthCheckSpec, "role" | "region" | "host" | "shared" | "name" | "owner">;

export function healthCheckAddress(spec: CheckIdentity): Address {
  const owner = spec.shared ? (parent(spec.name) ?? spec.name) : spec.name;
  return address(roleWord(spec.role), spec.region, spec.host, namePart(owner));
}

const roleWord = (role: HealthCheckSpec["role"]): string => (role === "gate" ? "gate" : "health-check");

/** What the records of several names refer to: the gate, or the check itself, which then cannot be exchanged behind them. */
export type TopCheck = Pick<HealthCheckSpec, "role" | "region" | "host" | "intervalSeconds" | "searchString">;

/**
 * The home of what names share: a name below the zone that holds the home marker, such as `<hash>._gate.example.com`. No
 * host has an underscore, so it is nobody's. The zone is part of what is shared: in another zone it is another check. So is
 * what of a check without a gate cannot be updated: names leave the old one for the new one.
 */
export function homeName(top: TopCheck, owner: Owner, zone: DomainName): DomainName {
  const below = `${homeLabel(top)}.${zone}`;
  const of = address(roleWord(top.role), top.region, top.host, namePart(domainName(below)));
  return domainName(`${shortHash(`${owner.manifest} ${owner.scope} ${of}`, 20)}.${below}`);
}

/** Of names that may share: their records refer to the same sort of thing. */
export const homeLabel = ({ role, intervalSeconds, searchString }: TopCheck): string =>
  role === "gate" ? "_gate" : `_check-${intervalSeconds}${searchString === undefined ? "" : "-string"}`;

/** Whether it is a home, and not the name of a host. */
export function isHomeName(name: DomainName): boolean {
  const [hash = "", label = ""] = labels(name);
  return /^[0-9a-f]{20}$/u.test(hash) && /^_(?:gate|check-.+)$/u.test(label);
}

/** The hosted zone that the home marker is in. */
export const zoneOfHome = (home: DomainName): DomainName => parent(parent(home) ?? home) ?? home;

/** What the records of a home's users refer to. */
export const homeRole = (home: DomainName): HealthCheckSpec["role"] =>
  labels(home)[1] === "_gate" ? "gate" : "endpoint";

const manifestPrefix = (owner: Owner): string => `sb1.${owner.manifest}.`;

/** Whether a check was made by this manifest; which of its checks it is, and of which scope, only the hash tells. */
export const isOfManifest = (check: HealthCheck | undefined, owner: Owner): boolean =>
  check?.CallerReference.startsWith(manifestPrefix(owner)) === true;

/** All references of one check start with this; the generation follows. At most 64 characters in all (CreateHealthCheck, checked 2026-11-23). */
export function referencePrefix(spec: CheckIdentity): string {
  return `${manifestPrefix(spec.owner)}${shortHash(`${spec.owner.scope} ${healthCheckAddress(spec)}`, 20)}.`;
}

/** The host that a check asks, or that the one below it asks. */
export function checkedHostOf(check: HealthCheck, account: Account): string | undefined {
  const [child] = check.HealthCheckConfig.ChildHealthChecks ?? [];
  const own = check.HealthCheckConfig.FullyQualifiedDomainName;
  return (
    own ??
    (child === undefined ? undefined : account.healthChecks.get(child)?.HealthCheckConfig.FullyQualifiedDomainName)
  );
}

/** An API's own host names its Region; another host may stand for any. */
export function regionsFor(host: string): readonly Region[] {
  const all = regionsOf("aws").map(({ code }) => code);
  const named = all.filter((code) => host.includes(`.${code}.`));
  return named.length > 0 ? named : all;
}

/** Whether a check is a name's own: not shared, not another name's, and not somebody else's. */
export function isOwnCheck(check: HealthCheck | undefined, account: Account, { owner, name }: NameSpec): boolean {
  const host = check === undefined || !isOfManifest(check, owner) ? undefined : checkedHostOf(check, account);
  if (check === undefined || host === undefined) return false;
  const role = check.HealthCheckConfig.Type === "CALCULATED" ? "gate" : "endpoint";
  return regionsFor(host).some((region) =>
    check.CallerReference.startsWith(referencePrefix({ role, region, host, shared: false, name, owner })),
  );
}
