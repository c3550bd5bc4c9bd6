import type { Plan, Step, StepId } from "../plan/plan.ts";

/** Steps in their own order and in no other: each waits for the one before it. */
export const oneAfterTheOther = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step, place) => after(step, steps[place - 1]?.id));

/**
 * The plan with each of these components in one order. Every edge that is added goes with the plan's own order, so
 * components that have steps in common agree, and what was proved of another one holds: orders were only taken away.
 */
export function serialised(plan: Plan, components: readonly (readonly StepId[])[]): Plan {
  if (components.length === 0) return plan;
  const befores = new Map<StepId, readonly StepId[]>();
  for (const ids of components) {
    for (const [place, id] of ids.entries()) {
      const previous = ids[place - 1];
      if (previous !== undefined) befores.set(id, [...(befores.get(id) ?? []), previous]);
    }
  }
  return { ...plan, steps: plan.steps.map((step) => (befores.get(step.id) ?? []).reduce(after, step)) };
}

const after = (step: Step, previous: StepId | undefined): Step =>
  previous === undefined || step.after.includes(previous)
    ? step
    : { ...step, after: [...step.after, previous].toSorted() };
