// The emulator's codec without the emulator: whatever comes in is decoded and remembered, and answered with a value that
// has every member of the operation's output. `/__last` tells what was understood and what was answered.
import { credentialScope } from "../../../src/emulator/credential-scope.ts";
import { decodeRequest, formOf } from "../../../src/emulator/decode-request.ts";
import { requestedService } from "../../../src/emulator/dispatch.ts";
import { encodeResponse } from "../../../src/emulator/encode-response.ts";
import { encodeFault } from "../../../src/emulator/errors.ts";
import { missingMembers } from "../../../src/emulator/required-members.ts";
import { routeRest } from "../../../src/emulator/route.ts";
import type { Routed } from "../../../src/emulator/route.ts";
import { loadModel } from "../../../src/emulator/sdk-models.ts";
import { serve } from "../../../src/emulator/serve.ts";
import type { Served } from "../../../src/emulator/serve.ts";
import type { ApiModel, AwsService, Location, Shape, StructureShape } from "../../../src/emulator/service-model.ts";
import type { WireRequest, WireResponse } from "../../../src/emulator/wire.ts";

const SERVICES: readonly AwsService[] = ["route53", "acm", "apigateway", "tagging", "elbv2", "cloudfront", "sts"];
const COMMON = { "x-amzn-requestid": "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE", date: "Thu, 01 Jan 2026 00:00:00 GMT" };
const MESSAGE = `the <message> & "more"`;

interface Last {
  readonly operation?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly problem?: string;
}

/**
 * Serves the codec. The operations of every service go to who asks for `/__operations`.
 * @public witness.mjs loads it by its path.
 */
export async function serveEcho(): Promise<Served> {
  const models = new Map(await Promise.all(SERVICES.map(async (each) => [each, await loadModel(each)] as const)));
  let last: Last = {};
  return serve(async (request) => {
    if (request.path === "/__last") return json(last);
    if (request.path === "/__operations")
      return json(Object.fromEntries([...models].map(([name, { operations }]) => [name, [...operations.keys()]])));
    const model = models.get(requestedService(request) ?? "sts");
    if (model === undefined) throw new Error("no such service");
    const exception = /app\/EXC-(\w+)/.exec(request.headers["user-agent"] ?? "")?.[1];
    if (exception !== undefined) return refusal(model, exception);
    try {
      const { response, heard } = answer(model, request);
      last = heard;
      return response;
    } catch (error) {
      last = { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      return encodeFault(model, { code: "InternalFailure", message: "see /__last", status: 500 }, COMMON);
    }
  });
}

function answer(model: ApiModel, request: WireRequest): { readonly response: WireResponse; readonly heard: Last } {
  const routed = routeOf(model, request);
  if (routed === undefined) throw new Error(`no operation for ${request.method} ${request.path}`);
  if (credentialScope(request) === undefined && model.service !== "sts") throw new Error("unsigned");
  const input = decodeRequest(model, routed, request);
  const missing = missingMembers(model, routed.operation.input, input)?.message;
  const output = routed.operation.output === undefined ? {} : made(routed.operation.output, 0);
  const heard = { operation: routed.operation.name, input: plain(input), output: plain(output) };
  return {
    response: encodeResponse(model, routed.operation, output, COMMON),
    heard: missing === undefined ? heard : { ...heard, problem: missing },
  };
}

function refusal(model: ApiModel, name: string): WireResponse {
  const status = model.exceptions.get(name)?.status;
  if (status === undefined) return encodeFault(model, { code: "NoSuchException", message: name, status: 500 }, COMMON);
  return encodeFault(model, { code: name, message: MESSAGE, status }, COMMON);
}

function routeOf(model: ApiModel, request: WireRequest): Routed | undefined {
  if (model.protocol.startsWith("rest")) return routeRest(model, request.method, request.path, request.query);
  const name =
    model.protocol === "awsQuery" ? formOf(request).get("Action") : request.headers["x-amz-target"]?.split(".")[1];
  const operation = model.operations.get(name ?? "");
  return operation === undefined ? undefined : { operation, labels: new Map() };
}

let counter = 0;
const DEPTH_MAX = 9;

/** Structures of which exactly one member may be there: the codec's model does not tell them from others. */
const UNIONS = new Set(["GeneralName", "CertificateMetadata"]);

function oneOf(shape: StructureShape, depth: number): Record<string, unknown> {
  for (const [name, member] of shape.members) return { [name]: valueOf(member.shape, depth + 1, member.location) };
  return {};
}

/** A value with every member of the shape, different each time. */
function made(shape: StructureShape, depth: number): Record<string, unknown> {
  if (UNIONS.has(shape.name)) return oneOf(shape, depth);
  const payload = [...shape.members.values()].some(({ location }) => location === "payload");
  const fields = [...shape.members]
    .filter(([, { location }]) => !payload || location !== "body")
    .map(([name, member]) => [name, valueOf(member.shape, depth + 1, member.location)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function valueOf(shape: Shape, depth: number, location: Location): unknown {
  counter += 1;
  switch (shape.type) {
    case "structure":
      return depth > DEPTH_MAX ? undefined : made(shape, depth);
    case "list": {
      const items = [1, 2].map(() => valueOf(shape.item.shape, depth + 1, location));
      return depth > DEPTH_MAX || items.includes(undefined) ? undefined : items;
    }
    case "map": {
      const value = valueOf(shape.value.shape, depth + 1, location);
      return depth > DEPTH_MAX || value === undefined ? undefined : { [`key ${counter}`]: value };
    }
    case "boolean":
      return counter % 2 === 0;
    case "number":
      return (counter % 90) + 1;
    case "timestamp":
      return 1_700_000_000_000 + (counter % 1_000) * 1_000;
    case "blob":
      return Buffer.from(`blob\u0000${counter}`);
    case "string":
      return location === "header" ? `h${counter}` : `s<${counter}>&"é'\n `;
  }
}

/** As JSON can carry it. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

const json = (value: unknown): WireResponse => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(value)),
});
