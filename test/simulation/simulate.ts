import { isRead } from "../../src/cloud/conditional.ts";
import type { Call } from "../../src/cloud/call.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { atAwsPace } from "../../src/pipeline.ts";
import { reconcile } from "../world/world.ts";
import type { Coverage } from "./coverage.ts";
import { manifestOfVersion } from "./simulate-manifests.ts";
import { chanceOf } from "./simulate-random.ts";
import { rest } from "./simulate-rest.ts";
import type { Life, Scenario } from "./simulate-scenario.ts";
import { Over, Stage } from "./simulate-stage.ts";
import type { Broken } from "./simulate-stage.ts";
import { startOf } from "./simulate-start.ts";
import { burstsOf } from "./simulate-turns.ts";
import type { Turns } from "./turns.ts";
import type { Cause } from "./world-watch.ts";

export interface Simulated {
  readonly scenario: Scenario;
  readonly broken: Broken | undefined;
  readonly met: Coverage;
  /** A line a call, when it was asked for. */
  readonly trace: readonly string[];
}

class Killed extends Error {}

/** Far more than any process needs. */
const TURNS_MAX = 4_000;

/** Plays a scenario to its end, in the `given` order or in one of its seed: the writers, then calm runs of the last manifest until nothing is left to do. */
export async function simulate(scenario: Scenario, tracing = false, given?: Turns): Promise<Simulated> {
  const start = await startOf(scenario);
  const stage = new Stage(scenario, start, tracing);
  const names = scenario.writers.map((_lives, index) => `w${String(index)}`);
  const order = given ?? burstsOf(names, chanceOf(scenario.seed, "order"), scenario.stay);
  await Promise.all(scenario.writers.map((lives, index) => livesOf(stage, order, names[index] ?? "", lives)));
  if (!isBroken(stage)) stage.aws.clear();
  if (!isBroken(stage)) stage.endDrills();
  if (!isBroken(stage)) await rest(stage);
  return { scenario, broken: stage.broken, met: stage.met(), trace: stage.trace };
}

const isBroken = (stage: Stage): boolean => stage.broken !== undefined;

async function livesOf(stage: Stage, order: Turns, who: string, lives: readonly Life[]): Promise<void> {
  try {
    for (const [number, life] of lives.entries()) await liveOnce(stage, order, `${who}.${String(number)}`, who, life);
  } catch (error) {
    if (!(error instanceof Over))
      stage.breaks({ code: "BUG", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    order.leave(who);
  }
}

/** What runs may lose in one of their lives, when nobody lifts a limit. */
const REGIONS_PER_RUN = 1;

async function liveOnce(stage: Stage, order: Turns, life: string, who: string, { version, dies }: Life): Promise<void> {
  const cause: Cause = {
    who: "run",
    call: undefined,
    life: {
      retire: new Set(version.retire.map(domainName)),
      dropped: new Map(),
      limit: REGIONS_PER_RUN,
      taken: new Map(),
      quotasTold: stage.scenario.quota?.told === true,
    },
  };
  let calls = 0;
  let turns = 0;
  let nonces = 0;
  const turn = async (): Promise<void> => {
    turns += 1;
    if (turns > TURNS_MAX) {
      stage.breaks({ code: "GOES_ON_FOR_EVER", message: `${life} has had ${String(turns)} turns` });
    }
    await order.take(who);
    if (stage.broken !== undefined) throw new Over();
  };
  const ports = atAwsPace({
    send: async (call) => {
      await turn();
      calls += 1;
      const last = calls === dies?.at;
      if (last) stage.happened.add("kill");
      if (last) stage.say(`${life} dies ${dies.how} ${call.operation}`);
      if (last && dies.how === "in flight" && !isRead(call) && mayFly(stage, call)) stage.aws.launch(call);
      if (last && dies.how !== "after") throw new Killed();
      const answer = stage.exchange(life, call, { ...cause, call });
      if (last) throw new Killed();
      return answer;
    },
    clock: {
      now: () => stage.aws.now(),
      waitUntil: async (until) => {
        await turn();
        stage.aws.advance(until);
        if (stage.broken !== undefined) throw new Over();
      },
    },
    nonce: () => `${life}n${String((nonces += 1))}`,
  });
  stage.say(`${life} begins: ${JSON.stringify(version)}`);
  try {
    const done = await reconcile({ ports }, told(stage, manifestOfVersion(version)));
    stage.say(`${life} ends: ${done.outcome} ${done.diagnostics.map(({ code }) => code).join(" ")}`);
    const unseen = done.outcome === "converged" ? stage.looks.unseen(life) : undefined;
    if (done.outcome === "converged") stage.checked["CONVERGED_UNSEEN"] = (stage.checked["CONVERGED_UNSEEN"] ?? 0) + 1;
    const { proof } = done.look;
    if (proof?.safe === false && proof.violation.code === "QUOTA_TOO_SMALL") stage.happened.add("quota exhausted");
    if (unseen !== undefined)
      stage.breaks({ code: "CONVERGED_UNSEEN", message: `${life} says that it has converged: ${unseen}` });
    if (done.outcome === "diverged") stage.breaks({ code: "DIVERGED", message: JSON.stringify(done.diagnostics) });
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

/** With the low quotas of every account, where the manifest is to say them. */
function told({ scenario: { quota } }: Stage, manifest: Manifest): Manifest {
  if (quota?.told !== true) return manifest;
  const accounts = [undefined, ...new Set(manifest.zones.map(({ account }) => account))];
  return { ...manifest, quotas: accounts.map((account) => ({ account, key: quota.key, value: quota.value })) };
}

const mayFly = (stage: Stage, call: Call): boolean =>
  stage.scenario.rough.lateDeletes || !["DeleteDomainName", "DeleteBasePathMapping"].includes(call.operation);
