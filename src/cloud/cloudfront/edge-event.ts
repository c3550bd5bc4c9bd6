import { isFields } from "./distribution-config.ts";
import type { Fields } from "./state.ts";

// What a function is given. Source: CloudFront guide "CloudFront Functions event structure", checked 2026-11-24.

export type EventType = "viewer-request" | "viewer-response";

export interface EdgeEvent {
  readonly version: string;
  readonly context: Fields & { readonly eventType: EventType };
  readonly viewer?: Fields;
  readonly request: EdgeRequest;
  /** Of viewer-response events. */
  readonly response?: Fields;
}

export interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: EdgeValues;
  readonly headers: EdgeValues;
  readonly cookies: EdgeValues;
}

/** A query's keys, headers or cookies: by name, with every value where there are several. */
export type EdgeValues = Readonly<Record<string, EdgeValue>>;

interface EdgeValue {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
  /** Of cookies in responses. */
  readonly attributes?: string;
}

const EVENT_TYPES = ["viewer-request", "viewer-response"];

/** The event as a function gets it, or what is wrong with it. Lists that are left out are empty. */
// Assumed: what exactly TestFunction refuses; the page says how an event must be.
export function readEvent(value: unknown): { readonly event: EdgeEvent } | { readonly wrong: string } {
  if (!isFields(value)) return { wrong: "the event must be an object" };
  const { version, context, request, response } = value;
  if (version !== "1.0") return { wrong: "version must be '1.0'" };
  if (!isFields(context) || !EVENT_TYPES.includes(String(context["eventType"])))
    return { wrong: "context.eventType must be 'viewer-request' or 'viewer-response'" };
  if (!isFields(request)) return { wrong: "request must be an object" };
  const wrong = requestProblem(request) ?? responseProblem(context["eventType"], response);
  if (wrong !== undefined) return { wrong };
  const event = {
    ...value,
    request: { ...EMPTY, ...request },
    ...(isFields(response) ? { response: { headers: {}, cookies: {}, ...response } } : {}),
  };
  return { event: event as unknown as EdgeEvent };
}

const EMPTY = { querystring: {}, headers: {}, cookies: {} };

function requestProblem(request: Fields): string | undefined {
  if (typeof request["method"] !== "string") return "request.method must be a string";
  const uri = request["uri"];
  if (typeof uri !== "string" || !uri.startsWith("/")) return "request.uri must start with a slash";
  return (
    valuesProblem("request.querystring", request["querystring"]) ??
    valuesProblem("request.headers", request["headers"]) ??
    valuesProblem("request.cookies", request["cookies"]) ??
    namesProblem("request.headers", request["headers"])
  );
}

function responseProblem(eventType: unknown, response: unknown): string | undefined {
  if (response === undefined) return eventType === "viewer-response" ? "response must be an object" : undefined;
  if (!isFields(response)) return "response must be an object";
  if (!Number.isInteger(response["statusCode"])) return "response.statusCode must be an integer";
  return (
    valuesProblem("response.headers", response["headers"]) ??
    valuesProblem("response.cookies", response["cookies"]) ??
    namesProblem("response.headers", response["headers"])
  );
}

/** What is wrong with the form of a query's keys, headers or cookies; undefined when nothing is, or when there are none. */
export function valuesProblem(path: string, values: unknown): string | undefined {
  if (values === undefined) return undefined;
  if (!isFields(values)) return `${path} must be an object`;
  for (const [name, entry] of Object.entries(values)) {
    const here = `${path}['${name}']`;
    if (!isFields(entry)) return `${here} must be an object with a value`;
    const { value, multiValue, attributes } = entry;
    if (typeof value !== "string" && multiValue === undefined) return `${here}.value must be a string`;
    if (attributes !== undefined && typeof attributes !== "string") return `${here}.attributes must be a string`;
    if (multiValue === undefined) continue;
    const right = Array.isArray(multiValue) && multiValue.every((each) => isFields(each) && isText(each["value"]));
    if (!right) return `${here}.multiValue must be a list of objects with a value`;
  }
  return undefined;
}

const isText = (value: unknown): boolean => typeof value === "string";

/** Names of headers are in lower case. */
export function namesProblem(path: string, headers: unknown): string | undefined {
  const upper = Object.keys(isFields(headers) ? headers : {}).find((name) => name !== name.toLowerCase());
  return upper === undefined ? undefined : `${path}: the name '${upper}' must be in lower case`;
}

/** A request as a viewer sends it. `query` has no question mark. */
export interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
  readonly host: string;
  readonly query: string;
}

/** The viewer-request event of a request. Keys and values of the query stay as they are encoded. */
export function viewerRequestEvent({ method, uri, host, query }: ViewerRequest): EdgeEvent {
  return {
    version: "1.0",
    context: { eventType: "viewer-request" },
    viewer: { ip: "198.51.100.11" },
    request: { method, uri, querystring: queryValues(query), headers: { host: { value: host } }, cookies: {} },
  };
}

/** Of a key that is there several times, `value` is the first. */
function queryValues(query: string): EdgeValues {
  const found = new Map<string, string[]>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const [key = "", ...rest] = part.split("=");
    found.set(key, [...(found.get(key) ?? []), rest.join("=")]);
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [
      key,
      {
        value: values[0] ?? "",
        ...(values.length > 1 ? { multiValue: values.map((value) => ({ value })) } : {}),
      },
    ]),
  );
}
