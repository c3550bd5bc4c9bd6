import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { decodeRequest, formOf } from "../../src/emulator/decode-request.ts";
import { encodeResponse } from "../../src/emulator/encode-response.ts";
import { encodeFault } from "../../src/emulator/errors.ts";
import { sdkTransport } from "../../src/emulator/in-process.ts";
import { missingMembers } from "../../src/emulator/required-members.ts";
import { routeRest, type Routed } from "../../src/emulator/route.ts";
import { loadModel } from "../../src/emulator/sdk-models.ts";
import type {
  ApiModel,
  AwsService,
  ExceptionShape,
  Location,
  OperationModel,
  Shape,
  StructureShape,
} from "../../src/emulator/service-model.ts";
import type { WireRequest, WireResponse } from "../../src/emulator/wire.ts";

// The SDK's own clients, unmodified, are one end of the wire; the emulator's codec is the other. Values are made for
// every member of every operation, so what either end drops or bends shows as a difference.

type SdkModule = Readonly<Record<string, unknown>>;
type SdkClient = { send(command: unknown): Promise<Record<string, unknown>> };

interface Case {
  readonly service: AwsService;
  readonly client: string;
  readonly load: () => Promise<object>;
  readonly operations: number;
  readonly exceptions: number;
}

const CASES: readonly Case[] = [
  {
    service: "route53",
    client: "Route53Client",
    load: () => import("@aws-sdk/client-route-53"),
    operations: 74,
    exceptions: 71,
  },
  { service: "acm", client: "ACMClient", load: () => import("@aws-sdk/client-acm"), operations: 40, exceptions: 18 },
  {
    service: "apigateway",
    client: "APIGatewayClient",
    load: () => import("@aws-sdk/client-api-gateway"),
    operations: 124,
    exceptions: 7,
  },
  {
    service: "tagging",
    client: "ResourceGroupsTaggingAPIClient",
    load: () => import("@aws-sdk/client-resource-groups-tagging-api"),
    operations: 9,
    exceptions: 6,
  },
  {
    service: "cloudfront",
    client: "CloudFrontClient",
    load: () => import("@aws-sdk/client-cloudfront"),
    operations: 167,
    exceptions: 152,
  },
  {
    service: "elbv2",
    client: "ElasticLoadBalancingV2Client",
    load: () => import("@aws-sdk/client-elastic-load-balancing-v2"),
    operations: 51,
    exceptions: 56,
  },
  { service: "sts", client: "STSClient", load: () => import("@aws-sdk/client-sts"), operations: 11, exceptions: 12 },
];

const COMMON = { "x-amzn-requestid": "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE", date: "Thu, 01 Jan 2026 00:00:00 GMT" };
const MESSAGE = `the <message> & "more"`;

describe.each(CASES)("$service", ({ service, client, load, operations, exceptions }) => {
  test("every operation's input and output, and every exception, survive the way there and back", async () => {
    const model = await loadModel(service);
    const sdk: SdkModule = { ...(await load()) };
    const wire = wireOf(sdk, client);
    const failures: string[] = [];
    for (const operation of model.operations.values()) failures.push(...(await tryOperation(model, operation, wire)));
    const shapes = new Set(model.exceptions.values());
    for (const exception of shapes) failures.push(...(await tryException(model, exception, wire)));
    expect(failures).toEqual([]);
    expect([model.operations.size, shapes.size]).toEqual([operations, exceptions]);
  });
});

interface Wire {
  readonly sdk: SdkModule;
  readonly client: SdkClient;
  /** What answers the next request. */
  answer: (request: WireRequest) => WireResponse;
}

function wireOf(sdk: SdkModule, name: string): Wire {
  const wire: { sdk: SdkModule; client: SdkClient; answer: Wire["answer"] } = {
    sdk,
    client: undefined as unknown as SdkClient,
    answer: () => ({ status: 500, headers: {}, body: new Uint8Array() }),
  };
  const Client = sdk[name] as new (config: object) => SdkClient;
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  wire.client = new Client({
    region: "us-east-1",
    endpoint: "http://localhost",
    credentials: { accessKeyId: "111122223333", secretAccessKey: "x" },
    maxAttempts: 1,
    logger: silent,
    requestHandler: sdkTransport(async (request) => wire.answer(request)),
  });
  return wire;
}

