import type { Service } from "../cloud/call.ts";

export type AwsService = Exclude<Service, "probe">;
type Protocol = "restXml" | "restJson1" | "awsJson1.1" | "awsQuery";

/** One AWS API, as the wire layer needs it: what travels where. Patterns, lengths and enums are not in it; those rules live in `cloud/`. */
export interface ApiModel {
  readonly service: AwsService;
  readonly protocol: Protocol;
  /** The service's name in a SigV4 credential scope. */
  readonly signingName: string;
  /** `X-Amz-Target: <targetPrefix>.<Operation>`, for awsJson1.1. */
  readonly targetPrefix: string;
  /** The API version in a query request. */
  readonly version: string;
  /** The XML namespace on the root of an answer. */
  readonly xmlNamespace: string;
  /** AWS's code when a member is missing or of the wrong form: it differs by service. */
  readonly invalidInputCode: string;
  /** AWS's code when the body is not of the protocol's form. */
  readonly malformedBodyCode: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By shape name, and by the code on the wire where that is another. */
  readonly exceptions: ReadonlyMap<string, ExceptionShape>;
}

export interface OperationModel {
  readonly name: string;
  readonly method: string;
  /** Path template, with a static query when there is one: `/restapis?mode=import`. */
  readonly uri: string;
  /** HTTP status of success. */
  readonly status: number;
  /** Undefined: it takes, or gives, nothing. */
  readonly input: StructureShape | undefined;
  readonly output: StructureShape | undefined;
}

export type Shape = StructureShape | ListShape | MapShape | ScalarShape;

export interface StructureShape {
  readonly type: "structure";
  readonly name: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly required: readonly string[];
}

interface ListShape {
  readonly type: "list";
  readonly item: Member;
}

export interface MapShape {
  readonly type: "map";
  readonly value: Member;
}

export interface ScalarShape {
  readonly type: "string" | "number" | "boolean" | "timestamp" | "blob";
}

export interface ExceptionShape extends StructureShape {
  readonly status: number;
  /** The code on the wire. */
  readonly code: string;
}

/** `label`: in the path; `queryMap`: every query key that nothing else claims; `payload`: the whole body, raw or as this structure alone. */
export type Location = "body" | "label" | "query" | "queryMap" | "header" | "payload";

export interface Member {
  readonly shape: Shape;
  readonly location: Location;
  /** The name on the wire, when it is not the member's own. */
  readonly wireName: string | undefined;
}
