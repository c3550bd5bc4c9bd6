import type { Tag } from "../acm/tags.ts";
import { tagMap } from "../acm/tags.ts";
import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { invalid } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;

/**
 * The tags as they are with these added, or why they are refused; their form was looked at before (constraints.ts).
 * Source: Elastic Load Balancing API reference "AddTags" and Application Load Balancers guide "Tag restrictions",
 * checked 2026-11-24.
 */
export function tagsWith(tags: Tags, added: readonly Tag[]): { readonly tags: Tags } | { readonly no: Outcome } {
  const keys = added.map(({ Key = "" }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined)
    return { no: refused("DuplicateTagKeys", `Tag key '${twice}' was specified more than once`) };
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) return { no: invalid(`The tag key '${reserved}' is reserved`) };
  const all = { ...tags, ...tagMap(added) };
  if (Object.keys(all).length <= ELB_LENGTHS.tags) return { tags: all };
  const message = `The maximum number of tags per resource is ${ELB_LENGTHS.tags}`;
  return { no: refused("TooManyTags", message) };
}
