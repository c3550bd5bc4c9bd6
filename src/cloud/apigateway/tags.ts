import { parseArn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { ApiDomain, Cloud } from "../cloud.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { findDomain, withDomain } from "./domain-name.ts";
import { badRequest } from "./faults.ts";
import { tagFault } from "./tag-rules.ts";

interface TagInput {
  readonly resourceArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagKeys?: readonly string[];
}

const DOMAIN_NAMES = "/domainnames/";

/** The domain that the ARN names (`arn:aws:apigateway:<region>::/domainnames/<name>`); only domain names are modelled. */
function findTagged(cloud: Cloud, call: Call): { readonly found: ApiDomain } | { readonly no: Outcome } {
  const { resourceArn = "" } = call.input as TagInput;
  const parts = parseArn(resourceArn);
  if (parts?.service !== "apigateway" || parts.region !== call.region)
    return { no: badRequest(`Invalid ARN: ${resourceArn}`) };
  if (!parts.resource.startsWith(DOMAIN_NAMES)) return { no: notEmulated(call, `tags of ${parts.resource}`) };
  return findDomain(cloud, { ...call, input: { domainName: parts.resource.slice(DOMAIN_NAMES.length) } });
}

/** Adds tags, or replaces the value of those that are there. Source: API Gateway API reference "TagResource", checked 2026-11-23. */
export const tagResource: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  if ("no" in sought) return sought.no;
  const tags = { ...sought.found.tags, ...(call.input as TagInput).tags };
  return tagFault(tags) ?? succeeded(withDomain(cloud, call, { ...sought.found, tags }));
};

export const untagResource: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  if ("no" in sought) return sought.no;
  const { tagKeys = [] } = call.input as TagInput;
  const kept = Object.entries(sought.found.tags).filter(([key]) => !tagKeys.includes(key));
  return succeeded(withDomain(cloud, call, { ...sought.found, tags: Object.fromEntries(kept) }));
};

export const getTags: Step = (cloud, call) => {
  const sought = findTagged(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, { tags: sought.found.tags });
};
