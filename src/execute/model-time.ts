import type { Cloud } from "../cloud/cloud.ts";
import { nextDue, tick } from "../cloud/tick.ts";
import { PATIENCE_MAX } from "../interlock/explore.ts";
import { nextOf } from "../plan/evaluate.ts";
import type { Step } from "../plan/plan.ts";
import type { Next } from "../resource/kind.ts";

/**
 * The model when its time has passed until the steps have something to send there, or are done; with what that is. It
 * still waits when nothing that it waits for is due: another run may have done that, and no certificate expires over it.
 */
export function caughtUp(start: Cloud, steps: readonly Step[]): { readonly model: Cloud; readonly next: Next } {
  let model = start;
  for (;;) {
    const next = nextOf(steps, model);
    if (next.do !== "wait") return { model, next };
    const due = Math.min(next.until ?? Infinity, nextDue(model) ?? Infinity);
    if (due - model.now > PATIENCE_MAX || due <= model.now) return { model: start, next };
    model = tick(model, due);
  }
}
