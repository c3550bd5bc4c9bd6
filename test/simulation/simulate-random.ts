/** Chance with a seed: the same numbers on every machine. */
export interface Chance {
  /** From 0 up to, and without, 1. */
  roll(): number;
  happens(probability: number): boolean;
  /** From `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** Each of them with the given probability, in their order. */
  some<T>(from: readonly T[], probability: number): readonly T[];
}

/** `purpose` keeps the streams of one seed apart: when one thing is switched off, the others stay as they are. */
export function chanceOf(seed: number, purpose: string): Chance {
  let state = seed | 0;
  for (const character of purpose) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) | 0;
  const roll = (): number => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 3; i++) roll();
  return {
    roll,
    happens: (probability) => roll() < probability,
    integer: (low, high) => low + Math.floor(roll() * (high - low + 1)),
    pick(from) {
      const picked = from[Math.floor(roll() * from.length)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
    some: (from, probability) => from.filter(() => roll() < probability),
  };
}
