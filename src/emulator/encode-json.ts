import { toBase64 } from "./scalar.ts";
import type { Shape, StructureShape } from "./service-model.ts";
import { isFields, type Fields } from "./wire.ts";

/** The body members of `fields` as `JSON.stringify` takes them. In an answer, only headers and payloads travel elsewhere. */
export function jsonMembers(shape: StructureShape, fields: Fields): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const value = fields[name];
    if (value === undefined || value === null || member.location === "header" || member.location === "payload")
      continue;
    // An output's query member (API Gateway's `position`) travels in the body, under its own name.
    members[member.location === "body" ? (member.wireName ?? name) : name] = toJson(member.shape, value);
  }
  return members;
}

function toJson(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case "structure":
      if (!isFields(value)) throw new Error(`the value of a ${shape.name} is not a structure`);
      return jsonMembers(shape, value);
    case "list":
      if (!Array.isArray(value)) throw new Error("the value of a list is not a list");
      return value.map((item: unknown) => toJson(shape.item.shape, item));
    case "map":
      if (!isFields(value)) throw new Error("the value of a map is not a map");
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(shape.value.shape, item)]));
    case "timestamp":
      return Number(value) / 1000;
    case "blob":
      return toBase64(value);
    default:
      return value;
  }
}
