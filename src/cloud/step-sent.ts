import type { Step } from "./call.ts";
import { answered } from "./claims.ts";
import { learn } from "./learn.ts";
import { step } from "./step.ts";

/**
 * `step`, as the sender of the call comes to know of it: what became of a request with a date of its own is kept, and
 * to such a deletion that the thing is not there is as good an answer as that it has been deleted.
 */
export const stepSent: Step = (cloud, call, ids) => {
  const outcome = step(cloud, call, ids);
  if (call.signedAt === undefined) return outcome;
  if (outcome.ok) return { ...outcome, cloud: answered(outcome.cloud, call) };
  return outcome.fault.code === "NotFoundException"
    ? { ok: true, cloud: learn(cloud, call, outcome.fault), output: {} }
    : outcome;
};
