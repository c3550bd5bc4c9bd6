import type { Chance } from "./simulate-random.ts";

/** Lets several runs go on one await at a time, in an order that the seed decides: nothing else runs in between. */
export interface Turns {
  take(who: string): Promise<void>;
  leave(who: string): void;
}

/** `stay`: how probable it is that who had the last turn has the next as well. Near 1 the others pause for long. */
export function burstsOf(players: readonly string[], chance: Chance, stay: number): Turns {
  const live = new Set(players);
  const waiting = new Map<string, () => void>();
  let last = "";
  const pass = (): void => {
    if (live.size === 0 || waiting.size < live.size) return;
    if (!waiting.has(last) || !chance.happens(stay)) last = chance.pick([...waiting.keys()].toSorted());
    const resume = waiting.get(last);
    waiting.delete(last);
    resume?.();
  };
  return {
    take: (who) =>
      new Promise((resolve) => {
        waiting.set(who, resolve);
        pass();
      }),
    leave(who) {
      live.delete(who);
      pass();
    },
  };
}

/** The first has so many turns, then the second has all of its own, and then the first wakes up. */
export function pausedAfter(turns: number, [first, second]: readonly [string, string]): Turns {
  const waiting = new Map<string, () => void>();
  const live = new Set([first, second]);
  let left = turns;
  const pass = (): void => {
    if (waiting.size < live.size) return;
    const turn = live.has(first) && (left > 0 || !live.has(second)) ? first : second;
    if (turn === first) left -= 1;
    const resume = waiting.get(turn);
    waiting.delete(turn);
    resume?.();
  };
  return {
    take: (who) =>
      new Promise((resolve) => {
        waiting.set(who, resolve);
        pass();
      }),
    leave(who) {
      live.delete(who);
      pass();
    },
  };
}
