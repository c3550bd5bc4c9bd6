import { request as httpsRequest } from "node:https";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Answer, Call } from "../cloud/call.ts";
import type { Clock } from "../cloud/instant.ts";
import type { ProbeInput } from "../cloud/probe.ts";

/** How Route 53's own health checkers look: the string must be in the first 5,120 bytes of the body. Source: Developer Guide, "How Route 53 determines whether a health check is healthy", checked 2026-11-23. */
const SEARCHED_BYTES = 5_120;
const TIMEOUT_MS = 10_000;
const HTTPS_PORT = 443;

/** Where a probe's connection goes and whom it trusts, when that is not the public internet. */
export interface ProbeNetwork {
  readonly port?: number;
  readonly timeoutMs?: number;
  /** PEM certificates trusted in place of Node's own. */
  readonly trust?: string;
}

/**
 * Looks at an endpoint as its visitors will, before a name points to it: a fresh TLS connection to the address, the
 * certificate checked for the name, then a GET. What is wrong comes back as fault ProbeFailed.
 */
export async function probeOverTls(call: Call, clock: Pick<Clock, "now">, network: ProbeNetwork = {}): Promise<Answer> {
  const complaint = await probe(call.input as ProbeInput, network);
  const at = clock.now();
  if (complaint === undefined) return { ok: true, output: {}, at };
  return { ok: false, fault: { code: "ProbeFailed", message: complaint, status: 502 }, at };
}

/** What is wrong, or undefined. */
function probe(input: ProbeInput, network: ProbeNetwork): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = open(input, network);
    const timeoutMs = network.timeoutMs ?? TIMEOUT_MS;
    const finish = (complaint: string | undefined): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(complaint);
    };
    const timer = setTimeout(
      () => finish(`${input.address.host} did not answer within ${timeoutMs / 1000} s`),
      timeoutMs,
    );
    request.on("error", (error: NodeJS.ErrnoException) => finish(connectionComplaint(input, error)));
    request.on("response", (response) => {
      readStart(response).then(
        (body) => finish(answerComplaint(input, response.statusCode ?? 0, body)),
        (error: unknown) => finish(`${input.address.host} broke off its answer: ${String(error)}`),
      );
    });
    request.end();
  });
}

function open(input: ProbeInput, network: ProbeNetwork): ClientRequest {
  return httpsRequest({
    method: "GET",
    host: input.address.host,
    port: network.port ?? HTTPS_PORT,
    servername: input.sni,
    path: input.path,
    headers: { host: input.host, "user-agent": "signalbox-probe", connection: "close" },
    agent: false,
    rejectUnauthorized: true,
    ...(network.trust === undefined ? {} : { ca: network.trust }),
  });
}

function connectionComplaint(input: ProbeInput, error: NodeJS.ErrnoException): string {
  const isCertificate = error.code !== undefined && /CERT|SIGNATURE|ISSUER|ALTNAME/.test(error.code);
  if (isCertificate) return `${input.address.host} presents no valid certificate for ${input.sni}: ${error.message}`;
  return `no TLS connection to ${input.address.host} with the name ${input.sni}: ${error.message === "" ? (error.code ?? "failed") : error.message}`;
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= SEARCHED_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, SEARCHED_BYTES).toString("utf8");
}

function answerComplaint(input: ProbeInput, status: number, body: string): string | undefined {
  if (status < 200 || status > 399)
    return `https://${input.host}${input.path} answers ${status} from ${input.address.host}`;
  if (input.searchString === undefined || body.includes(input.searchString)) return undefined;
  return `https://${input.host}${input.path} answers ${status}, but "${input.searchString}" is not in the first ${SEARCHED_BYTES} bytes`;
}
