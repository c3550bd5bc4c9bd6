import type { Cloud } from "../cloud/cloud.ts";
import type { Plan, Step, StepId } from "../plan/plan.ts";
import { isRefused, planDigest } from "../plan/plan.ts";
import { cones } from "./cones.ts";
import { shortest } from "./counter-example.ts";
import { estateOf } from "./estate.ts";
import { explore } from "./explore.ts";
import type { Explored, Task } from "./explore.ts";
import type { Invariant } from "./invariant.ts";
import type { Policy } from "./policy.ts";
import { project } from "./projection.ts";
import type { Proof, Unsafe } from "./proof.ts";
import { oneAfterTheOther, serialised } from "./serialise.ts";
import { shapeOf } from "./shape.ts";

/** Above this many states of one component its steps are taken one after the other. */
const STATES_MAX = 20_000;

/** A plan, and what was proved of it. */
export interface Proved {
  /** As it was given, but for components that had to be put in one order. */
  readonly plan: Plan;
  /** Undefined: the plan was refused before it came to a proof. */
  readonly proof: Proof | undefined;
}

/**
 * Folds the plan over the model in every order that matters and checks every invariant at every state, so that the
 * plan may be stopped anywhere: name by name, each on its own cone, and cones that differ by names only once. A cone
 * with too many states is put in one order, and so is the plan: what was proved is what runs. Only what is too large
 * even so is not proved.
 */
export function prove(
  plan: Plan,
  cloud: Cloud,
  invariants: readonly Invariant[],
  policy: Policy,
  statesMax = STATES_MAX,
): Proved {
  if (isRefused(plan)) return { plan, proof: undefined };
  for (const { adds } of invariants) {
    const [violation] = adds?.(plan, cloud) ?? [];
    if (violation !== undefined) return { plan, proof: { safe: false, violation, trace: [], at: cloud.now } };
  }
  const estate = estateOf(cloud, plan);
  const shapes = new Map<string, Searched>();
  const put: (readonly StepId[])[] = [];
  const all = cones(plan, cloud);
  for (const [place, cone] of all.entries()) {
    const projected = project(cone, estate);
    const shape = (all.length > 1 ? shapeOf(cone, projected) : undefined) ?? `cone ${place}`;
    const { account, owner } = plan;
    const task: Task = { ...cone, cloud: projected, account, owner, policy, invariants, statesMax };
    const result = shapes.get(shape) ?? search(task);
    if ("violation" in result) return { plan, proof: result };
    shapes.set(shape, result);
    if (result.inOneOrder) put.push(idsOf(cone.steps));
  }
  const found = [...shapes.values()];
  const ordered = serialised(plan, put);
  const proof: Proof = {
    safe: true,
    digest: planDigest(ordered),
    states: found.reduce((sum, { states }) => sum + states, 0),
    shapes: found.length,
    inOneOrder: put.length,
    invariants: invariants.map((each) => each.code),
    duration: found.reduce((most, { duration }) => Math.max(most, duration), 0),
    start: cloud,
  };
  return { plan: ordered, proof };
}

interface Searched extends Explored {
  readonly inOneOrder: boolean;
}

function search(task: Task): Searched | Unsafe {
  const result = explore(task);
  if (!("violation" in result)) return { ...result, inOneOrder: false };
  if (result.violation.code !== "NOT_PROVED") return shortest(result, task);
  const ordered = { ...task, steps: oneAfterTheOther(task.steps) };
  const again = explore(ordered);
  return "violation" in again ? shortest(again, ordered) : { ...again, inOneOrder: true };
}

const idsOf = (steps: readonly Step[]): readonly StepId[] => steps.map((step) => step.id);
