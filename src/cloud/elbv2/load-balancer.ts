import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { refused, succeeded } from "../outcome.ts";
import { attributesOf } from "./attribute-defaults.ts";
import { readElbArn } from "./arns.ts";
import { invalid, invalidArn, noLoadBalancers, notPermitted } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";
import { listenersOf, loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { LoadBalancer } from "./load-balancing.ts";
import { narrowing, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

interface DescribeInput extends PageInput {
  readonly LoadBalancerArns?: readonly string[];
  readonly Names?: readonly string[];
}

/** AWS's shape of a load balancer. Source: Elastic Load Balancing API reference "LoadBalancer", checked 2026-11-24. */
export function loadBalancerOutput(balancer: LoadBalancer): unknown {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: balancer.canonicalHostedZoneId,
    CreatedTime: balancer.createdAt,
    LoadBalancerName: balancer.name,
    ...(balancer.scheme === undefined ? {} : { Scheme: balancer.scheme }),
    ...(balancer.vpcId === undefined ? {} : { VpcId: balancer.vpcId }),
    State: { Code: balancer.state },
    Type: balancer.type,
    AvailabilityZones: balancer.availabilityZones,
    ...(balancer.securityGroups.length === 0 ? {} : { SecurityGroups: balancer.securityGroups }),
    IpAddressType: balancer.ipAddressType,
  };
}

/** The load balancer of this ARN, or why there is none. */
export function findLoadBalancer(
  cloud: Cloud,
  call: Call,
  arn: string,
): { readonly found: LoadBalancer } | { readonly no: Outcome } {
  if (readElbArn(arn) !== "loadbalancer") return { no: invalidArn(arn, "loadbalancer") };
  const found = loadBalancingOf(cloud, call).loadBalancers.get(arn);
  return found === undefined ? { no: noLoadBalancers([arn]) } : { found };
}

/** Why so many ARNs are refused. Source: Elastic Load Balancing API reference "DescribeLoadBalancers", checked 2026-11-24. */
export function tooManyArns(arns: readonly string[] | undefined, what: string): Outcome | undefined {
  const { arnsDescribed: most } = ELB_LENGTHS;
  return arns === undefined || arns.length <= most
    ? undefined
    : invalid(`Up to '${most}' ${what} ARNs can be specified, but '${arns.length}' were specified`);
}

/** By ARN or by name, but not by both, and all of those that are named must be there. Source: Elastic Load Balancing API reference "DescribeLoadBalancers", checked 2026-11-24. */
export const describeLoadBalancers: Step = (cloud, call) => {
  const input = call.input as DescribeInput;
  const [arns, names] = [narrowing(input.LoadBalancerArns), narrowing(input.Names)];
  if (arns !== undefined && names !== undefined)
    return invalid("Load balancer names and load balancer ARNs cannot be specified at the same time");
  const fault = tooManyArns(arns, "load balancer");
  if (fault !== undefined) return fault;
  const wrong = arns?.find((arn) => readElbArn(arn) !== "loadbalancer");
  if (wrong !== undefined) return invalidArn(wrong, "loadbalancer");
  const { loadBalancers } = loadBalancingOf(cloud, call);
  const wanted = arns ?? names;
  const keyOf = (each: LoadBalancer): string => (arns === undefined ? each.name : each.arn);
  const chosen = [...loadBalancers.entries()].filter(([, each]) => wanted?.includes(keyOf(each)) !== false);
  const missing = (wanted ?? []).filter((each) => !chosen.some(([, balancer]) => keyOf(balancer) === each));
  if (missing.length > 0) return noLoadBalancers(missing);
  const page = pageOf(chosen, input);
  if ("no" in page) return page.no;
  return succeeded(cloud, { LoadBalancers: page.items.map(loadBalancerOutput), ...page.next });
};

/**
 * Its listeners go with it; that it is not there is no error. Not while it is protected, and not one that other
 * things route to. Source: Elastic Load Balancing API reference "DeleteLoadBalancer", checked 2026-11-24.
 */
export const deleteLoadBalancer: Step = (cloud, call) => {
  const { LoadBalancerArn: arn = "" } = call.input as { readonly LoadBalancerArn?: string };
  if (readElbArn(arn) !== "loadbalancer") return invalidArn(arn, "loadbalancer");
  const all = loadBalancingOf(cloud, call);
  const found = all.loadBalancers.get(arn);
  if (found === undefined) return succeeded(cloud);
  if (attributesOf.loadBalancer(found)["deletion_protection.enabled"] === "true")
    return notPermitted(`Load balancer '${arn}' cannot be deleted because deletion protection is enabled`);
  const group = [...all.targetGroups].find(({ targets }) => [...(targets ?? [])].some(({ Id }) => Id === arn));
  if (group !== undefined)
    return refused("ResourceInUse", `Load balancer '${arn}' is a target of target group '${group.arn}'`);
  let { listeners } = all;
  for (const listener of listenersOf(all, arn)) listeners = listeners.delete(listener.arn);
  return succeeded(withLoadBalancing(cloud, call, { loadBalancers: all.loadBalancers.delete(arn), listeners }));
};
