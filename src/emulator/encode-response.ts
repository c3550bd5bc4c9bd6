import { jsonMembers } from "./encode-json.ts";
import { encodeXml } from "./encode-xml.ts";
import { scalarToText } from "./scalar.ts";
import type { ApiModel, Member, OperationModel, StructureShape } from "./service-model.ts";
import { isFields, type Fields, type WireResponse } from "./wire.ts";

/** What belongs to each answer, good or bad: AWS's request id, and the Date of the emulator's clock. */
export type CommonHeaders = Readonly<Record<"x-amzn-requestid" | "date", string>>;

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A successful answer with `output` (neutral values) as the service's protocol writes it. */
export function encodeResponse(
  model: ApiModel,
  operation: OperationModel,
  output: Fields,
  common: CommonHeaders,
): WireResponse {
  const shape = operation.output;
  const headers: Readonly<Record<string, string>> = {
    ...common,
    ...(shape === undefined ? {} : headerMembers(shape, output)),
  };
  const respond = (contentType: string, body: string | Uint8Array): WireResponse => ({
    status: operation.status,
    headers: { ...headers, "content-type": contentType },
    body: Buffer.from(body),
  });
  switch (model.protocol) {
    case "awsQuery":
      return respond("text/xml", queryAnswer(model, operation, output, common));
    case "awsJson1.1":
      return respond(
        "application/x-amz-json-1.1",
        JSON.stringify(shape === undefined ? {} : jsonMembers(shape, output)),
      );
    case "restXml":
      return shape === undefined
        ? { status: operation.status, headers, body: new Uint8Array() }
        : respondXml(model, operation.status, shape, output, headers);
    case "restJson1":
      if (shape === undefined || operation.status === 204)
        return { status: operation.status, headers, body: new Uint8Array() };
      return respond(
        headers["content-type"] ?? "application/json",
        payloadOf(shape, output) ?? JSON.stringify(jsonMembers(shape, output)),
      );
  }
}

/** Members of an answer, or of an error, that travel as headers. */
export function headerMembers(shape: StructureShape, fields: Fields): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, { location, shape: memberShape, wireName }] of shape.members) {
    const value = fields[name];
    if (location !== "header" || value === undefined || value === null) continue;
    if (memberShape.type === "structure" || memberShape.type === "list" || memberShape.type === "map") {
      throw new Error(`header ${name} is no scalar`);
    }
    headers[(wireName ?? name).toLowerCase()] = scalarToText(memberShape, value);
  }
  return headers;
}

/** The whole output as a document, or the member that is the body by itself: a document of its own, or bytes. */
function respondXml(
  { xmlNamespace }: ApiModel,
  status: number,
  shape: StructureShape,
  output: Fields,
  headers: Readonly<Record<string, string>>,
): WireResponse {
  const [name, payload] = payloadMember(shape) ?? [];
  if (payload?.shape.type === "blob") return { status, headers, body: payloadOf(shape, output) ?? new Uint8Array() };
  const whole = name === undefined || payload?.shape.type !== "structure";
  const [root, tag] = whole ? [shape, shape.name] : [payload.shape, payload.wireName ?? payload.shape.name];
  const fields = whole ? output : output[name];
  const body = isFields(fields) ? XML_DECLARATION + encodeXml(root, tag, fields, xmlNamespace) : "";
  return { status, headers: { ...headers, "content-type": "text/xml" }, body: Buffer.from(body) };
}

const payloadMember = (shape: StructureShape): readonly [string, Member] | undefined =>
  [...shape.members].find(([, member]) => member.location === "payload");

/** Undefined: this answer has no payload member. */
function payloadOf(shape: StructureShape, output: Fields): Uint8Array | undefined {
  const name = payloadMember(shape)?.[0];
  if (name === undefined) return undefined;
  const value = output[name] ?? new Uint8Array();
  if (!(value instanceof Uint8Array)) throw new Error(`payload ${name} is not a Uint8Array`);
  return value;
}

function queryAnswer(
  { xmlNamespace }: ApiModel,
  { name, output: shape }: OperationModel,
  output: Fields,
  common: CommonHeaders,
): string {
  const result = shape === undefined ? "" : encodeXml(shape, `${name}Result`, output);
  const metadata = `<ResponseMetadata><RequestId>${common["x-amzn-requestid"]}</RequestId></ResponseMetadata>`;
  return `<${name}Response xmlns="${xmlNamespace}">${result}${metadata}</${name}Response>`;
}
