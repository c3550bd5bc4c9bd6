import type { Cloud } from "../cloud/cloud.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { apiDomain, unseenDomain } from "../resource/api-domain.ts";
import { edgeEndpoint } from "../resource/edge-endpoint.ts";
import { condemnedBy } from "../resource/condemnation.ts";
import { condemned as condemnedKind } from "../resource/condemned.ts";
import type { CondemnedSpec } from "../resource/condemned.ts";
import { isHomeName } from "../resource/health-check-identity.ts";
import type { AnySpec, Observed, Scope } from "../resource/kind.ts";
import { zoneFor } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import { markerOf, zoneOf } from "../resource/swap.ts";
import type { NameSpec } from "../resource/swap.ts";
import { endings, isOfEndingName } from "./ending.ts";
import type { Ending } from "./ending.ts";
import type { Action } from "./plan.ts";
import type { Surplus } from "./sort-out.ts";

/** A step that takes something away, before it has an id and an order. `rank`: lower ranks of a name go first. */
export interface Removal {
  readonly kind: string;
  readonly action: Action;
  readonly before: AnySpec | undefined;
  readonly after: AnySpec | undefined;
  readonly observed: Observed<AnySpec> | undefined;
  readonly rank: number;
}

/**
 * What goes first, within a name. The entry in the marker stays until the Region's certificate is gone too: it is what
 * makes a later run look at a Region that the manifest no longer names.
 */
const RANK: Readonly<Record<string, number>> = {
  "record-set": 1,
  condemn: 2,
  drain: 3,
  "base-path-mapping": 4,
  "api-domain": 5,
  "edge-endpoint": 5,
  gate: 5,
  "check-user": 5,
  "health-check": 6,
  certificate: 7,
  release: 8,
  marker: 9,
};

/** More than any of these. */
const SHARED_RANK = 10;

