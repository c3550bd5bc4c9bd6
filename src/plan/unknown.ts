import { area } from "../cloud/area.ts";
import type { AccountId, Region, Service } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import type { Desired } from "../desired/desired.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { display } from "../dns/domain-name.ts";
import type { Address } from "../resource/address.ts";
import { address } from "../resource/address.ts";
import { ourMarkers } from "../resource/condemned.ts";
import { zoneFor } from "../resource/kind.ts";
import type { AnySpec, Scope, ZoneRef } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import { regionsIn } from "../resource/marker.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { Held } from "./plan.ts";
import type { SortedOut, Surplus } from "./sort-out.ts";
import { sortOut } from "./sort-out.ts";

/** What there is to do about the names that are wholly known, and the names that are not. */
export interface Planable {
  readonly sorted: SortedOut;
  readonly unknown: ReadonlySet<DomainName>;
}

/**
 * What cannot be read is unknown, never absent: a name of which anything stands in a Region, a zone or an account that
 * could not be read is left as it is, with the certificates that only it needs; the others are planned.
 */
export function sortOutKnown(
  desired: readonly Desired[],
  goal: "converge" | "retire",
  cloud: Cloud,
  scope: Scope,
): Planable {
  const wanted = goal === "retire" ? [] : desired;
  if ([...cloud.accounts].every(({ unseen }) => unseen.size === 0))
    return { sorted: sortOut(wanted, cloud, scope), unknown: new Set() };
  const first = unknownNames(desired, liveUnknown(cloud, scope), cloud);
  const found = unknownNames(desired, new Set([...first, ...undeletable(wanted, first, cloud, scope)]), cloud);
  const replaced = [...(scope.successors ?? [])].flatMap(([old, name]) => (found.has(name) ? [old] : []));
  const unknown = new Set([...found, ...replaced]);
  return { sorted: known(wanted, unknown, cloud, scope), unknown };
}

/** A record in a zone that cannot be read may refer to an endpoint or a check that is to go: its name waits. */
function undeletable(
  wanted: readonly Desired[],
  unknown: ReadonlySet<DomainName>,
  cloud: Cloud,
  scope: Scope,
): readonly DomainName[] {
  if (!scope.zones.some((zone) => isUnseenZone(cloud, zone))) return [];
  return known(wanted, unknown, cloud, scope).surplus.flatMap(({ kind, observed }) => {
    const { refuseRemoval, owningName } = kindOf(kind);
    return refuseRemoval === undefined ? [] : (owningName?.(observed.spec) ?? []);
  });
}

function known(wanted: readonly Desired[], unknown: ReadonlySet<DomainName>, cloud: Cloud, scope: Scope): SortedOut {
  const isKnown = knownOf(wanted, unknown);
  const sorted = sortOut(wanted.filter(isKnown), cloud, scope);
  return { ...sorted, surplus: sorted.surplus.filter((each) => mayGo(each, unknown, cloud)) };
}

function mayGo({ kind, observed }: Surplus, unknown: ReadonlySet<DomainName>, cloud: Cloud): boolean {
  const { owningName, names } = kindOf(kind);
  if (isUnseen(cloud, observed.spec)) return false;
  const name = owningName?.(observed.spec);
  if (name !== undefined) return !unknown.has(name);
  return ![...unknown].some((each) => certificateCovers(names(observed.spec), each));
}

/** What belongs to a known name, and what that stands on. */
function knownOf(wanted: readonly Desired[], unknown: ReadonlySet<DomainName>): (each: Desired) => boolean {
  const byAddress = new Map(wanted.map((each) => [each.address, each]));
  const needed = new Set<Address>();
  const need = (each: Desired | undefined): void => {
    if (each === undefined || needed.has(each.address)) return;
    needed.add(each.address);
    for (const reference of each.references) need(byAddress.get(reference));
  };
  for (const each of wanted) {
    const name = nameOf(each);
    if (name !== undefined && !unknown.has(name)) need(each);
  }
  return ({ address: of }) => needed.has(of);
}

const nameOf = ({ kind, spec }: Desired): DomainName | undefined => kindOf(kind).owningName?.(spec);

/** With the names that want something which stands on what is not known. References come first in `desired`. */
function unknownNames(
  desired: readonly Desired[],
  from: ReadonlySet<DomainName>,
  cloud: Cloud,
): ReadonlySet<DomainName> {
  const names = new Set(from);
  const out = new Set<Address>();
  for (const each of desired) {
    if (!isUnseen(cloud, each.spec) && !each.references.some((reference) => out.has(reference))) continue;
    out.add(each.address);
    const name = nameOf(each);
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** Names that the manifest need not list: those with a marker that speaks of an unseen Region, and those to retire from an unseen zone. */
function liveUnknown(cloud: Cloud, scope: Scope): ReadonlySet<DomainName> {
  const marked = [...ourMarkers(cloud, scope)].filter(({ marker }) =>
    regionsIn(marker).some((region) => isUnseenRegion(cloud, scope.account, region)),
  );
  const retired = [...scope.retired].filter((name) => {
    const zone = zoneFor(name, scope);
    return zone !== undefined && isUnseenZone(cloud, zone);
  });
  return new Set([...marked.map(({ spec }) => spec.name), ...retired]);
}

function isUnseen(cloud: Cloud, spec: AnySpec): boolean {
  const { account, region, zone } = spec as AnySpec & { readonly region?: Region; readonly zone?: ZoneRef };
  return (
    (zone !== undefined && isUnseenZone(cloud, zone)) ||
    (region !== undefined && isUnseenRegion(cloud, account, region))
  );
}

const REGIONAL: readonly Service[] = ["acm", "apigateway", "tagging"];

const isUnseenRegion = (cloud: Cloud, account: AccountId, region: Region): boolean =>
  REGIONAL.some((service) => accountOf(cloud, account).unseen.has(area(service, region)));

/** The zone itself, or Route 53 in its account: the lists of zones and of health checks. */
export function isUnseenZone(cloud: Cloud, { account, id }: ZoneRef): boolean {
  const { unseen } = accountOf(cloud, account);
  return unseen.has(area("route53", id)) || unseen.has(area("route53", "us-east-1"));
}

/** Held back for want of knowledge: nothing of the name is planned. */
export const heldAsUnknown = (unknown: ReadonlySet<DomainName>): readonly Held[] =>
  [...unknown].toSorted().map((name) => ({
    address: address("name", display(name)),
    kind: "name",
    differences: [],
    diagnostic: {
      code: "NOT_PLANNED",
      severity: "warning",
      subject: display(name),
      message: `${display(name)} is left as it is: a part of what it stands on could not be read.`,
      help: "Other names go on. Give the permissions that are named above, and run the command again.",
    },
  }));
