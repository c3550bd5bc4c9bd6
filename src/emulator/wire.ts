/** An HTTP request as the wire layer sees it: no socket, the whole body at hand. */
export interface WireRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A body that is not of its protocol's form. The dispatcher answers with the service's own code for it. */
export class MalformedBody extends Error {
  /** AWS's error code when it is not the service's usual one. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

export const utf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

/** What `JSON.parse` gives for an object, and what codecs hand around: members not yet looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** A plain structure: neither a list nor bytes. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
