import type { Answer, Call } from "../../src/cloud/call.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import type { Instant } from "../../src/cloud/instant.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { emulatorSend } from "../../src/emulator/send.ts";
import type { StandIns } from "../../src/emulator/stand-ins.ts";
import type { Event } from "../../src/execute/event.ts";
import type { Tally } from "../../src/execute/rounds.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { atAwsPace, look, run } from "../../src/pipeline.ts";
import type { Look, Ports } from "../../src/pipeline.ts";
import type { PlanOptions } from "../../src/plan/options.ts";

export const ACCOUNT = "111122223333";
export const START: Instant = Date.UTC(2026, 0, 1);

/** An embedded AWS without a wire, and a log of every call with its answer. */
export interface World {
  readonly emulator: Emulator;
  readonly log: { readonly call: Call; readonly answer: Answer }[];
  readonly ports: Ports;
}

/** `seed` must differ where `start` came out of another world: identifiers are made of it. */
export function world(
  start: Cloud = emptyCloud(START),
  wrap: (send: Ports["send"]) => Ports["send"] = (send) => send,
  seed = "emulator",
): World {
  const emulator = createEmulator({ cloud: start, seed });
  const log: World["log"] = [];
  const send = emulatorSend(emulator, (call, answer) => log.push({ call, answer }));
  let nonces = 0;
  const ports = atAwsPace({
    // A Call without an account is of the ambient one.
    send: wrap((call) => send(call.account === "" ? { ...call, account: ACCOUNT } : call)),
    clock: {
      now: () => emulator.now(),
      waitUntil: async (until) => emulator.advance(until),
    },
    nonce: () => `n${String(emulator.now())}-${String((nonces += 1))}`,
  });
  return { emulator, log, ports };
}

/** What the manifest refers to and does not manage, put there. */
export function prepare(into: World, manifest: Manifest): void {
  const restApis = new Map<string, StandIns["restApis"][number]>();
  for (const api of manifest.apis) {
    for (const { region, mappings } of api.regions) {
      for (const { restApi, stage } of mappings) {
        const key = `${region} ${restApi}`;
        const stages = new Set([...(restApis.get(key)?.stages ?? []), stage]);
        restApis.set(key, { region, id: restApi, stages: [...stages] });
      }
    }
  }
  into.emulator.prepare({
    account: ACCOUNT,
    zones: manifest.zones.map(({ account, name }) => ({ account: account ?? ACCOUNT, name })),
    restApis: [...restApis.values()],
  });
}

export const CONVERGE: PlanOptions = { goal: "converge", overwrite: [], acceptLive: [], lift: [] };
export const RETIRE: PlanOptions = { ...CONVERGE, goal: "retire" };

export interface Done extends Tally {
  readonly look: Look;
  readonly events: readonly Event[];
}

/** One whole run: look, execute, look again, until it rests. */
export async function reconcile(
  into: Pick<World, "ports">,
  manifest: Manifest,
  options: Partial<PlanOptions & { wait: boolean; signal: AbortSignal }> = {},
): Promise<Done> {
  const all = { ...CONVERGE, wait: true, signal: new AbortController().signal, ...options };
  const running = run(manifest, all, into.ports, await look(manifest, all, into.ports));
  const events: Event[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done === true) return { ...next.value, events };
    events.push(next.value);
  }
}

/** Writes among the calls logged since `from`. */
export const writesSince = (into: World, from: number): readonly Call[] =>
  into.log.slice(from).flatMap(({ call }) => (/^(Get|List|Describe|Probe)/u.test(call.operation) ? [] : [call]));
