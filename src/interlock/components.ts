import type { DomainName } from "../dns/domain-name.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { kindOf } from "../resource/kinds.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { WatchedName } from "./reachable.ts";

/** Steps that no order and no name ties to any other. */
export interface Component {
  readonly steps: readonly Step[];
  readonly names: readonly WatchedName[];
}

export function components(plan: Plan): readonly Component[] {
  const root = new Map<string, string>();
  const find = (key: string): string => {
    let at = key;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    return at;
  };
  const join = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) root.set(left, right);
  };
  for (const step of plan.steps) {
    for (const id of step.after) join(step.id, id);
    const name = nameOf(step);
    if (name !== undefined) join(step.id, `name ${name.name}`);
  }
  const groups = new Map<string, Step[]>();
  for (const step of plan.steps) {
    const key = find(step.id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  const retired = new Set(plan.retired);
  return [...groups.values()].map((steps) => ({ steps, names: watched(steps, retired) }));
}

function nameOf(step: Step): NameSpec | undefined {
  const spec = step.change.after ?? step.change.before;
  return spec === undefined || kindOf(step.kind).owningName === undefined ? undefined : (spec as NameSpec);
}

function watched(steps: readonly Step[], retired: ReadonlySet<DomainName>): readonly WatchedName[] {
  const names = new Map<DomainName, WatchedName>();
  for (const step of steps) {
    const spec = nameOf(step);
    if (spec !== undefined) names.set(spec.name, { name: spec.name, zone: spec.zone, retired: retired.has(spec.name) });
  }
  return [...names.values()];
}
