import type { Severity } from "./diagnostic.ts";

/** One registered code: what `signalbox explain CODE` prints, and the severity that a diagnostic with it has. */
export interface CodeEntry {
  /** UPPER_SNAKE_CASE. */
  readonly code: string;
  readonly severity: Severity;
  /** A few words, without a full stop. */
  readonly title: string;
  /** What it means and why it matters, for somebody who has never seen it. */
  readonly explanation: string;
  /** What to do about it. */
  readonly fix: string;
}
