import type { Range } from "./source-text.ts";

/** A place inside a manifest: keys of mappings and indexes of lists, from the top down. */
export type Path = readonly (string | number)[];

/** Where a value stands in the text, and where its parts do. */
export interface Located {
  readonly range: Range;
  /** Where its key stands; the value's own range for entries of lists and for the whole. */
  readonly key: Range;
  /** A mapping or a list. */
  readonly collection: boolean;
  readonly entries: ReadonlyMap<string | number, Located>;
}

/** Where the value at the path stands; or, not exact, the nearest above it that exists. */
export function locate(root: Located, path: Path): { readonly at: Located; readonly exact: boolean } {
  let at = root;
  for (const step of path) {
    const next = at.entries.get(step);
    if (next === undefined) return { at, exact: false };
    at = next;
  }
  return { at, exact: true };
}

/** A path as people write it: `apis.shop.example.com.regions`; the top is "the manifest". */
export function displayPath(path: Path): string {
  return path.length === 0 ? "the manifest" : `\`${path.join(".")}\``;
}
