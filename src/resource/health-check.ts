import type { Account, Cloud, HealthCheck, HealthCheckConfig, RecordSet } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import { accountOf } from "../cloud/edit.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";

import { drainOver, nameReads } from "./condemned.ts";
import { healthCheckAddress, homeRole, isOfManifest, referencePrefix } from "./health-check-identity.ts";
import type { CheckIdentity, HealthCheckSpec } from "./health-check-identity.ts";
import { foreignReferrer, inWords, referredTo } from "./foreign-reference.ts";
import { findHealthChecks } from "./health-check-owner.ts";
import { call, done, lost, oneByOne } from "./kind.ts";
import type { Change, Difference, Kind, Next, Scope } from "./kind.ts";
import { route53Call } from "./route53-call.ts";
import { markerOf, zoneOf } from "./swap.ts";

export const checkTarget = (id: string): string => `health-check/${id}`;

/** The live check for a spec: not condemned, and of a type and interval that need no replacement. The newest generation, if there are several. */
export function liveHealthCheck(cloud: Cloud, spec: HealthCheckSpec): HealthCheck | undefined {
  const account = accountOf(cloud, spec.zone.account);
  if (spec.id !== undefined) return account.healthChecks.get(spec.id);
  const condemned = new Set(markerOf(cloud, spec)?.entries.map((entry) => entry.target));
  let best: { readonly check: HealthCheck; readonly generation: number } | undefined;
  for (const { check, generation } of generations(account, spec)) {
    if (condemned.has(checkTarget(check.Id)) || !replaceable(check.HealthCheckConfig, spec)) continue;
    if (best === undefined || generation > best.generation) best = { check, generation };
  }
  return best?.check;
}

function* generations(account: Account, spec: CheckIdentity): Generator<{ check: HealthCheck; generation: number }> {
  for (const { id } of account.callerReferences.startingWith(referencePrefix(spec))) {
    const check = account.healthChecks.get(id);
    if (check !== undefined) yield { check, generation: Number(check.CallerReference.split(".").at(-1)) };
  }
}

/** Type and RequestInterval cannot be updated (UpdateHealthCheck, checked 2026-11-23). */
const replaceable = (config: HealthCheckConfig, spec: HealthCheckSpec): boolean =>
  config.Type === typeOf(spec) && (spec.role === "gate" || config.RequestInterval === spec.intervalSeconds);

const typeOf = (spec: HealthCheckSpec): HealthCheckConfig["Type"] =>
  spec.role === "gate" ? "CALCULATED" : spec.searchString === undefined ? "HTTPS" : "HTTPS_STR_MATCH";

/** A threshold above the number of children is how a drill fails a Region: such a gate is not touched. */
const underDrill = (config: HealthCheckConfig): boolean =>
  config.Type === "CALCULATED" && (config.HealthThreshold ?? 0) > (config.ChildHealthChecks ?? []).length;

/** What AWS is told of a check. */
export function checkConfig(spec: HealthCheckSpec, childId?: string): HealthCheckConfig {
  if (spec.role === "gate")
    return { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: childId === undefined ? [] : [childId] };
  return {
    Type: typeOf(spec),
    FullyQualifiedDomainName: spec.host,
    Port: 443,
    ResourcePath: spec.path,
    ...(spec.searchString === undefined ? {} : { SearchString: spec.searchString }),
    RequestInterval: spec.intervalSeconds,
    FailureThreshold: spec.failureThreshold,
    EnableSNI: true,
  };
}

const UPDATABLE = [
  "ResourcePath",
  "SearchString",
  "FailureThreshold",
  "EnableSNI",
  "HealthThreshold",
  "ChildHealthChecks",
] as const;
type Updatable = (typeof UPDATABLE)[number];

