import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { parent } from "../dns/domain-name.ts";
import type { Plan, Step, StepId } from "../plan/plan.ts";
import { checkUser, userOf } from "../resource/check-user.ts";
import type { CheckUserSpec } from "../resource/check-user.ts";
import { isHomeName } from "../resource/health-check-identity.ts";
import { kindOf } from "../resource/kinds.ts";
import { markerOf } from "../resource/swap.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { WatchedName } from "./reachable.ts";

/** All of a plan that the answers of one name can depend on. */
export interface Cone {
  /** Undefined: steps that no name depends on. */
  readonly watched: WatchedName | undefined;
  readonly steps: readonly Step[];
}

/**
 * The invariants speak of one name at a time, so each name is proved on its own cone: its steps, what they wait for,
 * and deletions of certificates that cover it. Every step is in at least one cone.
 *
 * What a shared certificate's deletion waits for at other names is left out: in this cone the deletion may come sooner
 * than it will, which is more orders, not fewer; that nothing of those names suffers is proved on their own cones. So it
 * is with a gate that names share: each is proved with the steps of the gate, as if it were its only user (projection.ts).
 */
export function cones(plan: Plan, cloud: Cloud): readonly Cone[] {
  const places = new Map(plan.steps.map((step, place) => [step.id, place]));
  const watchedOf = watching(plan);
  const watched = new Map<DomainName, WatchedName>();
  const own = new Map<DomainName, Step[]>();
  const deletions = new Map<DomainName, Step[]>();
  const users = usersIn(plan, cloud);
  for (const step of plan.steps) {
    const spec = nameOf(step);
    for (const { name, zone } of spec === undefined ? [] : (users.get(spec.name)?.values() ?? [spec])) {
      watched.set(name, watchedOf({ name, zone }));
      push(own, name, step);
    }
    if (spec === undefined && step.action === "delete") for (const name of step.names) push(deletions, name, step);
  }
  const within = (seeds: readonly Step[], name?: DomainName): readonly Step[] =>
    closure(seeds, plan.steps, places, name);
  const found: Cone[] = [...watched.values()].map((each) => ({
    watched: each,
    steps: within(
      [...(own.get(each.name) ?? []), ...covering(each.name).flatMap((name) => deletions.get(name) ?? [])],
      each.name,
    ),
  }));
  const covered = new Set(found.flatMap((cone) => cone.steps.map((step) => step.id)));
  const rest = plan.steps.filter((step) => !covered.has(step.id));
  return [...found, ...components(rest.map((step) => within([step]))).map((steps) => ({ watched: undefined, steps }))];
}

function watching(plan: Plan): (of: NamedIn) => WatchedName {
  const retired = new Set(plan.retired);
  const successors = new Map((plan.successors ?? []).map((each) => [each.old, each]));
  return ({ name, zone }) => {
    const next = successors.get(name);
    const successor = next === undefined ? {} : { successor: { name: next.name, zone: next.zone, retired: false } };
    return { name, zone, retired: retired.has(name), ...successor };
  };
}

/** By the home of what is shared: its users, in the plan and in its marker. */
function usersIn(plan: Plan, cloud: Cloud): ReadonlyMap<DomainName, ReadonlyMap<DomainName, NamedIn>> {
  const homes = new Map<DomainName, Map<DomainName, NamedIn>>();
  for (const { kind, change } of plan.steps) {
    const spec = (change.after ?? change.before) as NameSpec;
    if (spec.name === undefined || !isHomeName(spec.name)) continue;
    const users = homes.get(spec.name) ?? usersAt(spec, cloud);
    homes.set(spec.name, users);
    if (kind === checkUser.name) users.set((spec as CheckUserSpec).user, userOf(spec as CheckUserSpec));
  }
  return homes;
}

type NamedIn = Pick<NameSpec, "name" | "zone">;

function usersAt(home: NameSpec, cloud: Cloud): Map<DomainName, NamedIn> {
  const { account } = home.zone;
  const { zones } = accountOf(cloud, account);
  const users = markerOf(cloud, home)?.home?.users ?? [];
  return new Map(
    users.flatMap(({ name, zone: id }) => {
      const zone = zones.get(id);
      return zone === undefined ? [] : [[name, { name, zone: { account, id, name: zone.name } }]];
    }),
  );
}

function push<K, V>(into: Map<K, V[]>, key: K, value: V): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}

/** The names on a certificate that cover a name: itself, and the wildcard beside it (tls/coverage.ts). */
function covering(name: DomainName): readonly DomainName[] {
  const above = parent(name);
  return above === undefined ? [name] : [name, `*.${above}` as DomainName];
}

export function nameOf(step: Step): NameSpec | undefined {
  const spec = step.change.after ?? step.change.before;
  if (step.kind === checkUser.name) return userOf(spec as CheckUserSpec);
  return spec === undefined || kindOf(step.kind).owningName === undefined ? undefined : (spec as NameSpec);
}

/**
 * With all that must be done before, in the plan's order. What is shared waits, in the cone of a name, for that name only;
 * what only makes room for a creation (plan/waves.ts) need not come before it, as in the cone there is room.
 */
function closure(
  seeds: readonly Step[],
  order: readonly Step[],
  places: ReadonlyMap<StepId, number>,
  watched?: DomainName,
): readonly Step[] {
  const within = new Set<number>();
  const include = (place: number | undefined): void => {
    const step = place === undefined ? undefined : order[place];
    if (place === undefined || step === undefined || within.has(place)) return;
    within.add(place);
    const name = nameOf(step)?.name;
    const shared = name === undefined ? step.action === "delete" : isHomeName(name);
    for (const id of step.after) {
      const before = places.get(id);
      const other = before === undefined ? undefined : order[before];
      const theirs = other === undefined ? undefined : nameOf(other)?.name;
      if (shared && theirs !== undefined && theirs !== name && theirs !== watched) continue;
      if (step.action === "create" && other?.action === "delete") continue;
      include(before);
    }
  };
  for (const seed of seeds) include(places.get(seed.id));
  const ids = new Set<StepId>();
  const sorted = [...within].toSorted((a, b) => a - b).flatMap((place) => order[place] ?? []);
  for (const step of sorted) ids.add(step.id);
  return sorted.map((step) =>
    step.after.every((id) => ids.has(id)) ? step : { ...step, after: step.after.filter((id) => ids.has(id)) },
  );
}

/** Groups of steps that have one in common, brought together: each group is proved by itself. */
function components(groups: readonly (readonly Step[])[]): readonly (readonly Step[])[] {
  const found: { readonly ids: Set<StepId>; steps: readonly Step[] }[] = [];
  const groupOf = new Map<StepId, (typeof found)[number]>();
  for (const group of groups) {
    const known = group.flatMap((step) => groupOf.get(step.id) ?? [])[0];
    const into = known ?? { ids: new Set<StepId>(), steps: [] };
    if (known === undefined) found.push(into);
    const fresh = group.filter((step) => !into.ids.has(step.id));
    for (const step of fresh) {
      into.ids.add(step.id);
      groupOf.set(step.id, into);
    }
    into.steps = [...into.steps, ...fresh];
  }
  return found.map(({ steps }) => steps);
}
