import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { succeeded } from "../outcome.ts";
import { attributesOf } from "./attribute-defaults.ts";
import { invalid } from "./faults.ts";
import { findListener } from "./listener.ts";
import { findLoadBalancer } from "./load-balancer.ts";
import { loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { Listener, LoadBalancer, TargetGroup } from "./load-balancing.ts";
import { findTargetGroup } from "./target-group.ts";

type Attributes = Readonly<Record<string, string>>;

interface Attribute {
  readonly Key?: string;
  readonly Value?: string;
}

const answer = (cloud: Cloud, attributes: Attributes): Outcome =>
  succeeded(cloud, { Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })) });

/**
 * The attributes with these changed, or why not: each must be one that the thing has.
 * Source: Elastic Load Balancing API reference "ModifyLoadBalancerAttributes", checked 2026-11-24.
 */
// Assumed: values are taken as they are given.
function changed(
  attributes: Attributes,
  all: Attributes,
  given: readonly Attribute[] = [],
): { readonly attributes: Attributes } | { readonly no: Outcome } {
  const strange = given.find(({ Key = "" }) => !Object.hasOwn(all, Key));
  if (strange !== undefined) return { no: invalid(`Attribute key '${strange.Key}' is not recognized`) };
  return {
    attributes: { ...attributes, ...Object.fromEntries(given.map(({ Key = "", Value = "" }) => [Key, Value])) },
  };
}

interface Input {
  readonly LoadBalancerArn?: string;
  readonly ListenerArn?: string;
  readonly TargetGroupArn?: string;
  readonly Attributes?: readonly Attribute[];
}

const inputOf = (call: Call): Input => call.input as Input;

export const describeLoadBalancerAttributes: Step = (cloud, call) => {
  const sought = findLoadBalancer(cloud, call, inputOf(call).LoadBalancerArn ?? "");
  return "no" in sought ? sought.no : answer(cloud, attributesOf.loadBalancer(sought.found));
};

export const describeListenerAttributes: Step = (cloud, call) => {
  const sought = findListener(cloud, call, inputOf(call).ListenerArn ?? "");
  return "no" in sought ? sought.no : answer(cloud, attributesOf.listener(sought.found));
};

export const describeTargetGroupAttributes: Step = (cloud, call) => {
  const sought = findTargetGroup(cloud, call, inputOf(call).TargetGroupArn ?? "");
  return "no" in sought ? sought.no : answer(cloud, attributesOf.targetGroup(sought.found));
};

export const modifyLoadBalancerAttributes: Step = (cloud, call) => {
  const { LoadBalancerArn: arn = "", Attributes: given } = inputOf(call);
  const sought = findLoadBalancer(cloud, call, arn);
  if ("no" in sought) return sought.no;
  const read = changed(sought.found.attributes, attributesOf.loadBalancer(sought.found), given);
  if ("no" in read) return read.no;
  const next: LoadBalancer = { ...sought.found, attributes: read.attributes };
  const loadBalancers = loadBalancingOf(cloud, call).loadBalancers.set(arn, next);
  return answer(withLoadBalancing(cloud, call, { loadBalancers }), attributesOf.loadBalancer(next));
};

export const modifyListenerAttributes: Step = (cloud, call) => {
  const { ListenerArn: arn = "", Attributes: given } = inputOf(call);
  const sought = findListener(cloud, call, arn);
  if ("no" in sought) return sought.no;
  const read = changed(sought.found.attributes, attributesOf.listener(sought.found), given);
  if ("no" in read) return read.no;
  const next: Listener = { ...sought.found, attributes: read.attributes };
  const listeners = loadBalancingOf(cloud, call).listeners.set(arn, next);
  return answer(withLoadBalancing(cloud, call, { listeners }), attributesOf.listener(next));
};

export const modifyTargetGroupAttributes: Step = (cloud, call) => {
  const { TargetGroupArn: arn = "", Attributes: given } = inputOf(call);
  const sought = findTargetGroup(cloud, call, arn);
  if ("no" in sought) return sought.no;
  const read = changed(sought.found.attributes, attributesOf.targetGroup(sought.found), given);
  if ("no" in read) return read.no;
  const next: TargetGroup = { ...sought.found, attributes: read.attributes };
  const targetGroups = loadBalancingOf(cloud, call).targetGroups.set(arn, next);
  return answer(withLoadBalancing(cloud, call, { targetGroups }), attributesOf.targetGroup(next));
};
