import type { Answer, Call, Send } from "../../../src/cloud/call.ts";

/** A mend's own success. The proxy tells the time. */
export const succeed = (output: unknown): Answer => ({ ok: true, output, at: 0 });

export const refuse = (code: string, message: string, status = 400): Answer => ({
  ok: false,
  fault: { code, message, status },
  at: 0,
});

/** The answer with its output changed; a refusal stays what it is. */
export const changed = <Output>(answer: Answer, change: (output: Output) => unknown): Answer =>
  answer.ok === true ? { ...answer, output: change(answer.output as Output) } : answer;

/** The output of a call that a mend or a scenario makes for itself, and that must succeed. */
export async function outputOf<Output>(send: Send, call: Call): Promise<Output> {
  const answer = await send(call);
  if (answer.ok === true) return answer.output as Output;
  throw new Error(`${call.service}:${call.operation}: ${JSON.stringify(answer)}`);
}
