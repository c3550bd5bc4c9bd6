import type {
  ApiModel,
  ExceptionShape,
  Location,
  Member,
  OperationModel,
  ScalarShape,
  Shape,
  StructureShape,
} from "./service-model.ts";

/**
 * The SDK clients export a schema of each operation and structure as nested arrays. This file alone reads them.
 * Their layout is not a promise, so whatever is not understood throws: the exact SDK version is pinned and the
 * round-trip test covers every operation.
 *
 *   simple     [0, namespace, name, traits, schema]
 *   list       [1, namespace, name, traits, item]
 *   map        [2, namespace, name, traits, key, value]
 *   structure  [3, namespace, name, traits, memberNames, members, requiredCount?]   (the required ones come first)
 *   union      [4, …]    as a structure
 *   error      [-3, …]   as a structure
 *   operation  [9, namespace, name, traits, input, output]
 *   member     schema, or [schema, traits]
 *   schema     a number for a scalar (64 added: a list of it; 128: a map of it), an array, a function that gives one, or "unit"
 */
const KIND = { simple: 0, list: 1, map: 2, structure: 3, union: 4, error: -3, operation: 9 } as const;
const LIST_OF = 64;
const MAP_OF = 128;
const SCALARS: Readonly<Record<number, ScalarShape>> = {
  0: { type: "string" },
  1: { type: "number" },
  2: { type: "boolean" },
  4: { type: "timestamp" },
  21: { type: "blob" },
};
/** Bits of a numeric traits value, from the lowest. */
const TRAIT_BITS = [
  "httpLabel",
  "idempotent",
  "idempotencyToken",
  "sensitive",
  "httpPayload",
  "httpResponseCode",
  "httpQueryParams",
];
const KNOWN_TRAITS = new Set(
  "http httpLabel httpHeader httpQuery httpQueryParams httpPayload xmlName jsonName error httpError awsQueryError idempotent idempotencyToken sensitive".split(
    " ",
  ),
);

type Traits = Readonly<Record<string, unknown>>;
type RawSchema = readonly unknown[];

/** Turns what `import * as client from "@aws-sdk/client-…"` gives into the neutral model. `about` is what schemas do not tell. */
export function modelFromSdk(
  client: Readonly<Record<string, unknown>>,
  about: Omit<ApiModel, "operations" | "exceptions">,
): ApiModel {
  const reader = new SchemaReader();
  const operations = new Map<string, OperationModel>();
  const exceptions = new Map<string, ExceptionShape>();
  for (const [exportName, schema] of Object.entries(client)) {
    if (!exportName.endsWith("$") || !Array.isArray(schema)) continue;
    if (schema[0] === KIND.operation) {
      const operation = reader.operation(schema);
      operations.set(operation.name, operation);
    } else if (schema[0] === KIND.error && !isSynthetic(schema)) {
      const exception = reader.exception(schema);
      exceptions.set(exception.name, exception);
      exceptions.set(exception.code, exceptions.get(exception.code) ?? exception);
    }
  }
  if (operations.size === 0) throw new Error(`the SDK client of ${about.service} exports no operation schemas`);
  return { ...about, operations, exceptions };
}

/** The SDK's own base exception, which is not on the wire. */
const isSynthetic = (schema: RawSchema): boolean => String(schema[1]).startsWith("smithy.ts.sdk.synthetic");

class SchemaReader {
  /** Shapes by their schema, since structures may contain themselves. */
  readonly #shapes = new Map<RawSchema, Shape>();

  operation(schema: RawSchema): OperationModel {
    const [, , name, rawTraits, input, output] = schema;
    const http = traitsOf(rawTraits)["http"];
    const [method, uri, status] = Array.isArray(http) ? (http as readonly unknown[]) : ["POST", "/", 200];
    return {
      name: String(name),
      method: String(method),
      uri: String(uri),
      status: Number(status),
      input: this.#body(input),
      output: this.#body(output),
    };
  }

  exception(schema: RawSchema): ExceptionShape {
    const shape = this.#structure(schema);
    const traits = traitsOf(schema[3]);
    const [queryCode, queryStatus] = Array.isArray(traits["awsQueryError"])
      ? (traits["awsQueryError"] as readonly unknown[])
      : [];
    const status = traits["httpError"] ?? queryStatus ?? (traits["error"] === "server" ? 500 : 400);
    return { ...shape, status: Number(status), code: typeof queryCode === "string" ? queryCode : shape.name };
  }

