import type { Call, Fault, Outcome } from "../cloud/call.ts";
import type { Instant } from "../cloud/instant.ts";
import { SIGNED_AT_HEADER } from "../cloud/signature.ts";
import { ConnectionCut } from "./connection-cut.ts";
import { credentialScope, DEFAULT_ACCOUNT, type CredentialScope } from "./credential-scope.ts";
import { decodeRequest, formOf } from "./decode-request.ts";
import { encodeResponse, type CommonHeaders } from "./encode-response.ts";
import { encodeFault, encodeUnknownService } from "./errors.ts";
import { missingMembers } from "./required-members.ts";
import { routeRest, type Routed } from "./route.ts";
import { serviceOf } from "./sdk-models.ts";
import type { ApiModel, AwsService } from "./service-model.ts";
import { isFields, MalformedBody, type WireRequest, type WireResponse } from "./wire.ts";

/** What the wire layer needs from whatever performs the calls. */
export interface Performer {
  call(call: Call): Outcome;
  now(): Instant;
  /** A fresh request id. */
  requestId(): string;
}

const STS_REGION = "us-east-1";

/** The service that a request is for (by target, else by credential scope, else by a query's version), or undefined when it is none that the emulator speaks. */
export function requestedService(request: WireRequest): AwsService | undefined {
  const target = request.headers["x-amz-target"]?.split(".")[0];
  if (target !== undefined) return serviceOf({ targetPrefix: target });
  const scope = credentialScope(request);
  const { signingName } = scope ?? {};
  if (signingName !== undefined && !isForm(request)) return serviceOf({ signingName });
  const version = formOf(request).get("Version") ?? "";
  // Two versions of Elastic Load Balancing, which have little in common, are signed alike.
  return serviceOf(signingName === undefined ? { version } : { signingName, version });
}

/** Answers one request: HTTP in, HTTP out, synchronously, so that calls never overlap. `model`: of the requested service. Throws ConnectionCut when there is to be no answer. */
export function handle(model: ApiModel | undefined, performer: Performer, request: WireRequest): WireResponse {
  const common: CommonHeaders = {
    "x-amzn-requestid": performer.requestId(),
    date: new Date(performer.now()).toUTCString(),
  };
  if (model === undefined) return encodeUnknownService(unknownService(request), common, expectsXml(request));
  try {
    return perform(model, performer, request, common);
  } catch (error) {
    if (error instanceof ConnectionCut) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return encodeFault(model, { code: "InternalFailure", message, status: 500 }, common);
  }
}

function perform(model: ApiModel, performer: Performer, request: WireRequest, common: CommonHeaders): WireResponse {
  const scope = credentialScope(request);
  const refuse = (fault: Fault): WireResponse => encodeFault(model, fault, common);
  // Some of STS's operations are there to get the first credentials.
  if (scope === undefined && model.service !== "sts") return refuse(unsigned);
  const routed = route(model, request);
  if (routed === undefined) return refuse(notEmulated(model, request));
  const input = decode(model, routed, request);
  if ("code" in input) return refuse(input);
  const missing = missingMembers(model, routed.operation.input, input.fields);
  if (missing !== undefined) return refuse(missing);
  const outcome = performer.call({ ...callOf(model, routed, input.fields, scope), ...datedBy(request) });
  if (!outcome.ok) return refuse(outcome.fault);
  return encodeResponse(model, routed.operation, isFields(outcome.output) ? outcome.output : {}, common);
}

function route(model: ApiModel, request: WireRequest): Routed | undefined {
  if (model.protocol === "restXml" || model.protocol === "restJson1") {
    return routeRest(model, request.method, request.path, request.query);
  }
  const name = operationName(model, request);
  const operation = name === undefined ? undefined : model.operations.get(name);
  return operation === undefined ? undefined : { operation, labels: new Map() };
}

function operationName(model: ApiModel, request: WireRequest): string | undefined {
  if (model.protocol === "awsQuery") return formOf(request).get("Action") ?? undefined;
  return request.headers["x-amz-target"]?.split(".")[1];
}

function decode(
  model: ApiModel,
  routed: Routed,
  request: WireRequest,
): { fields: Readonly<Record<string, unknown>> } | Fault {
  try {
    return { fields: decodeRequest(model, routed, request) };
  } catch (error) {
    if (!(error instanceof MalformedBody)) throw error;
    return { code: error.code ?? model.malformedBodyCode, message: error.message, status: 400 };
  }
}

function callOf(model: ApiModel, { operation }: Routed, input: unknown, scope: CredentialScope | undefined): Call {
  return {
    account: scope?.account ?? DEFAULT_ACCOUNT,
    region: scope?.region ?? STS_REGION,
    service: model.service,
    operation: operation.name,
    input,
  };
}

/** Requests of ours may tell the date that they were signed with. Of others it is not looked at: it is of a clock that is not this one. */
function datedBy({ headers }: WireRequest): Pick<Call, "signedAt"> {
  const told = headers[SIGNED_AT_HEADER];
  return told === undefined ? {} : { signedAt: Number(told) };
}

const unsigned: Fault = {
  code: "MissingAuthenticationToken",
  message: "Request is missing Authentication Token",
  status: 403,
};

/** Refuse, don't guess: what is not modelled is named. */
function notEmulated(model: ApiModel, request: WireRequest): Fault {
  const operation = model.protocol.startsWith("rest")
    ? `${request.method} ${request.path}`
    : (operationName(model, request) ?? "(none)");
  return { code: "NotEmulated", message: `${model.service}:${operation} is not modelled`, status: 501 };
}

const isForm = ({ headers }: WireRequest): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;

/** Query services and the great REST service in XML; all others take JSON. */
function expectsXml(request: WireRequest): boolean {
  return isForm(request) || credentialScope(request)?.signingName === "s3";
}

function unknownService(request: WireRequest): Fault {
  const name =
    credentialScope(request)?.signingName ??
    request.headers["x-amz-target"] ??
    request.headers["host"] ??
    "an unsigned request";
  return {
    code: "NotEmulated",
    message: `${name}:${request.method} ${request.path} is not modelled: no such service here`,
    status: 501,
  };
}
