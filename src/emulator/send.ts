import type { Answer, Call, Send } from "../cloud/call.ts";
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

/** One call, answered at once. */
export function answerOf(emulator: Pick<Emulator, "call" | "now">, call: Call): Answer {
  const at = emulator.now();
  const outcome = emulator.call(call);
  return outcome.ok ? { ok: true, output: outcome.output, at } : { ok: false, fault: outcome.fault, at };
}
