import type { Instant } from "../cloud/instant.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Action, StepId } from "../plan/plan.ts";

/** What happens while a plan runs: the live display, the plain lines, the journal and the logs are all readers of this stream. */
export type Event =
  | { readonly type: "started"; readonly at: Instant; readonly digest: string; readonly steps: readonly StepSummary[] }
  /** A step's state, whenever it changes. */
  | {
      readonly type: "step";
      readonly at: Instant;
      readonly id: StepId;
      readonly address: string;
      readonly state: StepState;
      readonly why?: string;
    }
  /** One request to AWS and its answer. `code`: "ok", "unknown", or AWS's error code. `steps` that it served. */
  | {
      readonly type: "call";
      readonly at: Instant;
      readonly steps: readonly StepId[];
      readonly account: string;
      readonly service: string;
      readonly region: string;
      readonly operation: string;
      readonly write: boolean;
      readonly code: string;
      /** In the journal only: what was sent and answered, verbatim. */
      readonly input?: unknown;
      readonly output?: unknown;
      /** AWS's words with its error code. */
      readonly message?: string;
    }
  | {
      readonly type: "finished";
      readonly at: Instant;
      readonly outcome: RunOutcome;
      readonly writes: number;
      readonly calls: number;
      readonly diagnostics: readonly Diagnostic[];
    };

export interface StepSummary {
  readonly id: StepId;
  readonly address: string;
  readonly action: Action;
}

export type StepState = "ready" | "calling" | "waiting" | "done" | "failed" | "skipped";

/**
 * converged: every step is done. settling: all is written, something still settles (`--no-wait`). replan: live moved
 * since the plan; a fresh look is needed. refused, failed: see the diagnostics. interrupted: the user stopped it.
 * diverged: AWS answered otherwise than the model.
 */
export type RunOutcome = "converged" | "settling" | "replan" | "refused" | "failed" | "interrupted" | "diverged";
