import { decodeJson } from "./decode-json.ts";
import { decodeQuery } from "./decode-query.ts";
import { decodeXml } from "./decode-xml.ts";
import { staticQueryKeys, type Routed } from "./route.ts";
import { scalarFromText } from "./scalar.ts";
import type { ApiModel, Member, Shape, StructureShape } from "./service-model.ts";
import { MalformedBody, utf8, type Fields, type WireRequest } from "./wire.ts";

/** A request's input as neutral values. Throws MalformedBody. */
export function decodeRequest(model: ApiModel, routed: Routed, request: WireRequest): Fields {
  const shape = routed.operation.input;
  if (shape === undefined) return {};
  switch (model.protocol) {
    case "awsQuery":
      return decodeQuery(shape, formOf(request));
    case "awsJson1.1":
      return request.body.length === 0 ? {} : decodeJson(shape, utf8(request.body));
    case "restXml":
    case "restJson1":
      return { ...bodyOf(model, shape, request), ...outsideBody(shape, routed, request) };
  }
}

/** The form of an awsQuery request, which may also come as a GET. */
export function formOf(request: WireRequest): URLSearchParams {
  return request.method === "GET" ? request.query : new URLSearchParams(utf8(request.body));
}

function bodyOf(model: ApiModel, shape: StructureShape, { body }: WireRequest): Fields {
  if (body.length === 0) return {};
  const members = [...shape.members];
  const payload = members.find(([, member]) => member.location === "payload");
  if (payload !== undefined) return { [payload[0]]: payloadFrom(payload[1], body) };
  if (!members.some(([, member]) => member.location === "body")) return {};
  return model.protocol === "restXml" ? decodeXml(shape, utf8(body)) : decodeJson(shape, utf8(body));
}

/** A structure that is the whole body: of restXml only, restJson1 has none among the operations that we serve. */
function payloadFrom({ shape, wireName }: Member, body: Uint8Array): unknown {
  return shape.type === "structure" ? decodeXml(shape, utf8(body), wireName ?? shape.name) : body;
}

function outsideBody(shape: StructureShape, routed: Routed, request: WireRequest): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const value = fromOutside(name, member, shape, routed, request);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function fromOutside(
  name: string,
  member: Member,
  shape: StructureShape,
  routed: Routed,
  request: WireRequest,
): unknown {
  const wireName = member.wireName ?? name;
  switch (member.location) {
    case "label":
      return optionalScalar(member.shape, routed.labels.get(wireName));
    case "header":
      return optionalScalar(member.shape, request.headers[wireName.toLowerCase()]);
    case "query":
      return fromQuery(member.shape, wireName, request.query);
    case "queryMap":
      return restOfQuery(shape, routed, request.query);
    default:
      return undefined;
  }
}

function fromQuery(shape: Shape, wireName: string, query: URLSearchParams): unknown {
  if (!query.has(wireName)) return undefined;
  if (shape.type !== "list") return optionalScalar(shape, query.get(wireName) ?? undefined);
  return query.getAll(wireName).map((text) => optionalScalar(shape.item.shape, text));
}

/** Every query key that is neither part of the URI's template nor another member's. */
function restOfQuery(shape: StructureShape, { operation }: Routed, query: URLSearchParams): Fields | undefined {
  const claimed = new Set(staticQueryKeys(operation));
  for (const [name, member] of shape.members) if (member.location === "query") claimed.add(member.wireName ?? name);
  const rest = [...query].filter(([key]) => !claimed.has(key));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function optionalScalar(shape: Shape, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (shape.type === "structure" || shape.type === "list" || shape.type === "map") {
    throw new MalformedBody("only scalars travel in a path, a header or a query");
  }
  return scalarFromText(shape, text);
}