  #body(reference: unknown): StructureShape | undefined {
    const schema = resolve(reference);
    if (schema === "unit") return undefined;
    const shape = this.#shape(schema);
    if (shape.type !== "structure") throw new Error(`an operation's body is a ${shape.type}`);
    return shape;
  }

  #member(reference: unknown): Member {
    const [schema, rawTraits] =
      Array.isArray(reference) && reference.length === 2 ? (reference as readonly unknown[]) : [reference, 0];
    const traits = traitsOf(rawTraits);
    const shape = this.#shape(resolve(schema));
    const location = locationOf(traits);
    if (location === "payload" && shape.type !== "blob" && shape.type !== "structure")
      throw new Error("a payload that is neither a blob nor a structure is not supported");
    const wireName = traits["httpQuery"] ?? traits["httpHeader"] ?? traits["xmlName"] ?? traits["jsonName"];
    return { shape, location, wireName: typeof wireName === "string" && location !== "label" ? wireName : undefined };
  }

  #shape(schema: unknown): Shape {
    if (typeof schema === "number") return this.#scalar(schema);
    if (!Array.isArray(schema)) throw new Error(`not a schema: ${String(schema)}`);
    const raw: RawSchema = schema;
    const known = this.#shapes.get(raw);
    if (known !== undefined) return known;
    switch (raw[0]) {
      case KIND.simple:
        return this.#shape(raw[4]);
      case KIND.list:
        return { type: "list", item: this.#member(raw[4]) };
      case KIND.map:
        return { type: "map", value: this.#member(raw[5]) };
      case KIND.structure:
      case KIND.union:
      case KIND.error:
        return this.#structure(raw);
      default:
        throw new Error(`a schema of an unknown kind: ${String(raw[0])}`);
    }
  }

  #scalar(code: number): Shape {
    if (code >= MAP_OF) return { type: "map", value: plain(this.#scalar(code - MAP_OF)) };
    if (code >= LIST_OF) return { type: "list", item: plain(this.#scalar(code - LIST_OF)) };
    const scalar = SCALARS[code];
    if (scalar === undefined) throw new Error(`a scalar of an unknown kind: ${code}`);
    return scalar;
  }

  #structure(schema: RawSchema): StructureShape {
    const [, , name, rawTraits, memberNames, memberSchemas, requiredCount] = schema;
    traitsOf(rawTraits);
    if (!Array.isArray(memberNames) || !Array.isArray(memberSchemas))
      throw new Error(`structure ${String(name)} has no members`);
    const names = memberNames.map(String);
    const members = new Map<string, Member>();
    const shape: StructureShape = {
      type: "structure",
      name: String(name),
      members,
      required: names.slice(0, Number(requiredCount ?? 0)),
    };
    this.#shapes.set(schema, shape);
    for (const [index, memberName] of names.entries()) members.set(memberName, this.#member(memberSchemas[index]));
    return shape;
  }
}

const plain = (shape: Shape): Member => ({ shape, location: "body", wireName: undefined });

function resolve(reference: unknown): unknown {
  let schema = reference;
  while (typeof schema === "function") schema = (schema as () => unknown)();
  return schema;
}

function traitsOf(raw: unknown): Traits {
  const traits = typeof raw === "number" ? traitsOfBits(raw) : raw;
  if (typeof traits !== "object" || traits === null) throw new Error(`not traits: ${String(raw)}`);
  const strange = Object.keys(traits).find((name) => !KNOWN_TRAITS.has(name));
  if (strange !== undefined) throw new Error(`trait ${strange} is not supported`);
  return traits as Traits;
}

const traitsOfBits = (bits: number): Traits =>
  Object.fromEntries(TRAIT_BITS.filter((_, bit) => (bits >> bit) & 1).map((name) => [name, 1]));

function locationOf(traits: Traits): Location {
  if ("httpLabel" in traits) return "label";
  if ("httpQuery" in traits) return "query";
  if ("httpQueryParams" in traits) return "queryMap";
  if ("httpHeader" in traits) return "header";
  if ("httpPayload" in traits) return "payload";
  return "body";
}