async function tryOperation(model: ApiModel, operation: OperationModel, wire: Wire): Promise<string[]> {
  const input = operation.input === undefined ? {} : made(operation.input);
  const output = operation.output === undefined ? {} : made(operation.output);
  let received: unknown = "nothing";
  let complaint = "";
  wire.answer = (request) => {
    const routed = routeOf(model, request);
    if (routed?.operation !== operation) throw new Error(`routed to ${routed?.operation.name}`);
    const decoded = decodeRequest(model, routed, request);
    received = decoded;
    complaint = missingMembers(model, operation.input, decoded)?.message ?? "";
    return encodeResponse(model, operation, output, COMMON);
  };
  const failures: string[] = [];
  try {
    const result = await wire.client.send(commandOf(wire.sdk, operation.name, toSdk(operation.input, input)));
    const difference = firstDifference(plain(output), plain(result));
    if (difference !== "") failures.push(`${operation.name} output ${difference}`);
  } catch (error) {
    failures.push(`${operation.name} threw ${String(error)}`);
  }
  const difference = firstDifference(plain(input), plain(received));
  if (difference !== "") failures.push(`${operation.name} input ${difference}`);
  if (complaint !== "") failures.push(`${operation.name} ${complaint}`);
  return failures;
}

async function tryException(model: ApiModel, exception: ExceptionShape, wire: Wire): Promise<string[]> {
  wire.answer = () => encodeFault(model, { code: exception.name, message: MESSAGE, status: exception.status }, COMMON);
  const [operation] = [...model.operations.values()].filter((each) => each.input !== undefined);
  if (operation?.input === undefined) return ["no operation to provoke exceptions with"];
  const input = toSdk(operation.input, made(operation.input));
  const error = await wire.client.send(commandOf(wire.sdk, operation.name, input)).then(
    () => undefined,
    (reason: unknown) => reason as { name: string; message: string; $metadata: { httpStatusCode: number } },
  );
  const ofItsClass = error instanceof (wire.sdk[exception.name] as new () => Error);
  const right = ofItsClass && error.message === MESSAGE && error.$metadata.httpStatusCode === exception.status;
  return right ? [] : [`${exception.name} arrived as ${error?.name}: ${error?.message}`];
}

function routeOf(model: ApiModel, request: WireRequest): Routed | undefined {
  if (model.protocol.startsWith("rest")) return routeRest(model, request.method, request.path, request.query);
  const name =
    model.protocol === "awsQuery" ? formOf(request).get("Action") : request.headers["x-amz-target"]?.split(".")[1];
  const operation = model.operations.get(name ?? "");
  return operation === undefined ? undefined : { operation, labels: new Map() };
}

function commandOf(sdk: SdkModule, operation: string, input: unknown): unknown {
  const Command = sdk[`${operation}Command`] as new (input: unknown) => unknown;
  return new Command(input);
}

let counter = 0;
/** CloudFront nests its lists deepest. */
const DEPTH_MAX = 9;

/** A value with every member of the shape, different each time. */
function made(shape: StructureShape, depth = 0): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const payload = [...shape.members.values()].some((member) => member.location === "payload");
  for (const [name, member] of shape.members) {
    // Beside a payload there is no body for other members.
    if (payload && member.location === "body") continue;
    const value = valueOf(member.shape, depth + 1, member.location);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
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
      return 1_700_000_000_000 + (counter % 1000) * 1000;
    case "blob":
      return Buffer.from(`blob\u0000${counter}`);
    case "string":
      return location === "header" ? `h${counter}` : location === "label" ? `l ${counter}` : `s<${counter}>&"é'`;
  }
}

/** The SDK takes Dates where neutral values have numbers. */
function toSdk(shape: Shape | undefined, value: unknown): unknown {
  if (shape === undefined || value === undefined) return {};
  if (shape.type === "timestamp") return new Date(Number(value));
  if (shape.type === "list") return (value as unknown[]).map((item) => toSdk(shape.item.shape, item));
  if (shape.type !== "structure") return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, toSdk(shape.members.get(name)?.shape, item)]),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name, item]) => name !== "$metadata" && item !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, plain(item)]),
  );
}

function firstDifference(want: unknown, got: unknown, path = ""): string {
  if (isDeepStrictEqual(want, got)) return "";
  if (typeof want === "object" && typeof got === "object" && want !== null && got !== null) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      const inside = firstDifference(
        (want as Record<string, unknown>)[key],
        (got as Record<string, unknown>)[key],
        `${path}.${key}`,
      );
      if (inside !== "") return inside;
    }
  }
  return `${path}: want ${JSON.stringify(want)?.slice(0, 80)}, got ${JSON.stringify(got)?.slice(0, 80)}`;
}
