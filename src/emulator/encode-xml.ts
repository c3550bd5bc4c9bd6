import { scalarToText } from "./scalar.ts";
import type { Member, Shape, StructureShape } from "./service-model.ts";
import { isFields, type Fields } from "./wire.ts";
import { escapeXml } from "./xml.ts";

/** Element `tag` with the body members of `fields`; the namespace stands on the root only. */
export function encodeXml(shape: StructureShape, tag: string, fields: Fields, namespace = ""): string {
  const attribute = namespace === "" ? "" : ` xmlns="${namespace}"`;
  return `<${tag}${attribute}>${xmlMembers(shape, fields)}</${tag}>`;
}

/** The body members of `fields`, one element after the other, in the model's order. */
export function xmlMembers(shape: StructureShape, fields: Fields): string {
  let text = "";
  for (const [name, member] of shape.members) {
    const value = fields[name];
    if (value === undefined || value === null || member.location === "header") continue;
    text += element(member.shape, member.wireName ?? name, value);
  }
  return text;
}

function element(shape: Shape, tag: string, value: unknown): string {
  return `<${tag}>${content(shape, value)}</${tag}>`;
}

function content(shape: Shape, value: unknown): string {
  switch (shape.type) {
    case "structure":
      if (!isFields(value)) throw new Error(`the value of a ${shape.name} is not a structure`);
      return xmlMembers(shape, value);
    case "list":
      if (!Array.isArray(value)) throw new Error("the value of a list is not a list");
      return value.map((item: unknown) => listItem(shape.item, item)).join("");
    case "map":
      if (!isFields(value)) throw new Error("the value of a map is not an object");
      return Object.entries(value)
        .map(([key, item]) => `<entry><key>${escapeXml(key)}</key>${element(shape.value.shape, "value", item)}</entry>`)
        .join("");
    default:
      return escapeXml(scalarToText(shape, value));
  }
}

const listItem = (item: Member, value: unknown): string => element(item.shape, item.wireName ?? "member", value);
