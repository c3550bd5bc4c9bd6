import { API_GATEWAY_LENGTHS } from "./limits.ts";

/** What every listing of API Gateway takes. */
export interface PageInput {
  readonly position?: string;
  readonly limit?: number | string;
}

interface Page<T> {
  readonly items?: readonly T[];
  readonly position?: string;
}

/**
 * One page in key order: `position` is where the next one starts. An empty listing has no `items` at all.
 * Source: API Gateway API reference "GetBasePathMappings" (limit 25, at most 500), checked 2026-11-23.
 */
export function pageOf<V, T>(
  entries: Iterable<readonly [string, V]>,
  input: PageInput,
  render: (value: V) => T,
): Page<T> {
  const asked = Number(input.limit ?? API_GATEWAY_LENGTHS.pageDefault);
  const size = Math.min(
    Math.max(Math.trunc(asked) || API_GATEWAY_LENGTHS.pageDefault, 1),
    API_GATEWAY_LENGTHS.pageMaximum,
  );
  const start = input.position === undefined ? "" : Buffer.from(input.position, "base64url").toString();
  const items: T[] = [];
  for (const [key, value] of entries) {
    if (key < start) continue;
    if (items.length === size) return { items, position: Buffer.from(key).toString("base64url") };
    items.push(render(value));
  }
  return items.length === 0 ? {} : { items };
}
