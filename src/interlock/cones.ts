import type { DomainName } from "../dns/domain-name.ts";
import type { Plan, Step, StepId } from "../plan/plan.ts";
import { kindOf } from "../resource/kinds.ts";
import type { NameSpec } from "../resource/swap.ts";
import { certificateCovers } from "../tls/coverage.ts";
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
 */
export function cones(plan: Plan): readonly Cone[] {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const retired = new Set(plan.retired);
  const watched = new Map<DomainName, WatchedName>();
  for (const step of plan.steps) {
    const spec = nameOf(step);
    if (spec !== undefined)
      watched.set(spec.name, { name: spec.name, zone: spec.zone, retired: retired.has(spec.name) });
  }
  const found: Cone[] = [...watched.values()].map((each) => ({
    watched: each,
    steps: closure(
      plan.steps.filter((step) => concerns(step, each.name)),
      plan.steps,
      byId,
    ),
  }));
  const covered = new Set(found.flatMap((cone) => cone.steps.map((step) => step.id)));
  const rest = plan.steps.filter((step) => !covered.has(step.id));
  return rest.length === 0 ? found : [...found, { watched: undefined, steps: closure(rest, plan.steps, byId) }];
}

function nameOf(step: Step): NameSpec | undefined {
  const spec = step.change.after ?? step.change.before;
  return spec === undefined || kindOf(step.kind).owningName === undefined ? undefined : (spec as NameSpec);
}

function concerns(step: Step, name: DomainName): boolean {
  const own = nameOf(step);
  return own === undefined ? step.action === "delete" && certificateCovers(step.names, name) : own.name === name;
}

/** With all that must be done before, in the plan's order. */
function closure(seeds: readonly Step[], order: readonly Step[], byId: ReadonlyMap<StepId, Step>): readonly Step[] {
  const within = new Set<StepId>();
  const include = (step: Step | undefined): void => {
    if (step === undefined || within.has(step.id)) return;
    within.add(step.id);
    for (const id of step.after) include(byId.get(id));
  };
  seeds.forEach(include);
  return order.filter((step) => within.has(step.id));
}
