import type { Outcome } from "../call.ts";
import { badRequest } from "./faults.ts";
import { API_GATEWAY_LENGTHS } from "./limits.ts";

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Why API Gateway refuses these tags. Source: API Gateway guide "Tag restrictions", checked 2026-11-23. */
export function tagFault(tags: Readonly<Record<string, string>>): Outcome | undefined {
  const entries = Object.entries(tags);
  if (entries.length > API_GATEWAY_LENGTHS.tags)
    return badRequest(`At most ${API_GATEWAY_LENGTHS.tags} tags are allowed`);
  for (const [key, value] of entries) {
    const long = key.length > API_GATEWAY_LENGTHS.tagKey || value.length > API_GATEWAY_LENGTHS.tagValue;
    const reserved = key.toLowerCase().startsWith("aws:");
    if (key === "" || reserved || long || !CHARACTERS.test(key) || !CHARACTERS.test(value)) {
      return badRequest(`Invalid tag: '${key}' = '${value}'`);
    }
  }
  return undefined;
}
