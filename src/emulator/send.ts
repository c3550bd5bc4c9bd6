import type { Answer, Call, Outcome, Send } from "../cloud/call.ts";
import { ConnectionCut } from "./connection-cut.ts";
import type { Emulator } from "./emulator.ts";

/** The embedded AWS without HTTP: the same calls, the same outcomes. `onAnswer` sees each call with its answer. */
export function emulatorSend(
  emulator: Pick<Emulator, "call" | "now">,
  onAnswer?: (call: Call, answer: Answer) => void,
): Send {
  return async (call) => {
    const answer = answerOf(emulator, call);
    onAnswer?.(call, answer);
    return answer;
  };
}

/** One call, answered at once. An answer that the weather takes is `unknown`. */
export function answerOf(emulator: Pick<Emulator, "call" | "now">, call: Call): Answer {
  const at = emulator.now();
  const outcome = callOrCut(emulator, call);
  if (outcome === undefined) return { ok: "unknown", reason: "ECONNRESET: the connection was cut", at };
  return outcome.ok ? { ok: true, output: outcome.output, at } : { ok: false, fault: outcome.fault, at };
}

function callOrCut(emulator: Pick<Emulator, "call">, call: Call): Outcome | undefined {
  try {
    return emulator.call(call);
  } catch (error) {
    if (error instanceof ConnectionCut) return undefined;
    throw error;
  }
}
