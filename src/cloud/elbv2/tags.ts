import type { Tag } from "../acm/tags.ts";
import { tagList } from "../acm/tags.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { readElbArn } from "./arns.ts";
import { invalid, invalidArn, noListener, noLoadBalancers, noTargetGroup } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";
import { loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import { tagsWith } from "./tag-rules.ts";

type Tags = Readonly<Record<string, string>>;

interface Input {
  readonly ResourceArns?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
}

/** Which table holds what an ARN names. */
const TABLES = { loadbalancer: "loadBalancers", listener: "listeners", targetgroup: "targetGroups" } as const;

type Kind = keyof typeof TABLES;

const MISSING: Readonly<Record<Kind, (arn: string) => Outcome>> = {
  loadbalancer: (arn) => noLoadBalancers([arn]),
  listener: () => noListener(),
  targetgroup: () => noTargetGroup(),
};

interface Tagged {
  readonly arn: string;
  readonly kind: Kind;
  readonly tags: Tags | undefined;
}

/** Everything that the call names, or what is wrong with it: all must be there. */
function named(cloud: Cloud, call: Call): { readonly tagged: readonly Tagged[] } | { readonly no: Outcome } {
  const { ResourceArns: arns = [] } = call.input as Input;
  if (arns.length > ELB_LENGTHS.arnsDescribed)
    return { no: invalid(`Cannot have more than ${ELB_LENGTHS.arnsDescribed} resources described`) };
  const all = loadBalancingOf(cloud, call);
  const tagged: Tagged[] = [];
  for (const arn of arns) {
    const kind = readElbArn(arn);
    if (kind === undefined) return { no: invalidArn(arn, "loadbalancer") };
    if (kind === "truststore" || kind === "listener-rule") return { no: notEmulated(call, `tags of ${kind} ARNs`) };
    const found = all[TABLES[kind]].get(arn);
    if (found === undefined) return { no: MISSING[kind](arn) };
    tagged.push({ arn, kind, tags: found.tags });
  }
  return { tagged };
}

/** The tags of one thing, whatever it is; undefined when it is not there, or its tags were not read. */
export function tagsOfResource(all: LoadBalancing, arn: string): Tags | undefined {
  const kind = readElbArn(arn);
  return kind === undefined || kind === "truststore" || kind === "listener-rule"
    ? undefined
    : all[TABLES[kind]].get(arn)?.tags;
}

/** The tables with other tags on one thing that is there; else as they are. */
export function withResourceTags(all: LoadBalancing, arn: string, tags: Tags): LoadBalancing {
  switch (readElbArn(arn)) {
    case "loadbalancer": {
      const found = all.loadBalancers.get(arn);
      return found === undefined ? all : { ...all, loadBalancers: all.loadBalancers.set(arn, { ...found, tags }) };
    }
    case "listener": {
      const found = all.listeners.get(arn);
      return found === undefined ? all : { ...all, listeners: all.listeners.set(arn, { ...found, tags }) };
    }
    case "targetgroup": {
      const found = all.targetGroups.get(arn);
      return found === undefined ? all : { ...all, targetGroups: all.targetGroups.set(arn, { ...found, tags }) };
    }
    default:
      return all;
  }
}

/** Changes the tags of everything that is named, or of nothing. Tags that were never read stay unknown. */
function changeTags(
  cloud: Cloud,
  call: Call,
  change: (tags: Tags) => { readonly tags: Tags } | { readonly no: Outcome },
): Outcome {
  const sought = named(cloud, call);
  if ("no" in sought) return sought.no;
  let all = loadBalancingOf(cloud, call);
  for (const { arn, tags } of sought.tagged) {
    const next = change(tags ?? {});
    if ("no" in next) return next.no;
    if (tags !== undefined) all = withResourceTags(all, arn, next.tags);
  }
  return succeeded(withLoadBalancing(cloud, call, all));
}

/** Source: Elastic Load Balancing API reference "AddTags", checked 2026-11-24. */
export const addTags: Step = (cloud, call) =>
  changeTags(cloud, call, (tags) => tagsWith(tags, (call.input as Input).Tags ?? []));

/** Source: Elastic Load Balancing API reference "RemoveTags", checked 2026-11-24. */
export const removeTags: Step = (cloud, call) => {
  const { TagKeys: keys = [] } = call.input as Input;
  return changeTags(cloud, call, (tags) => ({
    tags: Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))),
  }));
};

/** Source: Elastic Load Balancing API reference "DescribeTags", checked 2026-11-24. */
export const describeTags: Step = (cloud, call) => {
  const sought = named(cloud, call);
  if ("no" in sought) return sought.no;
  const TagDescriptions = sought.tagged.map(({ arn, tags = {} }) => ({ ResourceArn: arn, Tags: tagList(tags) }));
  return succeeded(cloud, { TagDescriptions });
};
