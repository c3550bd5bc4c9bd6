import type { Send } from "./cloud/call.ts";
import type { Cloud } from "./cloud/cloud.ts";
import { isRead } from "./cloud/conditional.ts";
import type { Clock } from "./cloud/instant.ts";
import { desire } from "./desired/desire.ts";
import type { Event } from "./execute/event.ts";
import { execute } from "./execute/execute.ts";
import type { ExecuteOptions } from "./execute/execute.ts";
import { paced } from "./execute/pace.ts";
import { added, atRest, later, noRounds, refusedWith, seenSince, whyNot } from "./execute/rounds.ts";
import type { Tally } from "./execute/rounds.ts";
import { invariants } from "./interlock/invariants.ts";
import { policyOf } from "./interlock/policy.ts";
import type { Proof } from "./interlock/proof.ts";
import { prove } from "./interlock/prove.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { unmoved } from "./observe/last-look.ts";
import { observe } from "./observe/observe.ts";
import type { Observation } from "./observe/observe.ts";
import { makePlan } from "./plan/make-plan.ts";
import type { PlanOptions } from "./plan/options.ts";
import type { Plan } from "./plan/plan.ts";

/** The world, as the pipeline meets it. `nonce` gives a text that no other plan has. */
export type Ports = { readonly send: Send; readonly clock: Clock; readonly nonce: () => string };

/** The same world, at the pace that AWS allows: make it once a process, and look and run through it. */
export const atAwsPace = (world: Ports): Ports => ({ ...world, send: paced(world.send, world.clock, isRead) });

/** What there is, what is to be done, and whether that is safe (undefined: refused before it came to a proof). */
export type Look = { readonly seen: Observation; readonly plan: Plan; readonly proof: Proof | undefined };

/** Reads the estate, plans and proves. Writes nothing. `learnt` is what an earlier round of the same run knows. */
export async function look(manifest: Manifest, options: PlanOptions, ports: Ports, learnt?: Cloud): Promise<Look> {
  const seen = await observe(manifest, options, ports.send, learnt);
  const plan = makePlan(desire(manifest, seen.scope), seen, manifest.limits, options, ports.nonce());
  return { seen, ...prove(plan, seen.cloud, invariants, policyOf(manifest.limits, options.lift)) };
}

/** Executes what was looked at, then looks again and goes on until nothing is left to do. `first` is what the user agreed to. */
export async function* run(
  manifest: Manifest,
  options: PlanOptions & ExecuteOptions,
  ports: Ports,
  first: Look,
): AsyncGenerator<Event, Tally & { readonly look: Look }> {
  for (let at = first, tally = noRounds; ; tally = seenSince(tally, at.seen.cloud)) {
    const { plan, proof, seen } = at;
    const against = proof?.safe === true ? whyNot(tally, plan, options, manifest.limits) : plan.diagnostics;
    if (tally.doubtful) at = await later(ports.clock, options.signal, () => look(manifest, options, ports, seen.cloud));
    else if (proof?.safe !== true || against.length > 0) return { ...refusedWith(tally, against), look: at };
    else if (plan.steps.length > 0) {
      const executed = yield* execute(plan, proof, ports.send, ports.clock, options);
      tally = added(tally, plan, executed);
      if (executed.outcome !== "converged" && executed.outcome !== "replan") return { ...tally, look: at };
      at = await look(manifest, options, ports, executed.cloud);
    } else if (await unmoved(seen.cloud, seen.scope, ports.send)) return { ...atRest(tally, plan), look: at };
    else at = await look(manifest, options, ports, seen.cloud);
  }
}