function changedFields(
  spec: HealthCheckSpec,
  live: HealthCheck,
  cloud: Cloud,
): readonly { field: Updatable; before: Word; after: Word }[] {
  if (spec.role === "gate" && underDrill(live.HealthCheckConfig)) return [];
  const childId = spec.child === undefined ? undefined : liveHealthCheck(cloud, spec.child)?.Id;
  const wanted = checkConfig(spec, childId ?? "(new health check)");
  return UPDATABLE.flatMap((field) => {
    const [before, after] = [live.HealthCheckConfig[field], wanted[field]];
    return JSON.stringify(before) === JSON.stringify(after) || after === undefined ? [] : [{ field, before, after }];
  });
}

export const healthCheck: Kind<HealthCheckSpec> = {
  name: "health-check",
  inZone: true,
  address: healthCheckAddress,
  references: (spec) => (spec.child === undefined ? [] : [healthCheckAddress(spec.child)]),
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  current: (spec, cloud) => liveHealthCheck(cloud, spec)?.Id,
  observe: (cloud, scope) =>
    findHealthChecks(cloud, scope).map(({ spec, ours, id }) => ({
      address: healthCheckAddress(spec),
      spec: { ...spec, id },
      ours,
      edited: false,
      id,
    })),
  compare(desired, _observed, cloud) {
    const live = liveHealthCheck(cloud, desired);
    return live === undefined
      ? []
      : changedFields(desired, live, cloud).map(({ field, before, after }): Difference => ({
          field,
          before: words(before),
          after: words(after),
        }));
  },
  keep: ({ spec, id }, cloud, scope) =>
    spec.shared && (isInOrphansUse(spec, id, cloud, scope) || hasStrangeUser(spec, cloud, scope)),
  refuseRemoval({ spec, id, address }, cloud, scope) {
    const { healthChecks } = accountOf(cloud, spec.zone.account);
    const config = healthChecks.get(id)?.HealthCheckConfig;
    if (config !== undefined && underDrill(config)) return drilling(spec);
    const referrer = foreignReferrer(cloud, scope, (record) => record.HealthCheckId === id);
    if (referrer !== undefined) return referredTo(address, inWords(referrer));
    const parent = [...healthChecks].find(
      (check) => check.HealthCheckConfig.ChildHealthChecks?.includes(id) === true && !isOfManifest(check, scope.owner),
    );
    return parent === undefined ? undefined : referredTo(address, `the calculated health check ${parent.Id}`);
  },
  next: oneByOne(bring, remove),
  probe(change: Change<HealthCheckSpec>, cloud) {
    const spec = change.after ?? change.before;
    const live = spec === undefined ? undefined : liveHealthCheck(cloud, spec);
    return spec === undefined || live === undefined
      ? undefined
      : route53(spec, "GetHealthCheck", { HealthCheckId: live.Id });
  },
  recheck: ({ before, after }) => (after !== undefined || before === undefined ? [] : nameReads(before)),
  condemnedAs: (observed) => ({ name: observed.spec.name, target: checkTarget(observed.id), incarnation: observed.id }),
  permissions: {
    read: ["route53:ListHealthChecks", "route53:GetHealthCheck"],
    write: ["route53:CreateHealthCheck", "route53:UpdateHealthCheck", "route53:DeleteHealthCheck"],
  },
};

type Word = string | number | boolean | readonly string[] | undefined;

const words = (value: Word): string =>
  value === undefined ? "(none)" : typeof value === "object" ? value.join(" ") : String(value);

function route53(spec: HealthCheckSpec, operation: string, input: unknown): Call {
  return route53Call(spec.zone.account, operation, input);
}

function bring(spec: HealthCheckSpec, cloud: Cloud): Next {
  const childId = spec.child === undefined ? undefined : liveHealthCheck(cloud, spec.child)?.Id;
  if (spec.child !== undefined && childId === undefined) return lost("the endpoint's own check");
  const live = liveHealthCheck(cloud, spec);
  if (live === undefined) {
    const CallerReference = freeReference(spec, cloud);
    return call(route53(spec, "CreateHealthCheck", { CallerReference, HealthCheckConfig: checkConfig(spec, childId) }));
  }
  const changed = changedFields(spec, live, cloud);
  if (changed.length === 0) return done;
  const fields = Object.fromEntries(changed.map(({ field, after }) => [field, after]));
  return call(
    route53(spec, "UpdateHealthCheck", {
      HealthCheckId: live.Id,
      HealthCheckVersion: live.HealthCheckVersion,
      ...fields,
    }),
  );
}

