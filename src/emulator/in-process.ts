import type { Respond } from "./respond.ts";
import type { WireRequest } from "./wire.ts";

/** The part of the SDK's HttpRequest that matters. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What an SDK client takes as its `requestHandler`: no socket, while serialisation, signing and retries stay the SDK's own. */
export interface SdkTransport {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

export function sdkTransport(respond: Respond): SdkTransport {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request) {
      const { status, headers, body } = await respond(fromSdk(request));
      return { response: { statusCode: status, headers: { ...headers }, body } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

function fromSdk(request: SdkRequest): WireRequest {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(key, each ?? "");
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { method: request.method, path: request.path, query, headers, body: bytesOf(request.body) };
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new Error("a streamed request body is not supported");
}
