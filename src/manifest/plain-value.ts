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

/** Every place that a pattern names and that holds something; `*` stands for every key of a mapping. */
export function matches(
  root: unknown,
  pattern: readonly string[],
): readonly { readonly path: Path; readonly value: unknown }[] {
  let found: { readonly path: Path; readonly value: unknown }[] = [{ path: [], value: root }];
  for (const step of pattern) {
    found = found.flatMap(({ path, value }) => {
      if (!isMapping(value)) return [];
      const keys = step === "*" ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
      return keys.map((key) => ({ path: [...path, key], value: value[key] }));
    });
  }
  return found;
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
