import type { Fault } from "../call.ts";
import { invalidInput } from "./faults.ts";

/** MaxItems is a numeric string on the wire and a number in most clients. */
export type MaxItems = string | number | undefined;

/** How many items a page may hold: what was asked for, cut to what the operation allows; or the fault. */
export function pageSize(asked: MaxItems, most: number, preset = most): number | Fault {
  if (asked === undefined) return preset;
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1) return invalidInput(`Invalid MaxItems: ${asked}`);
  return Math.min(size, most);
}

/** The first `size` items, and the one after them, if there is one. */
export function pageOf<T>(
  items: Iterable<T>,
  size: number,
): { readonly page: readonly T[]; readonly next: T | undefined } {
  const page: T[] = [];
  for (const item of items) {
    if (page.length === size) return { page, next: item };
    page.push(item);
  }
  return { page, next: undefined };
}
