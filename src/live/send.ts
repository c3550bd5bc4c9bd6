import type { Answer, Call, Send } from "../cloud/call.ts";
import type { Clock, Instant } from "../cloud/instant.ts";
import { assumedRoles, type AssumedRoles, type Credentials } from "./assumed-role.ts";
import { awsClients, type AwsCommand, type ClientOptions } from "./clients.ts";
import { failureOf } from "./faults.ts";
import { probeOverTls } from "./prober.ts";

export interface LiveOptions extends ClientOptions {
  /** Tells the time where an answer does not. */
  readonly clock: Pick<Clock, "now">;
  /** Where probes go; left out, they are real connections. */
  readonly probe?: Send;
  /** Accounts that are reached through a role. Left out: none. */
  readonly assume?: AssumedRoles;
}

/** The way out to AWS through its SDK: a Call becomes the command of its name. */
export function liveSend(options: LiveOptions): Send {
  const clients = awsClients(options);
  const probe = options.probe ?? ((call: Call) => probeOverTls(call, options.clock));
  const sessionFor = options.assume && assumedRoles(options.assume, (call) => sendToAws(call), options.clock);
  return async (call) => {
    if (call.service === "probe") return probe(call);
    const session = await sessionFor?.(call.account);
    if (session !== undefined && "fault" in session) return { ok: false, fault: session.fault, at: session.at };
    return sendToAws(call, session?.credentials);
  };

  async function sendToAws(call: Call, session?: Credentials): Promise<Answer> {
    const { client, command } = await clients.prepare(call, session);
    const seen = watchResponse(command);
    const at = (): Instant => seen.date() ?? options.clock.now();
    try {
      const output = plainOutput(await client.send(command));
      return { ok: true, output, at: at() };
    } catch (error) {
      const failure = failureOf(error, seen.answered());
      if ("lost" in failure) return { ok: "unknown", reason: failure.lost, at: at() };
      return { ok: false, fault: failure.fault, at: at() };
    }
  }
}

/** The SDK shows no headers, so a middleware next to the network looks at the response. */
function watchResponse(command: AwsCommand): { answered(): boolean; date(): Instant | undefined } {
  let headers: Readonly<Record<string, string>> | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      headers = (result.response as { headers?: Readonly<Record<string, string>> }).headers ?? {};
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  return {
    answered: () => headers !== undefined,
    date() {
      const instant = Date.parse(headers?.["date"] ?? "");
      return Number.isNaN(instant) ? undefined : instant;
    },
  };
}

/** AWS's output as the model has it: instants as numbers, without what the SDK adds. */
function plainOutput(output: unknown): unknown {
  return plain(typeof output === "object" && output !== null ? { ...output, $metadata: undefined } : {});
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}
