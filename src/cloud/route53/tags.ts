import type { Call, Fault, Outcome } from "../call.ts";
import type { Account, Cloud } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { invalidInput, noSuchHealthCheck, noSuchHostedZone, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";
import { TAGS_MAX } from "./limits.ts";

// Only hosted zones and health checks have tags. Source: API Reference, ChangeTagsForResource, ListTagsForResource and
// ListTagsForResources, checked 2026-11-23. Lengths and counts of one request stand in constraints.ts.

type ResourceType = "healthcheck" | "hostedzone";
type Tags = Readonly<Record<string, string>>;

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** The key of a resource's tags in `Account.route53Tags`. */
export const tagsKey = (type: ResourceType, id: string): string => `${type}/${bareId(id)}`;

interface ChangeInput {
  readonly ResourceType: ResourceType;
  readonly ResourceId: string;
  readonly AddTags?: readonly Tag[];
  readonly RemoveTagKeys?: readonly string[];
}

/** ChangeTagsForResource: adds tags, replaces the value of those that are there, and removes others. */
// Assumed: what is removed makes room for what is added, and a key that is both added and removed is there afterwards.
export function changeTagsForResource(cloud: Cloud, call: Call): Outcome {
  const {
    ResourceType: type,
    ResourceId: id,
    AddTags: added = [],
    RemoveTagKeys: removed = [],
  } = call.input as ChangeInput;
  const account = accountOf(cloud, call.account);
  const fault = absenceFault(account, type, id) ?? tagFault(added);
  if (fault !== undefined) return refuse(fault);
  const key = tagsKey(type, id);
  const kept = Object.entries(account.route53Tags.get(key) ?? {}).filter(([name]) => !removed.includes(name));
  const tags = tagMap([...kept.map(([Key, Value]) => ({ Key, Value })), ...added]);
  const count = Object.keys(tags).length;
  // Assumed: the code and the wording; no error of its own is documented.
  if (count > TAGS_MAX) return refuse(invalidInput(`A resource can have at most ${TAGS_MAX} tags, not ${count}`));
  const route53Tags = count === 0 ? account.route53Tags.delete(key) : account.route53Tags.set(key, tags);
  return succeeded(withAccount(cloud, { ...account, route53Tags }));
}

/** ListTagsForResource. */
export function listTagsForResource(cloud: Cloud, call: Call): Outcome {
  const { ResourceType: type, ResourceId: id } = call.input as ChangeInput;
  const account = accountOf(cloud, call.account);
  const fault = absenceFault(account, type, id);
  return fault === undefined ? succeeded(cloud, { ResourceTagSet: tagSet(account, type, id) }) : refuse(fault);
}

interface ListInput {
  readonly ResourceType: ResourceType;
  readonly ResourceIds: readonly string[];
}

/** ListTagsForResources: of up to ten resources of one type. One that is not there fails the whole request. */
export function listTagsForResources(cloud: Cloud, call: Call): Outcome {
  const { ResourceType: type, ResourceIds: ids } = call.input as ListInput;
  const account = accountOf(cloud, call.account);
  for (const id of ids) {
    const fault = absenceFault(account, type, id);
    if (fault !== undefined) return refuse(fault);
  }
  return succeeded(cloud, { ResourceTagSets: ids.map((id) => tagSet(account, type, id)) });
}

export interface ResourceTagSet {
  readonly ResourceType: ResourceType;
  readonly ResourceId: string;
  readonly Tags?: readonly Tag[];
}

/** In the order of their keys. */
function tagSet(account: Account, type: ResourceType, id: string): ResourceTagSet {
  const tags = account.route53Tags.get(tagsKey(type, id)) ?? {};
  const entries = Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ResourceType: type, ResourceId: bareId(id), Tags: entries.map(([Key, Value]) => ({ Key, Value })) };
}

/** The account with the tags that a listing told. */
export function withTagSet(
  account: Account,
  { ResourceType: type, ResourceId: id, Tags = [] }: ResourceTagSet,
): Account {
  return { ...account, route53Tags: account.route53Tags.set(tagsKey(type, id), tagMap(Tags)) };
}

/** Of a key that is there twice, the last value. */
function tagMap(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

function absenceFault(account: Account, type: ResourceType, id: string): Fault | undefined {
  if (type === "hostedzone") return account.zones.has(bareId(id)) ? undefined : noSuchHostedZone(bareId(id));
  return account.healthChecks.has(bareId(id)) ? undefined : noSuchHealthCheck(bareId(id));
}

// Assumed: the wording, and that keys of AWS's own are refused as everywhere (AWS General Reference, "Tagging").
function tagFault(tags: readonly Tag[]): Fault | undefined {
  const keys = tags.map(({ Key = "" }) => Key);
  if (keys.includes("")) return invalidInput("A tag must have a Key");
  const reserved = keys.find((key) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) return invalidInput(`The tag key '${reserved}' is reserved`);
  return new Set(keys).size < keys.length ? invalidInput("A tag key is there twice") : undefined;
}
