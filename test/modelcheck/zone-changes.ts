/** Who may still hold an answer that leads to a target. From `pending` on: so many changes are INSYNC before its removal is. */
export const HELD = { nobody: 0, draining: 1, current: 2, pending: 3 } as const;

/** `watch` of a run that knows no change whose INSYNC would count. */
export const NO_WATCH = 7;

/** The changes of one zone that are PENDING, as seen from what waits for them. */
export interface Waiting {
  pending: number;
  held: number[];
  readonly runs: readonly { watch: number }[];
}

/** The change in that place of the queue, counted from 1, is INSYNC; those behind it move up. */
export function insync<S extends Waiting>(state: S, position: number): S {
  state.pending--;
  state.held = state.held.map((who) => {
    if (who < HELD.pending) return who;
    const waits = who - HELD.pending + 1;
    if (waits === position) return HELD.draining;
    return waits > position ? who - 1 : who;
  });
  for (const run of state.runs) {
    if (run.watch === NO_WATCH) continue;
    if (run.watch === position) run.watch = 0;
    else if (run.watch > position) run.watch--;
  }
  return state;
}

/** The place of an answer that is removed by the next change. */
export const removedNext = ({ pending }: Waiting): number => HELD.pending + pending;

export const bit = (mask: number, index: number): boolean => ((mask >> index) & 1) === 1;

/** A run's letter, for labels. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);
