import { EVERYTHING, scenarioOf } from "../simulate-scenario.ts";
import { cases, pausesOf, playedCase } from "../simulate-cases.ts";
import { simulate } from "../simulate.ts";
import type { Broken } from "../simulate-stage.ts";
import { directed } from "./cases.ts";
import type { Stage } from "../protocol/stage.ts";
import { scripts } from "./scripts.ts";

/** One thing to try: a named case, of which the first run pauses after so many turns; a script; or a seed of the simulation. */
export type Try =
  | { readonly case: string; readonly pause: number }
  | { readonly script: string }
  | { readonly seed: number };

export interface Search {
  /** Tried first, one after the other. */
  readonly first: readonly Try[];
  /** Then every named case, paused at every so many turns, and every script; 0: none. */
  readonly step: number;
  /** Then the seeds from 1 on. */
  readonly seeds: number;
  /** A violation counts only when it is the proof's, by this invariant. */
  readonly invariant?: string | undefined;
}

export interface Catch {
  readonly by: Try;
  readonly broken: Broken;
}

/** The environment variable by which a process knows that it is to search. */
export const WORKER_MARK = "MUTANTS_WORKER";

const all = [...cases, ...directed];

async function played(each: Try): Promise<Broken | undefined> {
  if ("seed" in each) return (await simulate(scenarioOf(each.seed, EVERYTHING))).broken;
  if ("script" in each) return scripted(each.script);
  const named = all.find(({ name }) => name === each.case);
  if (named === undefined) throw new Error(`there is no case "${each.case}"`);
  return (await playedCase(named, each.pause)).broken;
}

async function scripted(name: string): Promise<Broken | undefined> {
  const script = scripts[name];
  if (script === undefined) throw new Error(`there is no script "${name}"`);
  // With some mutants a script does not come to its end; that is no catch.
  const stage = await script.play().catch(() => undefined);
  if (stage === undefined) return undefined;
  if (script.breaks === "proof") return refusedByTheProof(stage);
  const found = stage.watch.broken.find((each) => each.startsWith(script.breaks));
  if (found === undefined) return undefined;
  return { code: script.breaks, message: found, call: stage.sent.length };
}

async function refusedByTheProof(stage: Stage): Promise<Broken | undefined> {
  const done = await stage.rest("A");
  const proof = done?.look.proof;
  if (proof === undefined || proof.safe) return undefined;
  const { code, message } = proof.violation;
  return { code: "DOES_NOT_CONVERGE", message: `refused: ${code} ${message}`, call: stage.sent.length };
}

function* triesOf({ first, step, seeds }: Search): Generator<Try> {
  yield* first;
  if (step > 0) for (const each of all) for (const pause of pausesOf(each, step)) yield { case: each.name, pause };
  if (step > 0) for (const script of Object.keys(scripts)) yield { script };
  for (let seed = 1; seed <= seeds; seed++) yield { seed };
}

async function search(task: Search): Promise<Catch | "nothing"> {
  for (const by of triesOf(task)) {
    const broken = await played(by);
    if (broken !== undefined && (task.invariant === undefined || proofCode(broken) === task.invariant))
      return { by, broken };
  }
  return "nothing";
}

const PROOF = /refused: (?:\w+ .*; )?([A-Z_]+) /u;

/** The invariant by which the proof refused a plan, where that is why a run got nowhere. */
export const proofCode = ({ code, message }: Broken): string | undefined =>
  code === "DOES_NOT_CONVERGE" ? PROOF.exec(message)?.[1] : undefined;

if (process.env[WORKER_MARK] !== undefined)
  process.on("message", (task: Search) => void search(task).then((found) => process.send?.(found)));
