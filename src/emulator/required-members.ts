import type { Fault } from "../cloud/call.ts";
import { memberName } from "../cloud/constraint.ts";
import type { ApiModel, Shape, StructureShape } from "./service-model.ts";
import { isFields, type Fields } from "./wire.ts";

/** CloudFront itself refuses a request without it, by a code of its own (cloud/cloudfront/if-match.ts). */
const PRECONDITION = "If-Match";

/** The fault that AWS's front end gives for required members that are not there, or undefined. */
export function missingMembers(model: ApiModel, shape: StructureShape | undefined, input: Fields): Fault | undefined {
  const missing: string[] = [];
  if (shape !== undefined) collect(shape, input, "", missing);
  if (missing.length === 0) return undefined;
  const complaints = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${missing.length} validation error${missing.length === 1 ? "" : "s"} detected`;
  return { code: model.invalidInputCode, message: `${count}: ${complaints.join("; ")}`, status: 400 };
}

function collect(shape: Shape, value: unknown, path: string, missing: string[]): void {
  if (value === undefined || value === null) return;
  if (shape.type === "list" && Array.isArray(value)) {
    for (const [index, item] of value.entries())
      collect(shape.item.shape, item, `${path}.${index + 1}.member`, missing);
  } else if (shape.type === "map" && isFields(value)) {
    for (const [key, item] of Object.entries(value)) collect(shape.value.shape, item, `${path}.${key}.member`, missing);
  } else if (shape.type === "structure" && isFields(value)) {
    collectMembers(shape, value, path, missing);
  }
}

function collectMembers(shape: StructureShape, fields: Fields, path: string, missing: string[]): void {
  for (const [name, member] of shape.members) {
    const here = path === "" ? memberName(name) : `${path}.${memberName(name)}`;
    const absent = fields[name] === undefined || fields[name] === null;
    if (absent && shape.required.includes(name) && member.wireName !== PRECONDITION) missing.push(here);
    else collect(member.shape, fields[name], here, missing);
  }
}
