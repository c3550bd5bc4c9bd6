import { instantFrom } from "./scalar.ts";
import type { ScalarShape, Shape, StructureShape } from "./service-model.ts";
import { isFields, MalformedBody, type Fields } from "./wire.ts";

/** A JSON body as neutral values. Members that the model does not know are dropped, as AWS does. */
export function decodeJson(shape: StructureShape, text: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new MalformedBody("Could not parse request body into json");
  }
  return structureFrom(shape, parsed);
}

function structureFrom(shape: StructureShape, value: unknown): Fields {
  if (!isFields(value)) throw misfit(value, "a structure");
  const fields: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const item = value[member.wireName ?? name];
    if (member.location !== "body" || item === undefined || item === null) continue;
    fields[name] = valueFrom(member.shape, item);
  }
  return fields;
}

function valueFrom(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case "structure":
      return structureFrom(shape, value);
    case "list":
      if (!Array.isArray(value)) throw misfit(value, "a list");
      return value.map((item: unknown) => valueFrom(shape.item.shape, item));
    case "map":
      if (!isFields(value)) throw misfit(value, "a map");
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueFrom(shape.value.shape, item)]));
    default:
      return scalarFrom(shape, value);
  }
}

function scalarFrom(shape: ScalarShape, value: unknown): unknown {
  switch (shape.type) {
    case "string":
      if (typeof value !== "string") throw misfit(value, "a String");
      return value;
    case "number":
      if (typeof value !== "number") throw misfit(value, "a Number");
      return value;
    case "boolean":
      if (typeof value !== "boolean") throw misfit(value, "a Boolean");
      return value;
    case "timestamp":
      if (typeof value !== "number" && typeof value !== "string") throw misfit(value, "a Timestamp");
      return instantFrom(value);
    case "blob":
      if (typeof value !== "string") throw misfit(value, "a Blob");
      return Buffer.from(value, "base64");
  }
}

/** Worded as AWS's JSON front end words it. */
function misfit(value: unknown, wanted: string): MalformedBody {
  return new MalformedBody(`${describe(value)} can not be converted to ${wanted}`);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "Start of list";
  switch (typeof value) {
    case "object":
      return "Start of structure or map";
    case "string":
      return "STRING_VALUE";
    case "number":
      return "NUMBER_VALUE";
    default:
      return value === true ? "TRUE_VALUE" : "FALSE_VALUE";
  }
}
