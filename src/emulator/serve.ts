import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectionCut } from "./connection-cut.ts";
import type { Respond } from "./respond.ts";
import type { WireRequest } from "./wire.ts";

export interface Served {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Let the process end although the server still listens. */
  readonly background?: boolean;
}

/** How long a request under way may still take when the server closes. */
const PATIENCE_MS = 1_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Serves `respond` over HTTP on loopback. */
export async function serve(respond: Respond, options: ServeOptions = {}): Promise<Served> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    answer(respond, incoming, outgoing).catch((error: unknown) => {
      if (error instanceof ConnectionCut) return void incoming.socket.destroy();
      outgoing
        .writeHead(500, { "content-type": "text/plain" })
        .end(error instanceof Error ? error.message : String(error));
    });
  });
  await listen(server, options.port ?? 0);
  if (options.background === true) server.unref();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

async function answer(respond: Respond, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { status, headers, body } = await respond(await readRequest(incoming));
  const length = status === 204 ? {} : { "content-length": String(body.length) };
  outgoing.writeHead(status, { ...headers, ...length }).end(body);
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("the request body is too large");
  }
  const [path = "/", ...query] = (incoming.url ?? "/").split("?");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : (value ?? ""),
    ]),
  );
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers,
    body: Buffer.concat(chunks),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}
