import { LIMITS } from "../../src/plan/options.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import { CONVERGE, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { calmed } from "./simulate-stage.ts";
import type { Stage } from "./simulate-stage.ts";
import { manifestOfVersion, retiring, widest } from "./simulate-manifests.ts";
import type { Version } from "./simulate-manifests.ts";
import { amiss, orphans, surplusIn } from "./world-census.ts";
import type { Violation } from "./world-watch.ts";

const RUNS_MAX = 5;
const HOUR = 3_600_000;

/** Calm runs of the last manifest until nothing is left to do: then everything that it wants is there, and nothing else of ours. */
export async function rest(stage: Stage): Promise<void> {
  const { scenario } = stage;
  const cloud = calmed(stage);
  const into = world(cloud, undefined, `calm ${String(scenario.seed)}`);
  let before = cloud;
  stage.now = () => into.emulator.now();
  const watched: World = {
    ...into,
    ports: {
      ...into.ports,
      send: async (call) => {
        const answer = await into.ports.send(call);
        const after = into.emulator.cloud();
        const cause = { who: "run", call, shutsOut: true } as const;
        const violation = after === before ? undefined : stage.watch.after(before, after, cause);
        if (answer.ok === true && call.service === "probe")
          stage.watch.probed((call.input as { readonly address: { readonly host: string } }).address.host);
        const sent = stage.watch.sent(cause, answer, undefined, after);
        before = after;
        stage.calls += 1;
        stage.say(`calm  ${call.operation} ${call.region} -> ${answer.ok === true ? "ok" : JSON.stringify(answer)}`);
        if (violation !== undefined) stage.breaks(violation);
        if (sent !== undefined) stage.breaks(sent);
        return answer;
      },
    },
  };
  const versions = [
    ...(scenario.start.earlier === undefined ? [] : [scenario.start.earlier]),
    ...scenario.writers.flat().map(({ version }) => version),
  ];
  const failure = (await settle(stage, watched, scenario.last)) ?? (await leftOver(stage, watched, versions));
  if (failure !== undefined && stage.broken === undefined) stage.breaks(failure);
}

/** What a run that was killed left in a Region that nothing names any more: the manifest that names it finds it. */
async function leftOver(stage: Stage, into: World, versions: readonly Version[]): Promise<Violation | undefined> {
  const { last } = stage.scenario;
  const surplus = surplusIn(into.emulator.cloud(), last);
  if (surplus.length > 0) {
    const orphan = stage.watch
      .everPublished(into.emulator.cloud())
      .find((each) => surplus.some((text) => text.includes(each)));
    if (orphan !== undefined)
      return { code: "ORPHANED", message: `${orphan} has answered, is no longer wanted, and is never deleted` };
    stage.happened.add("left over, then mended");
    const leave = orphans(last, into.emulator.cloud());
    const wide = widest(last, versions, leave);
    const extra = wide.names.map(({ name }) => name).filter((name) => !leave.includes(name));
    stage.watch.mayGo(extra);
    for (const version of [wide, retiring(last, extra), last]) {
      const failure = await settle(stage, into, version);
      if (failure !== undefined) return failure;
    }
  }
  const [problem] = amiss(into.emulator.cloud(), last);
  return problem === undefined ? undefined : { code: "NOT_AS_WANTED", message: problem };
}

async function settle(stage: Stage, into: World, version: Version): Promise<Violation | undefined> {
  const manifest = manifestOfVersion(version);
  let overwrite: readonly Address[] = [];
  let why = "";
  for (let runs = 0; runs < RUNS_MAX && stage.broken === undefined; runs++) {
    const options = { ...CONVERGE, lift: LIMITS, overwrite };
    const done = await reconcile(into, manifest, options);
    const { proof, plan } = done.look;
    why = `${done.outcome}: ${[...done.diagnostics.map(({ code, message }) => `${code} ${message}`), proof?.safe === false ? `${proof.violation.code} ${proof.violation.message}` : ""].join("; ")}`;
    stage.say(`calm run: ${why}${done.outcome === "converged" ? "" : ` ${plan.steps.map(({ id }) => id).join(", ")}`}`);
    if (done.outcome === "converged") {
      return hasChanges(plan) ? { code: "NOT_AT_REST", message: plan.steps.map(({ id }) => id).join(" ") } : undefined;
    }
    const held = plan.held.map(({ address }) => address);
    if (held.length > 0) stage.watch.decided();
    overwrite = [...new Set([...overwrite, ...held])];
    into.emulator.advance(into.emulator.now() + HOUR);
  }
  return { code: "DOES_NOT_CONVERGE", message: why };
}
