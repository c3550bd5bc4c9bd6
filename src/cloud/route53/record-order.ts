import { escapeForRoute53 } from "../../dns/domain-name.ts";
import { remembered } from "../../dns/remembered.ts";
import type { RecordSet } from "../cloud.ts";

/** Sorts below every character that a name, a type or a set identifier may hold. */
const END = "\0";

/**
 * The key of a record set in its zone's table. Keys sort as AWS lists record sets: by the name with its labels
 * reversed *and the trailing dot kept* (so `a-b.example.com.` comes before `a.example.com.`, as `-` sorts before
 * `.`, and `*` sorts as `\052`), then by type, then by set identifier.
 * Source: API Reference, ListResourceRecordSets, "Sort order", checked 2026-11-23.
 */
// Assumed: types sort as text and set identifiers by code unit; the page says "by the record type" and no more.
export function recordKey(record: Pick<RecordSet, "Name" | "Type" | "SetIdentifier">): string {
  return typeKeyPrefix(record.Name, record.Type) + (record.SetIdentifier ?? "");
}

/** What the keys of all record sets at this name start with. The name may be in either form. */
export function nameKeyPrefix(name: string): string {
  return subtreeKeyPrefix(name) + END;
}

/** What the keys of all record sets at this name and of this type start with. */
export function typeKeyPrefix(name: string, type: string): string {
  return nameKeyPrefix(name) + type + END;
}

/** What the keys of all record sets at this name and below it start with. */
export const subtreeKeyPrefix: (name: string) => string = remembered(
  (name) => `${escapeForRoute53(name).slice(0, -1).split(".").toReversed().join(".")}.`,
);
