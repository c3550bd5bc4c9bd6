import { parseArn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { invalidArgument, noSuchResource } from "./faults.ts";
import { CLOUDFRONT_LENGTHS } from "./limits.ts";
import { cloudFrontAt, withDistributions, withFunctions } from "./state.ts";

type TagMap = Readonly<Record<string, string>>;

/** Tags as CloudFront writes them. */
export interface TagsMember {
  readonly Items?: readonly { readonly Key?: string; readonly Value?: string }[];
}

export const tagMap = (tags: TagsMember | undefined): TagMap =>
  Object.fromEntries((tags?.Items ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));

/** In the order of their keys. */
const tagsMember = (tags: TagMap): TagsMember => ({
  Items: Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value })),
});

/** Why a resource may not have these tags; their form was looked at before. Source: CloudFront guide "Quotas" (general quotas), checked 2026-11-24. */
// Assumed: the wordings; that keys of AWS's own are refused as everywhere; what holds for distributions holds for functions.
export function tagFault(tags: TagMap): Outcome | undefined {
  const keys = Object.keys(tags);
  const reserved = keys.find((key) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) return refused("InvalidTagging", `The tag key '${reserved}' is reserved.`);
  return keys.length > CLOUDFRONT_LENGTHS.tags
    ? refused("InvalidTagging", `A resource can have at most ${CLOUDFRONT_LENGTHS.tags} tags, not ${keys.length}.`)
    : undefined;
}

interface TagInput {
  readonly Resource?: string;
  readonly Tags?: TagsMember;
  readonly TagKeys?: { readonly Items?: readonly string[] };
}

interface Tagged {
  readonly tags: TagMap;
  readonly withTags: (tags: TagMap) => Cloud;
}

/** The distribution or function that the ARN names, or why there is none. Source: CloudFront API reference "TagResource", checked 2026-11-24. */
function findTagged(cloud: Cloud, call: Call): { readonly found: Tagged } | { readonly no: Outcome } {
  const { Resource: arn = "" } = call.input as TagInput;
  const parts = parseArn(arn);
  if (parts?.service !== "cloudfront") return { no: invalidArgument(`Invalid ARN: ${arn}`) };
  const [kind, id = ""] = parts.resource.split("/", 2);
  const { functions, distributions } = cloudFrontAt(cloud, call.account);
  const edge = functions.get(id);
  const distribution = distributions.get(id);
  if (kind !== "function" && kind !== "distribution") return { no: notEmulated(call, `tags of a ${kind}`) };
  if (parts.account !== call.account) return { no: noSuchResource(arn) };
  if (kind === "function" && edge !== undefined) {
    const withTags = (tags: TagMap): Cloud => withFunctions(cloud, call, functions.set(id, { ...edge, tags }));
    return { found: { tags: edge.tags ?? {}, withTags } };
  }
  if (kind === "distribution" && distribution !== undefined) {
    const withTags = (tags: TagMap): Cloud =>
      withDistributions(cloud, call, distributions.set(id, { ...distribution, tags }));
    return { found: { tags: distribution.tags ?? {}, withTags } };
  }
  return { no: noSuchResource(arn) };
}

/** Adds tags, or replaces the value of those that are there. */
export const tagResource: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  if ("no" in sought) return sought.no;
  const tags = { ...sought.found.tags, ...tagMap((call.input as TagInput).Tags) };
  return tagFault(tags) ?? succeeded(sought.found.withTags(tags));
};

export const untagResource: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  if ("no" in sought) return sought.no;
  const gone = (call.input as TagInput).TagKeys?.Items ?? [];
  const kept = Object.entries(sought.found.tags).filter(([key]) => !gone.includes(key));
  return succeeded(sought.found.withTags(Object.fromEntries(kept)));
};

export const listTagsForResource: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, { Tags: tagsMember(sought.found.tags) });
};
