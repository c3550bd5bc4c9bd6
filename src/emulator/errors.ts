import type { Fault } from "../cloud/call.ts";
import { jsonMembers } from "./encode-json.ts";
import { xmlMembers } from "./encode-xml.ts";
import { headerMembers, XML_DECLARATION, type CommonHeaders } from "./encode-response.ts";
import type { ApiModel, ExceptionShape } from "./service-model.ts";
import type { Fields, WireResponse } from "./wire.ts";
import { escapeXml } from "./xml.ts";

/** A fault on the wire, as the service writes its errors. A code that the model does not know travels all the same. */
export function encodeFault(model: ApiModel, fault: Fault, common: CommonHeaders): WireResponse {
  const exception = model.exceptions.get(fault.code);
  const fields = exception === undefined ? {} : fieldsOf(exception, fault);
  const headers = {
    ...common,
    ...(exception === undefined ? {} : headerMembers(exception, fields)),
    ...(fault.retryAfterSeconds === undefined ? {} : { "retry-after": String(fault.retryAfterSeconds) }),
  };
  switch (model.protocol) {
    case "awsJson1.1":
      return {
        status: fault.status,
        headers: { ...headers, "content-type": "application/x-amz-json-1.1" },
        body: jsonError({ __type: exception?.name ?? fault.code }, exception, fault, fields),
      };
    case "restJson1":
      return {
        status: fault.status,
        headers: { ...headers, "content-type": "application/json", "x-amzn-errortype": exception?.name ?? fault.code },
        body: jsonError({}, exception, fault, fields),
      };
    case "restXml":
    case "awsQuery":
      return {
        status: fault.status,
        headers: { ...headers, "content-type": "text/xml" },
        body: xmlError(model, exception, fault, fields, common),
      };
  }
}

/** A refusal of a service that there is no model of. */
export function encodeUnknownService(fault: Fault, common: CommonHeaders, asXml: boolean): WireResponse {
  if (asXml) {
    const error = `<Error><Code>${escapeXml(fault.code)}</Code><Message>${escapeXml(fault.message)}</Message></Error>`;
    const body = Buffer.from(`${XML_DECLARATION}<ErrorResponse>${error}</ErrorResponse>`);
    return { status: fault.status, headers: { ...common, "content-type": "text/xml" }, body };
  }
  return {
    status: fault.status,
    headers: { ...common, "content-type": "application/json", "x-amzn-errortype": fault.code },
    body: Buffer.from(JSON.stringify({ __type: fault.code, message: fault.message })),
  };
}

const messageMember = (exception: ExceptionShape): string | undefined =>
  [...exception.members.keys()].find((name) => name.toLowerCase() === "message");

function fieldsOf(exception: ExceptionShape, fault: Fault): Fields {
  const name = messageMember(exception);
  const retryAfter = exception.members.has("retryAfterSeconds")
    ? { retryAfterSeconds: String(fault.retryAfterSeconds ?? 1) }
    : {};
  return { ...retryAfter, ...(name === undefined ? {} : { [name]: fault.message }) };
}

function jsonError(start: Fields, exception: ExceptionShape | undefined, fault: Fault, fields: Fields): Uint8Array {
  const members = exception === undefined ? {} : jsonMembers(exception, fields);
  const message = exception !== undefined && messageMember(exception) !== undefined ? {} : { message: fault.message };
  return Buffer.from(JSON.stringify({ ...start, ...members, ...message }));
}

/**
 * Route 53's InvalidChangeBatch takes this form too, with `[first, second]` as its message: the form that the
 * API reference shows, with `<InvalidChangeBatch>` as the root, makes clients lose the code.
 */
function xmlError(
  model: ApiModel,
  exception: ExceptionShape | undefined,
  fault: Fault,
  fields: Fields,
  common: CommonHeaders,
): Uint8Array {
  const message = exception === undefined ? undefined : messageMember(exception);
  const others = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== message));
  const parts = [
    `<Type>${fault.status >= 500 ? "Receiver" : "Sender"}</Type>`,
    `<Code>${escapeXml(exception?.code ?? fault.code)}</Code>`,
    `<Message>${escapeXml(fault.message)}</Message>`,
    exception === undefined ? "" : xmlMembers(exception, others),
  ];
  const requestId = `<RequestId>${common["x-amzn-requestid"]}</RequestId>`;
  const declaration = model.protocol === "restXml" ? XML_DECLARATION : "";
  return Buffer.from(
    `${declaration}<ErrorResponse xmlns="${model.xmlNamespace}"><Error>${parts.join("")}</Error>${requestId}</ErrorResponse>`,
  );
}
