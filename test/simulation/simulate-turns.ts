import type { Chance } from "./simulate-random.ts";
import { turnsBy } from "./turns.ts";
import type { Turns } from "./turns.ts";

/** `stay`: how probable it is that who had the last turn has the next as well. Near 1 the others pause for long. */
export function burstsOf(players: readonly string[], chance: Chance, stay: number): Turns {
  let last = "";
  return turnsBy(players, (waiting) => {
    if (!waiting.includes(last) || !chance.happens(stay)) last = chance.pick(waiting);
    return last;
  });
}

/** The first has so many turns, then the second has all of its own, and then the first wakes up. */
export function pausedAfter(turns: number, [first, second]: readonly [string, string]): Turns {
  let left = turns;
  return turnsBy([first, second], (waiting) => {
    const turn = waiting.includes(first) && (left > 0 || !waiting.includes(second)) ? first : second;
    if (turn === first) left -= 1;
    return turn;
  });
}
