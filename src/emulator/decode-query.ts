import { scalarFromText } from "./scalar.ts";
import type { MapShape, Shape, StructureShape } from "./service-model.ts";
import type { Fields } from "./wire.ts";

/** A form's keys split at their dots: `Tags.member.1.Key`. */
interface QueryNode {
  value: string | undefined;
  readonly children: Map<string, QueryNode>;
}

/** An awsQuery form as neutral values. An empty list travels as `Name=`, a map as `Name.entry.1.key` and `Name.entry.1.value`. */
export function decodeQuery(shape: StructureShape, form: URLSearchParams): Fields {
  return structureFrom(shape, treeOf(form));
}

function treeOf(form: URLSearchParams): QueryNode {
  const root: QueryNode = { value: undefined, children: new Map() };
  for (const [key, value] of form) {
    let node = root;
    for (const part of key.split(".")) node = childOf(node, part);
    node.value = value;
  }
  return root;
}

function childOf(node: QueryNode, part: string): QueryNode {
  const known = node.children.get(part);
  if (known !== undefined) return known;
  const child: QueryNode = { value: undefined, children: new Map() };
  node.children.set(part, child);
  return child;
}

function structureFrom(shape: StructureShape, node: QueryNode): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const child = node.children.get(member.wireName ?? name);
    const value = child === undefined ? undefined : valueFrom(member.shape, child);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function valueFrom(shape: Shape, node: QueryNode): unknown {
  switch (shape.type) {
    case "structure":
      return structureFrom(shape, node);
    case "list": {
      const items = node.children.get(shape.item.wireName ?? "member");
      return items === undefined ? [] : inOrder(items).map((item) => valueFrom(shape.item.shape, item));
    }
    case "map": {
      const entries = node.children.get("entry");
      return entries === undefined ? {} : Object.fromEntries(inOrder(entries).map((entry) => entryFrom(shape, entry)));
    }
    default:
      return node.value === undefined ? undefined : scalarFromText(shape, node.value);
  }
}

function entryFrom(shape: MapShape, entry: QueryNode): readonly [string, unknown] {
  const value = entry.children.get("value");
  return [
    entry.children.get("key")?.value ?? "",
    value === undefined ? undefined : valueFrom(shape.value.shape, value),
  ];
}

const inOrder = (node: QueryNode): QueryNode[] =>
  [...node.children]
    .filter(([key]) => /^\d+$/.test(key))
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
