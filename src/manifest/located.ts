import type { Range } from "./source-text.ts";

/** A place inside a manifest: keys of mappings and indexes of lists, from the top down. */
export type Path = readonly (string | number)[];

/** A value, where it stands in the text, and where its parts do. Flat, as a large manifest has hundreds of thousands. */
export interface Located {
  /** Plain: text, a number, true, false, null, a list or a mapping. */
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
  /** Where its key stands; where it stands itself, for entries of lists and for the whole. */
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Of a mapping, in the order of `parts`. */
  readonly keys: readonly string[] | undefined;
  /** Of a mapping or a list. */
  readonly parts: readonly Located[] | undefined;
}

export const rangeOf = ({ start, end }: Located): Range => ({ start, end });
export const keyRangeOf = ({ keyStart, keyEnd }: Located): Range => ({ start: keyStart, end: keyEnd });

/** Where the value at the path stands; or, not exact, the nearest above it that exists. */
export function locate(root: Located, path: Path): { readonly at: Located; readonly exact: boolean } {
  let at = root;
  for (const step of path) {
    const next = partOf(at, step);
    if (next === undefined) return { at, exact: false };
    at = next;
  }
  return { at, exact: true };
}

function partOf({ keys, parts }: Located, step: string | number): Located | undefined {
  if (parts === undefined) return undefined;
  if (keys === undefined) return typeof step === "number" ? parts[step] : undefined;
  const index = keys.length > FEW ? indexOf(keys).get(String(step)) : keys.indexOf(String(step));
  return index === undefined ? undefined : parts[index];
}

/** So many keys are looked through; more get an index, once somebody asks. */
const FEW = 16;
const indexes = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function indexOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const known = indexes.get(keys);
  if (known !== undefined) return known;
  const index = new Map(keys.map((key, at) => [key, at]));
  indexes.set(keys, index);
  return index;
}

/** A path as people write it: `apis.shop.example.com.regions`; the top is "the manifest". */
export function displayPath(path: Path): string {
  if (path.length === 0) return "the manifest";
  const steps = path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`));
  return `\`${steps.join("")}\``;
}
