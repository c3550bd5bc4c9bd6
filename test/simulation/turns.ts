import type { Ports } from "../../src/pipeline.ts";
import { atAwsPace } from "../../src/pipeline.ts";
import type { World } from "../world/world.ts";

/** Lets several runs go on one await at a time, in an order that a seed decides: nothing else runs in between. */
export interface Turns {
  take(who: string): Promise<void>;
  leave(who: string): void;
}

export function turns(players: readonly string[], seed: number): Turns {
  const random = mulberry(seed);
  return turnsBy(players, (names) => names[Math.floor(random() * names.length)] ?? "");
}

/** When every player that is left waits, `choose` says whose turn it is: of the names that wait, sorted. */
export function turnsBy(players: readonly string[], choose: (waiting: readonly string[]) => string): Turns {
  const live = new Set(players);
  const waiting = new Map<string, () => void>();
  const pass = (): void => {
    if (live.size === 0 || waiting.size < live.size) return;
    const next = choose([...waiting.keys()].toSorted());
    const resume = waiting.get(next);
    waiting.delete(next);
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

/** A small generator with a seed: the same numbers on every machine. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Far more than any run needs. */
const TURNS_MAX = 3_000;

/** The same world for one of several players: a process of its own, with a pace and nonces of its own. */
export function player(into: World, order: Turns, who: string, afterCall: () => void): World {
  let nonces = 0;
  let turnsTaken = 0;
  const turn = async (): Promise<void> => {
    if (++turnsTaken > TURNS_MAX) throw new Error(`${who} goes on for ever`);
    await order.take(who);
  };
  const ports: Ports = {
    send: async (call) => {
      await turn();
      const answer = await into.ports.send(call);
      afterCall();
      return answer;
    },
    clock: {
      now: () => into.emulator.now(),
      waitUntil: async (until) => {
        await turn();
        into.emulator.advance(until);
      },
    },
    nonce: () => `${who}${String((nonces += 1))}`,
  };
  return { ...into, ports: atAwsPace(ports) };
}
