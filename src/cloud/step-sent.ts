import type { Call, Outcome, Step } from "./call.ts";
import type { Cloud } from "./cloud.ts";
import { answered } from "./claims.ts";
import { learn } from "./learn.ts";
import { step } from "./step.ts";

/**
 * `step`, as the sender of the call comes to know of it: what became of a request with a date of its own is kept, and
 * to such a deletion that the thing is not there is as good an answer as that it has been deleted.
 */
export const stepSent: Step = (cloud, call, ids) => seen(step(cloud, call, ids), cloud, call);

/**
 * The same, of a request that AWS has let in: its date was judged by AWS's clock when it arrived, and that is not judged
 * again by ours, which may be a moment past the end when the answer comes.
 */
export const stepLetIn: Step = (cloud, call, ids) => {
  const { signedAt: _judged, ...undated } = call;
  return seen(step(cloud, undated, ids), cloud, call);
};

function seen(outcome: Outcome, cloud: Cloud, call: Call): Outcome {
  if (call.signedAt === undefined) return outcome;
  if (outcome.ok) return { ...outcome, cloud: answered(outcome.cloud, call) };
  return outcome.fault.code === "NotFoundException"
    ? { ok: true, cloud: learn(cloud, call, outcome.fault), output: {} }
    : outcome;
}
