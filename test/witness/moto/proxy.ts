import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Answer, Call } from "../../../src/cloud/call.ts";
import type { Instant } from "../../../src/cloud/instant.ts";
import { handle, requestedService } from "../../../src/emulator/dispatch.ts";
import { loadModel } from "../../../src/emulator/sdk-models.ts";
import { serve, type Served } from "../../../src/emulator/serve.ts";
import type { ApiModel } from "../../../src/emulator/service-model.ts";
import type { WireRequest, WireResponse } from "../../../src/emulator/wire.ts";

/** One exchange that went through: `service:Operation`, or the method and path of what no SDK client of ours knows. */
export interface Exchange {
  readonly operation: string;
  readonly region: string;
  readonly status: number;
  /** What was answered, when it was an error. */
  readonly complaint: string;
}

/** Answers a call in place of the server behind, or leaves it to that one. */
export type Mend = (call: Call) => Promise<Answer> | undefined;

export interface ProxyOptions {
  /** Where requests go: `http://127.0.0.1:<port>`. */
  readonly target: string;
  readonly mend?: Mend;
  readonly seen?: (exchange: Exchange) => void;
  /** The time of every answer; left out, the server's own. */
  readonly now?: () => Instant;
}

/** A server on loopback that knows the AWS operation of every request, and passes on byte for byte what is not mended. */
export function openProxy({ target, mend, seen, now }: ProxyOptions): Promise<Served> {
  return serve(async (request) => {
    const service = requestedService(request);
    const model = service === undefined ? undefined : await loadModel(service);
    const call = model === undefined ? undefined : callOf(model, request);
    const mended = call === undefined ? undefined : mend?.(call);
    const response =
      model === undefined || mended === undefined
        ? await forward(target, request)
        : write(model, request, await mended);
    seen?.({
      operation: call === undefined ? `${request.method} ${request.path}` : `${call.service}:${call.operation}`,
      region: call?.region ?? "",
      status: response.status,
      complaint: response.status < 400 ? "" : Buffer.from(response.body).toString("utf8"),
    });
    return now === undefined ? response : withDate(response, now());
  });
}

const withDate = (response: WireResponse, now: Instant): WireResponse => ({
  ...response,
  headers: { ...response.headers, date: new Date(now).toUTCString() },
});

/** The wire layer of the embedded AWS, with nothing behind it, tells what a request asks. */
function callOf(model: ApiModel, request: WireRequest): Call | undefined {
  let asked: Call | undefined;
  handle(
    model,
    performer((call) => ((asked = call), { ok: true, cloud: undefined as never, output: {} })),
    request,
  );
  return asked;
}

/** The same wire layer writes a mended answer. */
function write(model: ApiModel, request: WireRequest, answer: Answer): WireResponse {
  if (answer.ok === "unknown") throw new Error(`the server behind the proxy did not answer: ${answer.reason}`);
  return handle(
    model,
    performer(() => (answer.ok ? { ok: true, cloud: undefined as never, output: answer.output } : answer)),
    request,
  );
}

const performer = (call: Parameters<typeof handle>[1]["call"]): Parameters<typeof handle>[1] => ({
  call,
  now: () => Date.now(),
  requestId: () => "mended",
});

function forward(target: string, request: WireRequest): Promise<WireResponse> {
  const query = request.query.toString();
  const headers = { ...request.headers, "content-length": String(request.body.length) };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${target}${request.path}${query === "" ? "" : `?${query}`}`,
      { method: request.method, headers },
      (incoming) => void readResponse(incoming).then(resolve, reject),
    );
    outgoing.on("error", reject);
    outgoing.end(request.body);
  });
}

/** What belongs to the connection and not to the answer. */
const HOP_HEADERS = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

async function readResponse(incoming: IncomingMessage): Promise<WireResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const headers = Object.entries(incoming.headers)
    .filter(([name]) => !HOP_HEADERS.has(name))
    .map(([name, value]) => [name, String(value)]);
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
    body: Buffer.concat(chunks),
  };
}
