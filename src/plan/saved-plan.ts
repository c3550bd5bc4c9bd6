import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan, Step } from "./plan.ts";
import { canonicalJson, planDigest } from "./plan.ts";

/** A plan as a file: what `plan --out` writes. A proof is never in it: a plan that is read back is proved again. */
export const savePlan = (plan: Plan): string =>
  `${JSON.stringify({ signalbox: "plan", digest: planDigest(plan), plan }, undefined, 2)}\n`;

export function loadPlan(text: string): Plan | Diagnostic {
  let file: { readonly signalbox?: unknown; readonly digest?: unknown; readonly plan?: Plan };
  try {
    file = JSON.parse(text) as typeof file;
  } catch {
    return unreadable("It is not JSON.");
  }
  if (file.signalbox !== "plan" || file.plan?.version !== 1)
    return unreadable("It is not a plan that `signalbox plan --out` wrote.");
  return planDigest(file.plan) === file.digest
    ? file.plan
    : unreadable("Its content does not match its digest: it was edited or cut off.");
}

const unreadable = (why: string): Diagnostic => ({
  code: "PLAN_FILE_UNREADABLE",
  severity: "error",
  message: `The plan file cannot be used. ${why}`,
  help: "Make it again with `signalbox plan --out`.",
});

/**
 * A saved change is valid while live is its before or its after. So all that a fresh plan still wants to do must have
 * been in the saved one: what was done meanwhile is missing in the fresh plan, what moved otherwise is new in it.
 */
export function matchSavedPlan(saved: Plan, fresh: Plan): readonly Diagnostic[] {
  const known = new Set(saved.steps.map(content));
  const held = new Set(saved.held.map((each) => each.address));
  const strange = [
    ...fresh.steps.filter((step) => !known.has(content(step))).map((step) => step.id),
    ...fresh.held.filter((each) => !held.has(each.address)).map((each) => each.address),
  ];
  if (canonicalJson(saved.owner) !== canonicalJson(fresh.owner) || saved.account !== fresh.account)
    strange.unshift(`${fresh.owner.manifest} in ${fresh.account}`);
  return strange.map((subject) => ({
    code: "PLAN_STALE",
    severity: "error",
    subject,
    message: `${subject} is not as the saved plan has it: live is neither its before nor its after.`,
    help: "Look at what changed, and make a new plan with `signalbox plan --out`.",
  }));
}

/** What a step does, without what differs between two readings of the same state: guards and what it read verbatim. */
function content(step: Step): string {
  return canonicalJson({ id: step.id, action: step.action, after: step.change.after, differences: step.differences });
}
