/** What came of running the code of a function once. */
export interface EdgeRun {
  /** What the handler returned, as JSON has it; undefined when it threw, or returned nothing. */
  readonly returned?: unknown;
  /** Why it could not run to its end, such as `TypeError: …`. */
  readonly error?: string;
  /** What it wrote to its log, a line each. */
  readonly logs: readonly string[];
}

/**
 * Runs the code of a function on an event. Running code is not for the model: whoever performs calls passes this in. The
 * same code and event must give the same result. Never throws.
 */
export type RunEdgeFunction = (source: string, event: unknown) => EdgeRun;
