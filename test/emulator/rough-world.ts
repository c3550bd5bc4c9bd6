import type { Cloud } from "../../src/cloud/cloud.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { EmulatorOptions } from "../../src/emulator/emulator.ts";
import { emulatorSend } from "../../src/emulator/send.ts";
import { atAwsPace } from "../../src/pipeline.ts";
import { ACCOUNT } from "../world/world.ts";
import type { World } from "../world/world.ts";

/** A world whose AWS throttles, and misbehaves as it is told. */
export function roughWorld(start: Cloud, options: Partial<EmulatorOptions>, seed: string): World {
  const emulator = createEmulator({ cloud: start, seed, throttle: true, ...options });
  const log: World["log"] = [];
  const send = emulatorSend(emulator, (call, answer) => log.push({ call, answer }));
  let nonces = 0;
  const ports = atAwsPace({
    send: (call) => send(call.account === "" ? { ...call, account: ACCOUNT } : call),
    clock: {
      now: () => emulator.now(),
      waitUntil: async (until) => emulator.advance(until),
    },
    nonce: () => `${seed}-${String(emulator.now())}-${String((nonces += 1))}`,
  });
  return { emulator, log, ports };
}