/** The reference of a deleted check is burnt for days (CreateHealthCheck, checked 2026-11-23): the next generation then. */
function freeReference(spec: HealthCheckSpec, cloud: Cloud): string {
  const known = accountOf(cloud, spec.zone.account).callerReferences;
  for (let generation = 1; ; generation++) {
    const reference = `${referencePrefix(spec)}${generation}`;
    if (!known.has(reference)) return reference;
  }
}

/** Deleting a check that a record still names makes that record's health unpredictable, so it goes last and only unreferenced. */
function remove(spec: HealthCheckSpec, cloud: Cloud): Next {
  const account = accountOf(cloud, spec.zone.account);
  const live = spec.id === undefined ? undefined : account.healthChecks.get(spec.id);
  if (live === undefined) return done;
  if (underDrill(live.HealthCheckConfig)) return { do: "stop", replan: false, diagnostic: drilling(spec) };
  const drained = drainOver(cloud, spec, checkTarget(live.Id), live.Id);
  if (drained !== true) return drained;
  const referrer = referrerOf(spec, live.Id, cloud);
  return referrer === undefined
    ? call(route53(spec, "DeleteHealthCheck", { HealthCheckId: live.Id }))
    : lost(`${referrer}, which refers to it again`);
}

function referrerOf(spec: HealthCheckSpec, id: string, cloud: Cloud): string | undefined {
  const zone = zoneOf(cloud, spec);
  const own = zone === undefined ? [] : zone.recordSets.startingWith(nameKeyPrefix(spec.name));
  for (const record of own) {
    if (record.HealthCheckId === id) return `the record of ${display(spec.name)}`;
  }
  for (const each of accountOf(cloud, spec.zone.account).healthChecks) {
    if (each.HealthCheckConfig.ChildHealthChecks?.includes(id) === true) return `the gate ${each.Id}`;
  }
  return undefined;
}

/** Names that are neither wanted nor retired keep the gate that they share, and the check that it counts. */
function isInOrphansUse(spec: HealthCheckSpec, id: string, cloud: Cloud, { wanted, retired }: Scope): boolean {
  const users = markerOf(cloud, spec)?.home?.users ?? [];
  if (users.every(({ name }) => wanted.has(name) || retired.has(name))) return false;
  return spec.role === homeRole(spec.name) || referrerOf(spec, id, cloud) !== undefined;
}

/**
 * A record refers to what is shared whose name is none of the users: it was pointed there by hand, or another run has
 * registered and published it since the home marker was read.
 */
function hasStrangeUser(spec: HealthCheckSpec, cloud: Cloud, scope: Scope): boolean {
  const { healthChecks } = accountOf(cloud, spec.zone.account);
  const users = new Set(markerOf(cloud, spec)?.home?.users.map(({ name }) => name));
  const top = referencePrefix({ ...spec, role: homeRole(spec.name) });
  const isStrange = ({ HealthCheckId: id, Name }: RecordSet): boolean =>
    id !== undefined && healthChecks.get(id)?.CallerReference.startsWith(top) === true && !users.has(domainName(Name));
  return scope.zones.some(
    (zone) => zone.account === spec.zone.account && [...(zoneOf(cloud, { zone })?.recordSets ?? [])].some(isStrange),
  );
}

const drilling = (spec: HealthCheckSpec): Diagnostic => ({
  code: "UNDER_DRILL",
  severity: "error",
  subject: healthCheckAddress(spec),
  message: `The gate ${spec.shared ? `that names below ${display(spec.zone.name)} share` : `of ${display(spec.name)}`} in ${spec.region} is under a failover drill: its threshold is above the number of its children.`,
  help: "Let the drill end, or bring the Region back, and run the command again.",
});
