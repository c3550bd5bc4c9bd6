import { converges, explore, Gathered } from "./explore.ts";
import type { Convergence, Explored, Model } from "./explore.ts";
import type { Packable } from "./layout.ts";

/** One line of the table: a model, with its bounds and the rules that its runs keep. */
export interface Case {
  readonly model: "names" | "lifetime" | "health checks" | "gate" | "certificates";
  /** "V7"; of the protocol itself the bounds in words. */
  readonly id: string;
  readonly says: string;
  /** The invariant that must be found broken; undefined: everything must hold. */
  readonly breaks: string | undefined;
  /** The rule of the protocol that the variant leaves out. Of an assumption: not a rule of ours, but of AWS. */
  readonly kind: "protocol" | "variant" | "assumption";
  readonly size: "quick" | "default" | "deep";
  check(maxStates: number): Explored;
}

/** What can be reached holds, and from all of it one run alone converges. */
export function both<S extends Packable>(
  model: Model<S>,
  convergence: Convergence<S> | undefined,
  maxStates: number,
): Explored {
  if (convergence === undefined) return explore(model, { maxStates });
  const starts = new Gathered(convergence.model);
  const reached = explore(model, { maxStates }, (state) => {
    for (const start of convergence.lonely(state)) starts.add(start);
  });
  if (reached.finding !== undefined || reached.truncated) return reached;
  const alone = converges(convergence, starts.states());
  return { ...alone, states: reached.states + alone.states, steps: reached.steps + alone.steps };
}

/** What the case was to show is shown. */
export function asExpected({ breaks }: Case, { finding, truncated }: Explored): boolean {
  if (breaks === undefined) return finding === undefined && !truncated;
  return finding?.broken.startsWith(`${breaks}:`) === true;
}
