import type { Outcome } from "../call.ts";
import { invalidArgument } from "./faults.ts";
import { CLOUDFRONT_LENGTHS } from "./limits.ts";

/** What every listing of CloudFront takes. MaxItems is a numeric string on the wire, and a number in some clients. */
export interface PageInput {
  readonly Marker?: string;
  readonly MaxItems?: string | number;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly maxItems: number;
  /** Where the next page goes on; undefined when nothing is left. */
  readonly nextMarker?: string;
}

/**
 * One page: what comes after the marker, which is the key of the last item of the page before. `entries` are in the
 * order of their keys.
 * Source: CloudFront API reference "ListDistributions" (Marker), checked 2026-11-24.
 */
export function pageOf<T>(
  entries: Iterable<readonly [string, T]>,
  input: PageInput,
  most: number = CLOUDFRONT_LENGTHS.pageDefault,
): { readonly page: Page<T> } | { readonly no: Outcome } {
  const asked = input.MaxItems === undefined || input.MaxItems === "" ? most : Number(input.MaxItems);
  if (!Number.isInteger(asked) || asked < 1) return { no: invalidArgument(`Invalid MaxItems: ${input.MaxItems}`) };
  const maxItems = Math.min(asked, most);
  const items: T[] = [];
  let last = "";
  for (const [key, item] of entries) {
    if (input.Marker !== undefined && key <= input.Marker) continue;
    if (items.length === maxItems) return { page: { items, maxItems, nextMarker: last } };
    items.push(item);
    last = key;
  }
  return { page: { items, maxItems } };
}

/** As every list of CloudFront is written: an empty one has no Items. */
export const listOf = <T>(items: readonly T[]): { readonly Quantity: number; readonly Items?: readonly T[] } =>
  items.length === 0 ? { Quantity: 0 } : { Quantity: items.length, Items: items };