export interface Removals {
  readonly removals: readonly Removal[];
  readonly ending: readonly Ending[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How the surplus goes: what records pointed to through the stations of its marker, the rest at once, orphans not at all. */
export function planRemovals(surplus: readonly Surplus[], cloud: Cloud, scope: Scope): Removals {
  const removals: Removal[] = [];
  const refusals: Diagnostic[] = [];
  const orphans = new Set<DomainName>();
  const targets = new Set<string>();
  const ending = endings(surplus, cloud, scope);
  for (const each of surplus.filter(({ kind }) => kind !== "condemned")) {
    const kind = kindOf(each.kind);
    if (isOfEndingName(kind.names(each.observed.spec), ending, scope)) continue;
    const name = kind.owningName?.(each.observed.spec);
    if (name !== undefined && !isKnown(name, scope)) {
      orphans.add(name);
      continue;
    }
    if (
      kind.keep?.(each.observed, cloud, scope) === true ||
      (each.kind === "marker" && scope.wanted.has(name as DomainName))
    )
      continue;
    const refusal = kind.refuseRemoval?.(each.observed, cloud, scope);
    if (refusal !== undefined) refusals.push(refusal);
    if (refusal !== undefined || goesWithItsDomain(each, surplus)) continue;
    const condemnation = kind.condemnedAs?.(each.observed);
    if (condemnation === undefined) {
      removals.push(plain(each));
      continue;
    }
    targets.add(`${condemnation.name} ${condemnation.target}`);
    removals.push(...throughTheMarker(each, condemnation, surplus, cloud, scope));
  }
  for (const each of surplus.filter(({ kind }) => kind === "condemned")) {
    const spec = each.observed.spec as CondemnedSpec;
    if (isOfEndingName([spec.name], ending, scope)) continue;
    if (!isKnown(spec.name, scope) || targets.has(`${spec.name} ${spec.target}`)) continue;
    const unseen = unseenDomain(spec, cloud);
    removals.push(
      ...stations(spec),
      ...(unseen === undefined ? [] : [plain({ kind: apiDomain.name, observed: unseen })]),
    );
  }
  for (const each of ending)
    removals.push(...(each.kind === condemnedKind.name ? [] : [plain(each)]), ...stations(each.entry));
  const diagnostics = [...refusals, ...[...orphans].toSorted().map(orphaned)];
  return { removals: removals.map(afterItsUsers), ending, diagnostics };
}

/** What names share is planned as long as anything of it is left: whether it may go is decided before (check-users.ts). */
const isKnown = (name: DomainName, scope: Scope): boolean =>
  scope.wanted.has(name) || scope.retired.has(name) || isHomeName(name);

/** What names share goes after the last of them has left it. */
function afterItsUsers(removal: Removal): Removal {
  const name = kindOf(removal.kind).owningName?.((removal.after ?? removal.before) as AnySpec);
  return name !== undefined && isHomeName(name) ? { ...removal, rank: removal.rank + SHARED_RANK } : removal;
}

/** The mappings and the edge endpoint of a domain that goes are deleted with it, after its drain. */
function goesWithItsDomain(each: Surplus, surplus: readonly Surplus[]): boolean {
  if (each.kind !== "base-path-mapping" && each.kind !== edgeEndpoint.name) return false;
  const spec = each.observed.spec as NameSpec & { readonly region: string };
  return surplus.some(({ kind, observed }) => {
    const other = observed.spec as NameSpec & { readonly region: string };
    return kind === "api-domain" && other.name === spec.name && other.region === spec.region;
  });
}

const rankOf = (word: string): number => RANK[word] ?? 0;

function plain({ kind, observed }: Surplus): Removal {
  return { kind, action: "delete", before: observed.spec, after: undefined, observed, rank: rankOf(kind) };
}

interface Condemnation {
  readonly name: DomainName;
  readonly target: string;
  readonly incarnation: string;
}

function throughTheMarker(
  each: Surplus,
  { name, target, incarnation }: Condemnation,
  surplus: readonly Surplus[],
  cloud: Cloud,
  scope: Scope,
): readonly Removal[] {
  const zone = zoneFor(name, scope);
  if (zone === undefined) return [];
  const base: NameSpec = { account: scope.account, owner: scope.owner, zone, name };
  const spec: CondemnedSpec = {
    ...base,
    target,
    incarnation,
    state: "condemned",
    drainMinimumSeconds: scope.drainMinimumSeconds,
  };
  const entry = markerOf(cloud, base)?.entries.some((known) => known.target === target) === true;
  const rank =
    each.kind === "health-check"
      ? rankOf(each.observed.address.startsWith("gate/") ? "gate" : "health-check")
      : rankOf(each.kind);
  const condemn: Removal = {
    kind: condemnedKind.name,
    action: "condemn",
    before: undefined,
    after: spec,
    observed: undefined,
    rank: rankOf("condemn"),
  };
  const [drain, release] = stations(spec);
  const removal: Removal = { ...plain(each), rank };
  if (drain === undefined || release === undefined) return [];
  return [...(entry || dropCondemns(base, target, surplus, cloud) ? [] : [condemn]), drain, removal, release];
}

/**
 * Whether the batch that drops the name's record of it will condemn it anyway. A check below a gate that stays is
 * not dropped with a record: it loses its place when the gate takes another child.
 */
function dropCondemns(base: NameSpec, target: string, surplus: readonly Surplus[], cloud: Cloud): boolean {
  const zone = zoneOf(cloud, base);
  const going = new Set(surplus.map(({ observed }) => observed.id));
  const records = zone === undefined ? [] : [...zone.recordSets.startingWith(nameKeyPrefix(base.name))];
  const dropped = records.filter(
    (record) =>
      target.startsWith("api-domain/") || (record.HealthCheckId !== undefined && going.has(record.HealthCheckId)),
  );
  return condemnedBy(base, [], dropped, cloud).some((each) => each.target === target);
}

function stations(spec: CondemnedSpec): readonly Removal[] {
  const [condemned, drained] = [{ ...spec, state: "condemned" } as const, { ...spec, state: "drained" } as const];
  return [
    {
      kind: condemnedKind.name,
      action: "drain",
      before: condemned,
      after: drained,
      observed: undefined,
      rank: rankOf("drain"),
    },
    {
      kind: condemnedKind.name,
      action: "release",
      before: drained,
      after: undefined,
      observed: undefined,
      rank: rankOf("release"),
    },
  ];
}

const orphaned = (name: DomainName): Diagnostic => ({
  code: "ORPHAN",
  severity: "warning",
  subject: display(name),
  message: `${display(name)} is ours, but neither in the manifest nor in \`retire\`: it is kept as it is.`,
  help: "Put it back into the manifest, or list it under `retire:` to take it out of service.",
});
