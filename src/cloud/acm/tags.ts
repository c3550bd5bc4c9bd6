import type { Outcome, Step } from "../call.ts";
import { refused, succeeded } from "../outcome.ts";
import { findCertificate, putCertificate } from "./certificate.ts";
import { ACM_LENGTHS } from "./limits.ts";

/** A tag as ACM and the tagging service write it. */
export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

type Tags = Readonly<Record<string, string>>;

interface TagInput {
  readonly Tags?: readonly Tag[];
}

export function tagMap(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** In the order of their keys. */
export function tagList(tags: Tags): readonly Required<Tag>[] {
  const entries = Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([Key, Value]) => ({ Key, Value }));
}

const RESERVED = /^aws:/i;

/**
 * Why ACM refuses these tags, whose form was looked at before (constraints.ts).
 * Source: ACM API reference "AddTagsToCertificate" (InvalidTagException) and ACM guide "Tag restrictions", checked 2026-11-23.
 */
// Assumed: a key that is there twice is refused.
export function tagFault(tags: readonly Tag[]): Outcome | undefined {
  for (const { Key = "", Value = "" } of tags) {
    if (RESERVED.test(Key) || RESERVED.test(Value))
      return refused("InvalidTagException", `The tag '${Key}' = '${Value}' is reserved`);
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    return refused("InvalidTagException", "A tag key is there twice");
  }
  return undefined;
}

function tooMany(count: number): Outcome {
  return refused("TooManyTagsException", `${count} tags, but at most ${ACM_LENGTHS.tags} are allowed`);
}

/** Adds tags, or replaces the value of those that are there. Tags that were never read stay unknown. */
export const addTagsToCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { Tags: added = [] } = call.input as TagInput;
  const fault = tagFault(added);
  if (fault !== undefined) return fault;
  if (sought.found.tags === undefined) return succeeded(cloud);
  const tags = { ...sought.found.tags, ...tagMap(added) };
  const count = Object.keys(tags).length;
  return count > ACM_LENGTHS.tags ? tooMany(count) : putCertificate(cloud, call, { ...sought.found, tags });
};

/** A tag given with a value goes only if it has that value. Source: ACM API reference "RemoveTagsFromCertificate", checked 2026-11-23. */
export const removeTagsFromCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { Tags: removed = [] } = call.input as TagInput;
  if (sought.found.tags === undefined) return succeeded(cloud);
  const goes = ([key, value]: readonly [string, string]): boolean =>
    removed.some(({ Key, Value }) => Key === key && (Value === undefined || Value === value));
  const kept = Object.entries(sought.found.tags).filter((entry) => !goes(entry));
  return putCertificate(cloud, call, { ...sought.found, tags: Object.fromEntries(kept) });
};

export const listTagsForCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, { Tags: tagList(sought.found.tags ?? {}) });
};
