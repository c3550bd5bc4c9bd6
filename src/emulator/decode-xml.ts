import { scalarFromText } from "./scalar.ts";
import type { Member, StructureShape } from "./service-model.ts";
import { MalformedBody, type Fields } from "./wire.ts";
import { parseXml, type XmlElement } from "./xml.ts";

/** A restXml body as neutral values. AWS looks at the root element's name: another one than `tag` is MalformedInput. */
export function decodeXml(shape: StructureShape, text: string, tag = shape.name): Fields {
  const root = parse(text);
  if (root.name !== tag) throw new MalformedBody(`${root.name} is not valid, expected ${tag}`, "MalformedInput");
  return structureFrom(shape, root);
}

function parse(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw new MalformedBody(`Invalid XML ; ${(error as Error).message}`, "MalformedInput");
  }
}

function structureFrom(shape: StructureShape, element: XmlElement): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    if (member.location !== "body") continue;
    const child = element.children.find((each) => each.name === (member.wireName ?? name));
    if (child !== undefined) fields[name] = valueFrom(member, child);
  }
  return fields;
}

function valueFrom({ shape }: Member, element: XmlElement): unknown {
  switch (shape.type) {
    case "structure":
      return structureFrom(shape, element);
    case "list":
      return element.children.map((child) => valueFrom(shape.item, child));
    case "map":
      throw new Error("maps in XML are not supported");
    default:
      return scalarFromText(shape, element.text);
  }
}
