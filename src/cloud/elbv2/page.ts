import type { Outcome } from "../call.ts";
import { invalid } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";

/** What every listing takes. */
export interface PageInput {
  readonly Marker?: string;
  readonly PageSize?: number;
}

/** A list that narrows a listing down: an empty one, which clients may send for none, narrows nothing. */
export const narrowing = (list: readonly string[] | undefined): readonly string[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

export interface Page<T> {
  readonly items: readonly T[];
  /** `NextMarker`, when there is more. */
  readonly next: { readonly NextMarker?: string };
}

/**
 * One page in key order; the marker says where the next one starts, and stays good while things come and go.
 * Source: Elastic Load Balancing API reference "DescribeLoadBalancers" (PageSize, NextMarker), checked 2026-11-24.
 */
// Assumed: how a marker that is none is refused.
export function pageOf<T>(
  entries: Iterable<readonly [string, T]>,
  { Marker: marker, PageSize: size = ELB_LENGTHS.pageDefault }: PageInput,
): Page<T> | { readonly no: Outcome } {
  const start = marker === undefined || marker === "" ? "" : readMarker(marker);
  if (start === undefined) return { no: invalid(`The marker '${marker}' is not valid`) };
  const items: T[] = [];
  for (const [key, item] of entries) {
    if (key < start) continue;
    if (items.length === size) return { items, next: { NextMarker: writeMarker(key) } };
    items.push(item);
  }
  return { items, next: {} };
}

const MARK = "at ";

const writeMarker = (key: string): string => Buffer.from(MARK + key).toString("base64url");

function readMarker(text: string): string | undefined {
  const plain = Buffer.from(text, "base64url").toString();
  return plain.startsWith(MARK) ? plain.slice(MARK.length) : undefined;
}
