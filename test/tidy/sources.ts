import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "vitest/node";

/** A node of the syntax tree: ESTree with TypeScript's additions. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Import {
  readonly from: string;
  /** The repository's path of what is imported, or undefined for a package. */
  readonly file: string | undefined;
}

export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Every node with the nodes that hold it, outermost first. */
  readonly nodes: readonly { readonly node: Node; readonly above: readonly Node[] }[];
  readonly imports: readonly Import[];
}

/** All files below a folder, without what is not ours or is made by the build. */
export function filesBelow(folder: string): readonly string[] {
  const skipped = new Set(["node_modules", "dist", "coverage", ".git", ".signalbox"]);
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

/** The TypeScript and JavaScript sources below a folder, read and parsed. */
export function sourcesBelow(folder: string): readonly Source[] {
  return filesBelow(folder)
    .filter((path) => /\.(ts|mjs)$/.test(path))
    .map(source);
}

function source(path: string): Source {
  const text = readFileSync(path, "utf8");
  // oxlint-disable-next-line typescript/no-deprecated -- the only parser that Vitest hands out
  const root = parseAst(text, { lang: path.endsWith(".ts") ? "ts" : "js", astType: "ts" }, path) as unknown as Node;
  const nodes: Source["nodes"][number][] = [];
  collect(root, [], nodes);
  const imports = nodes.flatMap(({ node }) => importOf(node, path));
  return { path, text, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), nodes, imports };
}

function collect(node: Node, above: readonly Node[], into: Source["nodes"][number][]): void {
  into.push({ node, above });
  const inside = [...above, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) collect(child, inside, into);
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;

const IMPORTING = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

function importOf(node: Node, path: string): readonly Import[] {
  if (!IMPORTING.has(node.type)) return [];
  const from = isNode(node["source"]) ? node["source"]["value"] : undefined;
  if (typeof from !== "string") return [];
  return [{ from, file: from.startsWith(".") ? normalize(join(dirname(path), from)) : undefined }];
}

/** Line of an offset, from 1. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
