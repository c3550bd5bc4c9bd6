import type { Fault } from "../cloud/call.ts";

/** What an error of the SDK means: AWS's answer, a request that certainly had no effect, or one whose answer is lost. */
export type Failure = { readonly fault: Fault } | { readonly lost: string };

/** No connection was made, or no secure one: the request was never sent. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

const CREDENTIALS = new Set(["CredentialsProviderError", "TokenProviderError", "ProviderError"]);

interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  /** "client" or "server" on what AWS answered. */
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** `answered`: whether a response had come when the error was thrown. */
export function failureOf(error: unknown, answered: boolean): Failure {
  const thrown: SdkError = typeof error === "object" && error !== null ? error : { message: String(error) };
  const name = textOf(thrown.name);
  const message = textOf(thrown.message);
  const status = thrown.$metadata?.httpStatusCode;
  if (thrown.$fault !== undefined && status !== undefined && status >= 400)
    return { fault: answeredFault(thrown, name, message, status) };
  if (CREDENTIALS.has(name))
    return notSent(
      "CredentialsError",
      `${message} (set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or use --local)`,
    );
  const code = textOf(thrown.code);
  if (!answered && (NOT_SENT.has(code) || neverConnected(name, message)))
    return notSent("NetworkError", message === "" ? code : message);
  return { lost: [code === "" ? name : code, message].filter((part) => part !== "").join(": ") };
}

function answeredFault(error: SdkError, name: string, message: string, status: number): Fault {
  const retryAfter = Number(error.$response?.headers?.["retry-after"] ?? Number.NaN);
  return { code: name, message, status, ...(Number.isNaN(retryAfter) ? {} : { retryAfterSeconds: retryAfter }) };
}

/** The SDK's two timeouts have one name, and only their words tell them apart. */
const neverConnected = (name: string, message: string): boolean =>
  name === "TimeoutError" && message.includes("did not establish a connection");

const notSent = (code: string, message: string): Failure => ({ fault: { code, message, status: 0 } });

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
