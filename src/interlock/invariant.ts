import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Plan } from "../plan/plan.ts";
import type { Violation } from "./proof.ts";
import type { Reachable } from "./reachable.ts";

/** Something that must hold, whatever the order and wherever the plan is stopped. Each looks in one of three ways. */
export interface Invariant {
  readonly code: string;
  /** At every state that the plan can pass through. */
  readonly check?: (at: Reachable) => readonly Violation[];
  /** At every call, in the state in which it is sent: whether it may be. */
  readonly allows?: (call: Call, at: Reachable) => readonly Violation[];
  /** Once, over the whole plan, by adding up the worst case. `cloud` is what the plan was made from. */
  readonly adds?: (plan: Plan, cloud: Cloud) => readonly Violation[];
}
