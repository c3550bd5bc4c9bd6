import { isFields } from "./distribution-config.ts";
import { namesProblem, valuesProblem } from "./edge-event.ts";
import type { EdgeEvent } from "./edge-event.ts";
import { CLOUDFRONT_LENGTHS } from "./limits.ts";
import type { Fields } from "./state.ts";

/** What a function made of a request: another request for CloudFront to go on with, or the response itself. */
export type EdgeResult = { readonly request: Fields } | { readonly response: Fields } | { readonly wrong: string };

/**
 * What the value that a handler returned comes to. For a viewer-request event it is the request or a response; for a
 * viewer-response event it is the response.
 * Source: CloudFront guide "CloudFront Functions event structure" and "Restrictions on all edge functions" (headers),
 * checked 2026-11-24.
 */
// Assumed: what is a response and what a request is told by `statusCode`.
export function readResult(event: EdgeEvent, returned: unknown): EdgeResult {
  if (!isFields(returned)) return { wrong: "the function must return the request or a response" };
  if (event.context.eventType === "viewer-response" || "statusCode" in returned) return readResponse(event, returned);
  const wrong = requestProblem(event, returned);
  if (wrong !== undefined) return { wrong };
  const { method, uri, querystring = {}, headers = {}, cookies = {}, ...others } = returned;
  return { request: { method, uri, querystring, headers, cookies, ...others } };
}

function requestProblem(event: EdgeEvent, request: Fields): string | undefined {
  if (request["method"] !== event.request.method) return "the function must not change request.method";
  const { uri, querystring, headers, cookies } = request;
  if (typeof uri !== "string" || !uri.startsWith("/")) return "request.uri must start with a slash";
  if (uri.length + queryLength(querystring) >= CLOUDFRONT_LENGTHS.uriAndQuery)
    return `request.uri and request.querystring must have fewer than ${CLOUDFRONT_LENGTHS.uriAndQuery} characters together`;
  return (
    valuesProblem("request.querystring", querystring) ??
    queryProblem(querystring) ??
    valuesProblem("request.headers", headers) ??
    valuesProblem("request.cookies", cookies) ??
    namesProblem("request.headers", headers) ??
    headersProblem("request.headers", event.request.headers, headers, READ_ONLY_IN_REQUESTS)
  );
}

function readResponse(event: EdgeEvent, response: Fields): EdgeResult {
  const { statusCode, statusDescription, headers = {}, cookies = {}, body, ...others } = response;
  const wrong = statusProblem(statusCode, statusDescription) ?? partsProblem(event, headers, cookies, body);
  if (wrong !== undefined) return { wrong };
  const described = statusDescription === undefined ? {} : { statusDescription };
  return {
    response: { statusCode, ...described, headers, cookies, ...(body === undefined ? {} : { body }), ...others },
  };
}

// Assumed: the range of the status code.
function statusProblem(statusCode: unknown, statusDescription: unknown): string | undefined {
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599)
    return "response.statusCode must be an integer from 200 to 599";
  return statusDescription === undefined || typeof statusDescription === "string"
    ? undefined
    : "response.statusDescription must be a string";
}

function partsProblem(event: EdgeEvent, headers: unknown, cookies: unknown, body: unknown): string | undefined {
  const before = event.response?.["headers"];
  return (
    valuesProblem("response.headers", headers) ??
    valuesProblem("response.cookies", cookies) ??
    namesProblem("response.headers", headers) ??
    headersProblem("response.headers", isFields(before) ? before : {}, headers, READ_ONLY_IN_RESPONSES) ??
    bodyProblem(body)
  );
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Text, or `{ encoding, data }`. */
function bodyProblem(body: unknown): string | undefined {
  if (body === undefined || typeof body === "string") return undefined;
  const { encoding, data } = isFields(body) ? body : {};
  const right = typeof data === "string" && (encoding === "text" || (encoding === "base64" && BASE64.test(data)));
  return right ? undefined : "response.body must be a string, or have an encoding ('text' or 'base64') and data";
}

/** Source: CloudFront guide "Restrictions on all edge functions" (query strings), checked 2026-11-24. */
function queryProblem(querystring: unknown): string | undefined {
  const wrong = queryTexts(querystring).find((text) => /[\s\p{Cc}#]/u.test(text));
  return wrong === undefined
    ? undefined
    : `request.querystring must have no spaces, control characters or '#': '${wrong}'`;
}

/** Every key and every value. */
function queryTexts(querystring: unknown): readonly string[] {
  return Object.entries(isFields(querystring) ? querystring : {}).flatMap(([name, entry]) => {
    const { value, multiValue } = isFields(entry) ? entry : {};
    const values = Array.isArray(multiValue)
      ? multiValue.map((each: unknown) => (isFields(each) ? each["value"] : ""))
      : [value];
    return [name, ...values.filter((each): each is string => typeof each === "string")];
  });
}

/** Keys and values with what stands between them. */
const queryLength = (querystring: unknown): number =>
  queryTexts(querystring).reduce((length, text) => length + text.length + 1, 0);

/** Source: CloudFront guide "Restrictions on all edge functions" (disallowed headers), checked 2026-11-24. */
const DISALLOWED =
  /^(?:connection|expect|keep-alive|proxy-authenticate|proxy-authorization|proxy-connection|trailer|upgrade|x-accel-(?:buffering|charset|limit-rate|redirect)|x-amz-cf-.*|x-amzn-(?:auth|cf-billing|cf-id|cf-xff|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

/** Source: CloudFront guide "Restrictions on all edge functions" (read-only headers), checked 2026-11-24. */
const READ_ONLY_IN_REQUESTS = ["cdn-loop", "content-length", "host", "transfer-encoding", "via"];
/** Lambda functions may change fewer of them. */
const READ_ONLY_IN_RESPONSES = ["warning", "via"];

function headersProblem(path: string, before: Fields, after: unknown, readOnly: readonly string[]): string | undefined {
  const headers = isFields(after) ? after : {};
  const disallowed = Object.keys(headers).find((name) => DISALLOWED.test(name) && before[name] === undefined);
  if (disallowed !== undefined) return `${path}: the header '${disallowed}' is not allowed`;
  const changed = readOnly.find((name) => JSON.stringify(before[name]) !== JSON.stringify(headers[name]));
  return changed === undefined ? undefined : `${path}: the header '${changed}' is read-only`;
}
