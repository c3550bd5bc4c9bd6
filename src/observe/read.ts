import type { Call, Fault, Send } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { absorb } from "../cloud/absorb.ts";
import { withNow } from "../cloud/tick.ts";

/** Read-only calls folded into one growing Cloud. The first fault of each call is kept: what could not be read is unknown. */
export interface Reader {
  cloud(): Cloud;
  /** Sends one read; undefined when AWS refused. */
  read(call: Call): Promise<unknown>;
  readonly faults: { readonly call: Call; readonly fault: Fault }[];
}

export function reader(start: Cloud, send: Send): Reader {
  let cloud = start;
  const faults: { call: Call; fault: Fault }[] = [];
  return {
    cloud: () => cloud,
    faults,
    async read(call) {
      const answer = await send(call);
      cloud = withNow(cloud, answer.at);
      if (answer.ok === true) {
        cloud = absorb(cloud, call, answer.output);
        return answer.output;
      }
      faults.push({
        call,
        fault: answer.ok === false ? answer.fault : { code: "NoAnswer", message: answer.reason, status: 0 },
      });
      return undefined;
    },
  };
}

/** Reads every page: `next` makes the following call from an answer, or undefined at the end. */
export async function readAll<Output>(from: Reader, first: Call, next: (output: Output) => unknown): Promise<void> {
  let call: Call | undefined = first;
  while (call !== undefined) {
    const output: unknown = await from.read(call);
    const input: unknown = output === undefined ? undefined : next(output as Output);
    call = input === undefined ? undefined : { ...call, input };
  }
}

/** "Not found" is an answer: another run may have deleted what was listed a moment ago. Any other fault stays. */
export function forgiven(from: Reader, faultsBefore: number): boolean {
  const code = from.faults.at(-1)?.fault.code;
  if (from.faults.length === faultsBefore) return false;
  if (code !== "NotFoundException" && code !== "ResourceNotFoundException") return false;
  from.faults.length = faultsBefore;
  return true;
}
