import type { Violation } from "./proof.ts";
import type { Reachable } from "./reachable.ts";

/** Something that must hold in every state a plan can pass through. */
export interface Invariant {
  readonly code: string;
  check(at: Reachable): readonly Violation[];
}
