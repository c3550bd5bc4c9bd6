import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { isRead } from "../../../src/cloud/conditional.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { look } from "../../../src/pipeline.ts";
import type { PlanOptions } from "../../../src/plan/options.ts";
import { hasChanges } from "../../../src/plan/plan.ts";
import { ACCOUNT, reconcile, world } from "../../world/world.ts";
import type { World } from "../../world/world.ts";
import { OWNER } from "../simulate-manifests.ts";
import { noneChecked, watch } from "../world-watch.ts";
import type { Cause, Violation, Watch } from "../world-watch.ts";
import { surplusIn, thingsIn } from "./things.ts";

/** One command on one estate, to be killed at every one of its calls. */
export interface Phase {
  readonly what: string;
  readonly from: Cloud;
  readonly manifest: Manifest;
  readonly options: PlanOptions;
  /** What the run after the kill wants; left out: the same. */
  readonly afterwards?: { readonly manifest: Manifest; readonly options: PlanOptions };
  /** Names that go out of service. */
  readonly mayGo: readonly string[];
}

/**
 * `after`: AWS has done the call, and nobody has read its answer. `in flight`: the call is on its way when its sender
 * dies, and lands when the next run has looked, directly before its first write.
 */
type How = "after" | "in flight";

/** Where a process dies. */
interface Death {
  readonly at: number;
  readonly how: How;
}

/** What a kill and one plain run after it have led to. */
export interface Fate extends Death {
  readonly operation: string;
  /** The run after it ended with this. */
  readonly outcome: string;
  readonly diagnostics: readonly string[];
  /** Nothing is left to do, and there is what there is without the kill. */
  readonly converged: boolean;
  readonly duplicates: readonly string[];
  readonly orphans: readonly string[];
  /** A promise that did not hold after some call, before the kill or after it. */
  readonly harm: Violation | undefined;
}

/** The phase without a kill. */
interface Straight {
  readonly calls: readonly Call[];
  readonly things: readonly string[];
  readonly end: Cloud;
}

class Killed extends Error {}

/** The watch of the simulation knows as ours what carries this name and scope; which they are makes no difference. */
export const underWatch = (manifest: Manifest): Manifest => ({
  ...manifest,
  name: OWNER.manifest,
  scopeId: OWNER.scope,
  account: undefined,
});

/** What several processes, one after the other, have between them: AWS itself, and who watches it. */
interface Stage {
  readonly watch: Watch;
  readonly limit: number;
  readonly shutsOut: boolean;
  readonly retire: ReadonlySet<string>;
  flying: Call | undefined;
  harm: Violation | undefined;
}

function stageOf({ from, manifest, afterwards, options, mayGo }: Phase): Stage {
  const names = [manifest, afterwards?.manifest ?? manifest].flatMap(({ apis, retire }) => [
    ...apis.map(({ name }) => name),
    ...retire,
  ]);
  const watching = watch([...new Set(names)], from, noneChecked());
  watching.mayGo(mayGo);
  const { regionsRemovedPerRun } = manifest.limits;
  const limit = options.lift.includes("regionsRemovedPerRun") ? Infinity : regionsRemovedPerRun;
  return {
    watch: watching,
    limit,
    shutsOut: options.lift.includes("clientClasses"),
    retire: new Set(mayGo.map(domainName)),
    flying: undefined,
    harm: undefined,
  };
}

/** One process: a pace, nonces and identifiers of its own. Every change of AWS is watched. */
function processOf(stage: Stage, cloud: Cloud, seed: string, death?: Death): World & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const life = { retire: stage.retire, dropped: new Map(), limit: stage.limit, taken: new Map(), quotasTold: false };
  const { shutsOut } = stage;
  let before = cloud;
  const watched = (cause: Cause): void => {
    const after = into.emulator.cloud();
    if (after !== before) stage.harm ??= stage.watch.after(before, after, cause);
    before = after;
  };
  const land = (): void => {
    const call = stage.flying;
    if (call === undefined) return;
    stage.flying = undefined;
    into.emulator.call(call);
    watched({ who: "late", call, shutsOut });
  };
  const into = world(
    cloud,
    (send) => async (call) => {
      calls.push(call);
      const last = calls.length === death?.at;
      if (!isRead(call)) land();
      if (last && death.how === "in flight") {
        stage.flying = call.account === "" ? { ...call, account: ACCOUNT } : call;
        throw new Killed();
      }
      const answer = await send(call);
      watched({ who: "run", call, life, shutsOut });
      if (answer.ok === true && call.service === "probe")
        stage.watch.probed((call.input as { readonly address: { readonly host: string } }).address.host);
      if (last) throw new Killed();
      return answer;
    },
    seed,
  );
  return { ...into, calls };
}

/** The phase from its start to its end. Throws when it does not come to rest or breaks a promise: nothing could be said of its kills. */
export async function straight(phase: Phase): Promise<Straight> {
  const stage = stageOf(phase);
  const process = processOf(stage, phase.from, `${phase.what} straight`);
  const { outcome, diagnostics } = await reconcile(process, phase.manifest, phase.options);
  if (outcome !== "converged" || stage.harm !== undefined)
    throw new Error(`${phase.what}: ${outcome} ${JSON.stringify(stage.harm ?? diagnostics)}`);
  const end = process.emulator.cloud();
  const surplus = surplusIn(end);
  if (surplus.duplicates.length + surplus.orphans.length > 0)
    throw new Error(`${phase.what}, without a kill: ${JSON.stringify(surplus)}`);
  return { calls: process.calls, things: thingsIn(end), end };
}

/** Every place at which the process can die. */
export const deathsOf = ({ calls }: Straight): readonly Death[] =>
  calls.flatMap((call, index): readonly Death[] => {
    const at = index + 1;
    return isRead(call)
      ? [{ at, how: "after" }]
      : [
          { at, how: "in flight" },
          { at, how: "after" },
        ];
  });

/** Dies there, and is run once more, as anybody would: nothing is left of the process but what AWS has. `things`: what there is to be. */
export async function killed(phase: Phase, death: Death, things: readonly string[]): Promise<Fate> {
  const stage = stageOf(phase);
  const first = processOf(stage, phase.from, `${phase.what} killed ${String(death.at)} ${death.how}`, death);
  const ended = await reconcile(first, phase.manifest, phase.options).catch((error: unknown) => error);
  if (!(ended instanceof Killed))
    throw ended instanceof Error ? ended : new Error(`call ${String(death.at)} is not met`);
  const { manifest, options } = phase.afterwards ?? phase;
  const second = processOf(stage, first.emulator.cloud(), `${phase.what} after ${String(death.at)} ${death.how}`);
  const { outcome, diagnostics } = await reconcile(second, manifest, options);
  const end = second.emulator.cloud();
  const landed = stage.flying === undefined;
  const left = landed && hasChanges((await look(manifest, options, second.ports)).plan);
  return {
    ...death,
    operation: first.calls.at(-1)?.operation ?? "",
    outcome,
    diagnostics: diagnostics.map(({ code, message }) => `${code} ${message}`),
    converged: outcome === "converged" && landed && !left && JSON.stringify(thingsIn(end)) === JSON.stringify(things),
    ...surplusIn(end),
    harm: stage.harm,
  };
}
