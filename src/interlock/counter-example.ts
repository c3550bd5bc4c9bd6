import type { Step, StepId } from "../plan/plan.ts";
import { explore } from "./explore.ts";
import type { Task } from "./explore.ts";
import type { Unsafe } from "./proof.ts";

/** A search for a shorter way does not go further than this. */
const STATES_MAX = 1_000;

/**
 * The shortest way to the same harm. The search takes calls that no client notices at once, whether or not the harm
 * needs them; here steps are left out, with all that waits for them, as long as the harm is still reached. A plan may
 * be stopped anywhere, so a way without them is a way that the plan can take.
 */
export function shortest(found: Unsafe, task: Task): Unsafe {
  if (!task.invariants.some(({ code }) => code === found.violation.code)) return found;
  let best = found;
  let steps = task.steps;
  for (const step of task.steps.toReversed()) {
    const rest = without(step, steps);
    if (rest.length === steps.length) continue;
    const other = explore({ ...task, steps: rest, statesMax: STATES_MAX });
    if (!("violation" in other) || other.violation.code !== found.violation.code) continue;
    if (other.violation.name !== found.violation.name || other.trace.length > best.trace.length) continue;
    best = other;
    steps = rest;
  }
  return best;
}

/** The steps without one of them, and without all that waits for it. */
function without(left: Step, steps: readonly Step[]): readonly Step[] {
  const gone = new Set<StepId>([left.id]);
  for (const step of steps) if (step.after.some((id) => gone.has(id))) gone.add(step.id);
  return steps.filter((step) => !gone.has(step.id));
}
