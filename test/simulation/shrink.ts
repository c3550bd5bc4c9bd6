import type { Switches } from "./simulate-scenario.ts";
import { scenarioOf } from "./simulate-scenario.ts";
import { simulate } from "./simulate.ts";
import type { Simulated } from "./simulate.ts";

/** What may be switched off, the most confusing first. */
const SMALLER: readonly (readonly [string, (on: Switches) => Switches])[] = [
  ["weather", (on) => ({ ...on, weather: false })],
  ["late", (on) => ({ ...on, late: false })],
  ["people", (on) => ({ ...on, people: false })],
  ["removals", (on) => ({ ...on, removals: false })],
  ["strangers", (on) => ({ ...on, strangers: false })],
  ["quotas", (on) => ({ ...on, quotas: false })],
  ["slow", (on) => ({ ...on, slow: false })],
  ["sharing", (on) => ({ ...on, sharing: false })],
  ["routing", (on) => ({ ...on, routing: false })],
  ["paths", (on) => ({ ...on, paths: false })],
  ["kills", (on) => ({ ...on, kills: false })],
  ["writers>1", (on) => ({ ...on, writersMax: 1 })],
  ["writers>2", (on) => ({ ...on, writersMax: 2 })],
  ["names>1", (on) => ({ ...on, namesMax: 1 })],
  ["names>2", (on) => ({ ...on, namesMax: 2 })],
];

/** Switches by what `--off` calls them. */
export function without(on: Switches, off: readonly string[]): Switches {
  let less = on;
  for (const each of off) {
    const switched = SMALLER.find(([name]) => name === each);
    if (switched === undefined)
      throw new Error(`nothing is called ${each}: ${SMALLER.map(([name]) => name).join(", ")}`);
    less = switched[1](less);
  }
  return less;
}

/** The same failure with as little as it needs, and what was switched off for it. */
export async function shrunk(
  failed: Simulated,
  on: Switches,
): Promise<{ readonly off: readonly string[]; readonly smallest: Simulated }> {
  let smallest = failed;
  const off: string[] = [];
  for (const [name] of SMALLER) {
    const tried = await simulate(scenarioOf(failed.scenario.seed, without(on, [...off, name])), true);
    if (tried.broken?.code !== failed.broken?.code) continue;
    off.push(name);
    smallest = tried;
  }
  return { off, smallest };
}
