import type { Cloud } from "../../src/cloud/cloud.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { Emulator, EmulatorOptions } from "../../src/emulator/emulator.ts";
import { emulatorSend } from "../../src/emulator/send.ts";
import { atAwsPace } from "../../src/pipeline.ts";
import { ACCOUNT } from "../world/world.ts";
import type { World } from "../world/world.ts";

/** A world whose AWS throttles, and misbehaves as it is told. */
export function roughWorld(start: Cloud, options: Partial<EmulatorOptions>, seed: string): World {
  return anotherProcess(createEmulator({ cloud: start, seed, throttle: true, ...options }), seed);
}

/** The same AWS as a process meets it that starts now: with a pacer that knows nothing of what others have asked. */
export function anotherProcess(emulator: Emulator, name: string): World {
  const log: World["log"] = [];
  const send = emulatorSend(emulator, (call, answer) => log.push({ call, answer }));
  let nonces = 0;
  const ports = atAwsPace({
    send: (call) => send(call.account === "" ? { ...call, account: ACCOUNT } : call),
    clock: {
      now: () => emulator.now(),
      waitUntil: async (until) => emulator.advance(until),
    },
    nonce: () => `${name}-${String(emulator.now())}-${String((nonces += 1))}`,
  });
  return { emulator, log, ports };
}
