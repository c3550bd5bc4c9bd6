import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { BATCH_RECORDS_MAX, BATCH_VALUE_CHARACTERS_MAX } from "../cloud/route53/limits.ts";
import type { Next } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import type { Step, StepId } from "./plan.ts";

/** What a step, all of whose predecessors are done, needs now. */
export interface Evaluation {
  readonly step: Step;
  readonly next: Next;
}

/** One call that serves one or more steps. */
export interface Sendable {
  readonly steps: readonly Step[];
  readonly call: Call;
}

/** Steps that may go on: not finished themselves, everything before them done. */
export const readySteps = (
  steps: readonly Step[],
  done: ReadonlySet<StepId>,
  stopped: ReadonlySet<StepId>,
): readonly Step[] =>
  steps.filter((step) => !done.has(step.id) && !stopped.has(step.id) && step.after.every((id) => done.has(id)));

export const evaluate = (step: Step, cloud: Cloud): Evaluation => ({ step, next: nextOf([step], cloud) });

/** What the steps of one call need now: all of one kind. */
export function nextOf(steps: readonly Step[], cloud: Cloud): Next {
  const [first] = steps;
  if (first === undefined) return { do: "done" };
  return kindOf(first.kind).next(
    steps.map((step) => step.change),
    cloud,
  );
}

/** Steps that want a call, brought together where one call can serve several. `alone` ones are sent by themselves. */
export function merge(
  evaluations: readonly Evaluation[],
  cloud: Cloud,
  alone: ReadonlySet<StepId>,
): readonly Sendable[] {
  const groups = new Map<string, Step[]>();
  for (const { step, next } of evaluations) {
    if (next.do !== "call") continue;
    const spec = step.change.after ?? step.change.before;
    const key = spec === undefined || alone.has(step.id) ? undefined : kindOf(step.kind).batch?.(spec);
    const group = key === undefined ? step.id : `${step.kind} ${key}`;
    groups.set(group, [...(groups.get(group) ?? []), step]);
  }
  return [...groups.values()].flatMap((steps) => withinLimits(steps, cloud));
}

/** Halves what one request may not hold. A single step that is too large goes as it is: AWS's refusal names it. */
function withinLimits(steps: readonly Step[], cloud: Cloud): readonly Sendable[] {
  const next = nextOf(steps, cloud);
  if (next.do !== "call") return steps.length === 1 ? [] : halves(steps, cloud);
  return steps.length > 1 && isTooLarge(next.call) ? halves(steps, cloud) : [{ steps, call: next.call }];
}

function halves(steps: readonly Step[], cloud: Cloud): readonly Sendable[] {
  const middle = Math.ceil(steps.length / 2);
  return [...withinLimits(steps.slice(0, middle), cloud), ...withinLimits(steps.slice(middle), cloud)];
}

interface BatchInput {
  readonly ChangeBatch?: {
    readonly Changes: readonly {
      readonly ResourceRecordSet: { readonly ResourceRecords?: readonly { readonly Value: string }[] };
    }[];
  };
}

function isTooLarge(call: Call): boolean {
  const changes = (call.input as BatchInput).ChangeBatch?.Changes ?? [];
  const records = changes.reduce((sum, change) => sum + (change.ResourceRecordSet.ResourceRecords?.length ?? 1), 0);
  const characters = changes.reduce(
    (sum, change) =>
      sum + (change.ResourceRecordSet.ResourceRecords ?? []).reduce((length, each) => length + each.Value.length, 0),
    0,
  );
  return records > BATCH_RECORDS_MAX || characters > BATCH_VALUE_CHARACTERS_MAX;
}
