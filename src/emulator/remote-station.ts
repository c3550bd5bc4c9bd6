import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Answer } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { fromJsonLine, toJsonLine } from "./call-json.ts";
import { ConnectionCut } from "./connection-cut.ts";
import type { Holder } from "./local-lock.ts";
import {
  CUT_HEADER,
  GONE_STATUS,
  NOW_HEADER,
  PRIVATE_PATH,
  SIMULATED_HEADER,
  TOKEN_HEADER,
  type PrivateRequest,
  type Station,
} from "./local-station.ts";
import { utf8, type WireRequest, type WireResponse } from "./wire.ts";

/** The holder serves no more. `sent`: the request had left, so it may have had its effect; `code` is what the SDK's own network would give. */
export class HolderGone extends Error {
  readonly sent: boolean;
  readonly code: string;

  constructor(sent: boolean) {
    super("the process that held the embedded AWS is gone");
    this.sent = sent;
    this.code = sent ? "ECONNRESET" : "ECONNREFUSED";
  }
}

const TIMEOUT_MS = 30_000;

/** The embedded AWS in the process that holds the lock. Every request may throw HolderGone, and one to AWS ConnectionCut. */
export function remoteStation(holder: Holder): Station {
  let lastNow: Instant = 0;
  let simulated = true;
  const respond = async (request: WireRequest): Promise<WireResponse> => {
    const response = await exchange(holder, request);
    const now = response.headers[NOW_HEADER];
    // Something else listens on that port by now, or the holder is giving up.
    if (response.status === GONE_STATUS || now === undefined) throw new HolderGone(false);
    lastNow = Math.max(lastNow, Number(now));
    simulated = response.headers[SIMULATED_HEADER] !== "false";
    if (response.headers[CUT_HEADER] !== undefined) throw new ConnectionCut();
    return response;
  };
  const ask = async (request: PrivateRequest): Promise<unknown> => {
    const { status, body } = await respond(privateRequest(request));
    if (status !== 200)
      throw new Error(`the holder of the embedded AWS (process ${holder.pid}) answers ${status}: ${utf8(body)}`);
    return fromJsonLine(utf8(body));
  };
  return {
    respond,
    call: async (call) => (await ask({ ask: "call", call })) as Answer,
    advance: async (until) => void (await ask({ ask: "advance", until })),
    prepare: async (standIns) => ((await ask({ ask: "prepare", standIns })) as { made: readonly string[] }).made,
    now: () => lastNow,
    simulated: () => simulated,
  };
}

/** Whether a holder serves no more. Throws when it is there and does not answer. */
export async function isGone(holder: Holder): Promise<boolean> {
  try {
    await remoteStation(holder).advance(0);
    return false;
  } catch (error) {
    if (error instanceof HolderGone) return true;
    throw error;
  }
}

function privateRequest(request: PrivateRequest): WireRequest {
  return {
    method: "POST",
    path: `${PRIVATE_PATH}${request.ask}`,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(toJsonLine(request)),
  };
}

function exchange(holder: Holder, request: WireRequest): Promise<WireResponse> {
  const query = request.query.toString();
  const url = `${holder.url}${request.path}${query === "" ? "" : `?${query}`}`;
  const headers = { ...request.headers, [TOKEN_HEADER]: holder.token, "content-length": String(request.body.length) };
  return new Promise((resolve, reject) => {
    // A fresh connection each time: on one that was kept, a holder that is gone looks like an answer that is lost.
    const outgoing = httpRequest(
      url,
      { method: request.method, headers, agent: false, timeout: TIMEOUT_MS },
      (incoming) => {
        readResponse(incoming).then(resolve, () => reject(new HolderGone(true)));
      },
    );
    outgoing.on("timeout", () =>
      outgoing.destroy(new Error(`process ${holder.pid} holds the embedded AWS at ${holder.url}, but does not answer`)),
    );
    outgoing.on("error", (error: NodeJS.ErrnoException) => reject(meaning(error)));
    outgoing.end(request.body);
  });
}

function meaning(error: NodeJS.ErrnoException): Error {
  if (error.code === "ECONNREFUSED") return new HolderGone(false);
  return error.code === "ECONNRESET" || error.code === "EPIPE" ? new HolderGone(true) : error;
}

async function readResponse(incoming: IncomingMessage): Promise<WireResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}
