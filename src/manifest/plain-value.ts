import type { Path } from "./located.ts";

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at a path, or undefined. */
export function valueAt(root: unknown, path: Path): unknown {
  let at = root;
  for (const step of path) {
    if (Array.isArray(at)) at = at[Number(step)] as unknown;
    else if (isMapping(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

export interface Match {
  /** The index of the pattern. */
  readonly pattern: number;
  readonly path: Path;
  readonly value: unknown;
}

/** Patterns with a first step in common, and what follows it. */
interface Node {
  ends: number | undefined;
  readonly next: Map<string, Node>;
}

/**
 * Every place that one of the patterns names and that holds something; `*` stands for every key of a mapping. Walks the
 * value once, however many patterns there are.
 */
export function matches(root: unknown, patterns: readonly (readonly string[])[]): readonly Match[] {
  const found: Match[] = [];
  const path: string[] = [];
  const visit = (node: Node, value: unknown): void => {
    if (node.ends !== undefined) found.push({ pattern: node.ends, path: [...path], value });
    if (node.next.size === 0 || !isMapping(value)) return;
    for (const [step, next] of node.next) {
      for (const key of step === "*" ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : []) {
        path.push(key);
        visit(next, value[key]);
        path.pop();
      }
    }
  };
  visit(treeOf(patterns), root);
  return found;
}

function treeOf(patterns: readonly (readonly string[])[]): Node {
  const top: Node = { ends: undefined, next: new Map() };
  for (const [index, pattern] of patterns.entries()) {
    let at = top;
    for (const step of pattern) {
      const next: Node = at.next.get(step) ?? { ends: undefined, next: new Map() };
      at.next.set(step, next);
      at = next;
    }
    at.ends = index;
  }
  return top;
}

/**
 * Takes the value at a path out of its mapping, in place. An entry of a list takes the whole list with it, so that the
 * indexes of its neighbours stay true; what is not there takes what stands above it.
 */
export function prune(root: unknown, path: Path): void {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = valueAt(root, path.slice(0, length - 1));
    const key = path[length - 1];
    if (key === undefined || !isMapping(parent) || !Object.hasOwn(parent, key)) continue;
    delete parent[key];
    return;
  }
}
