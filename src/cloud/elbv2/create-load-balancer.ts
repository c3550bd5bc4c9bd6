import { createHash } from "node:crypto";
import type { Tag } from "../acm/tags.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import type { QuotaKey } from "../quotas.ts";
import { loadBalancerArn } from "./arns.ts";
import { invalid, misconfigured } from "./faults.ts";
import { canonicalHostedZone } from "./hosted-zones.ts";
import { loadBalancerHost } from "./hosts.ts";
import { ELB_TIMES } from "./limits.ts";
import { loadBalancerOutput } from "./load-balancer.ts";
import { loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { LoadBalancer } from "./load-balancing.ts";
import { nameFault } from "./names.ts";
import { tagsWith } from "./tag-rules.ts";

interface CreateLoadBalancerInput {
  readonly Name?: string;
  readonly Subnets?: readonly string[];
  readonly SubnetMappings?: readonly Readonly<Record<string, string>>[];
  readonly SecurityGroups?: readonly string[];
  readonly Scheme?: "internet-facing" | "internal";
  readonly Tags?: readonly Tag[];
  readonly Type?: "application" | "network" | "gateway";
  readonly IpAddressType?: string;
  readonly CustomerOwnedIpv4Pool?: string;
  readonly EnablePrefixForIpv6SourceNat?: string;
  readonly IpamPools?: unknown;
}

/**
 * An Application or a Network Load Balancer, which is on its way for a while. What is there already with the same
 * settings is answered as it is. Source: Elastic Load Balancing API reference "CreateLoadBalancer", checked 2026-11-24.
 */
// Assumed: networks are not modelled: any subnet is there, each in an Availability Zone of its own, all in one VPC.
export const createLoadBalancer: Step = (cloud, call, ids) => {
  const input = call.input as CreateLoadBalancerInput;
  const unmodelled = unmodelledOption(input);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const subnets = input.Subnets ?? (input.SubnetMappings ?? []).map(({ SubnetId = "" }) => SubnetId);
  const { Name: name = "", Type: type = "application", Scheme: scheme = "internet-facing" } = input;
  const fault = nameFault(name, "load balancer") ?? subnetFault(input, subnets);
  if (fault !== undefined) return fault;
  const tagged = tagsWith({}, input.Tags ?? []);
  if ("no" in tagged) return tagged.no;
  const id = ids("load-balancer");
  const made: LoadBalancer = {
    arn: loadBalancerArn(call.region, call.account, type, name, id),
    name,
    type,
    scheme,
    state: "provisioning",
    activeDueAt: cloud.now + ELB_TIMES.provisionedAfter,
    dnsName: loadBalancerHost(call.region, {
      type,
      name,
      internal: scheme === "internal",
      id: type === "network" ? id : ids("load-balancer-host"),
    }),
    canonicalHostedZoneId: canonicalHostedZone(call.region, type),
    ipAddressType: input.IpAddressType ?? "ipv4",
    vpcId: standInId("vpc", call),
    availabilityZones: subnets.map((SubnetId, index) => ({ ZoneName: zoneName(call.region, index), SubnetId })),
    securityGroups: input.SecurityGroups ?? (type === "application" ? [standInId("sg", call)] : []),
    createdAt: cloud.now,
    attributes: {},
    tags: tagged.tags,
    listenersListed: true,
  };
  return sameNamed(cloud, call, made) ?? quotaFault(cloud, call, made) ?? added(cloud, call, made);
};

function added(cloud: Cloud, call: Call, made: LoadBalancer): Outcome {
  const loadBalancers = loadBalancingOf(cloud, call).loadBalancers.set(made.arn, made);
  const next = withLoadBalancing(cloud, call, { loadBalancers });
  return succeeded(next, { LoadBalancers: [loadBalancerOutput(made)] });
}

function unmodelledOption(input: CreateLoadBalancerInput): string | undefined {
  if (input.Type === "gateway") return "Type gateway";
  if (input.CustomerOwnedIpv4Pool !== undefined) return "CustomerOwnedIpv4Pool";
  if (input.EnablePrefixForIpv6SourceNat === "on") return "EnablePrefixForIpv6SourceNat";
  if (input.IpamPools !== undefined) return "IpamPools";
  const fixed = (input.SubnetMappings ?? []).find((mapping) => Object.keys(mapping).some((key) => key !== "SubnetId"));
  return fixed === undefined ? undefined : "SubnetMappings with addresses";
}

/** Source: Elastic Load Balancing API reference "CreateLoadBalancer" (Subnets, SubnetMappings), checked 2026-11-24. */
function subnetFault(input: CreateLoadBalancerInput, subnets: readonly string[]): Outcome | undefined {
  if (input.Subnets !== undefined && input.SubnetMappings !== undefined)
    return invalid("You must specify either subnets or subnet mappings, but not both");
  const wrong = subnets.find((subnet) => !/^subnet-[0-9a-z-]+$/.test(subnet));
  if (wrong !== undefined) return refused("SubnetNotFound", `The subnet ID '${wrong}' is not valid`);
  if (subnets.length === 0) return invalid("At least one subnet must be specified");
  if (new Set(subnets).size < subnets.length)
    return misconfigured("A load balancer cannot be attached to multiple subnets in the same Availability Zone");
  return input.Type !== "network" && subnets.length < 2
    ? invalid("At least two subnets in two different Availability Zones must be specified")
    : undefined;
}

/** The settings in which two calls of one name must agree. */
const settings = (each: LoadBalancer): string =>
  JSON.stringify([each.type, each.scheme, each.ipAddressType, each.availabilityZones, each.securityGroups, each.tags]);

/** A name is unique in an account's Region. Source: Elastic Load Balancing API reference "CreateLoadBalancer", checked 2026-11-24. */
function sameNamed(cloud: Cloud, call: Call, made: LoadBalancer): Outcome | undefined {
  const known = [...loadBalancingOf(cloud, call).loadBalancers].find(({ name }) => name === made.name);
  if (known === undefined) return undefined;
  if (settings(known) === settings(made)) return succeeded(cloud, { LoadBalancers: [loadBalancerOutput(known)] });
  const message = `A load balancer with the same name '${made.name}' exists, but with different settings`;
  return refused("DuplicateLoadBalancerName", message);
}

/** Source: Application Load Balancers guide and Network Load Balancers guide, "Quotas", checked 2026-11-24. */
function quotaFault(cloud: Cloud, call: Call, made: LoadBalancer): Outcome | undefined {
  const key: QuotaKey = made.type === "network" ? "elbv2.networkLoadBalancers" : "elbv2.applicationLoadBalancers";
  const count = [...loadBalancingOf(cloud, call).loadBalancers].filter(({ type }) => type === made.type).length;
  return exceedsQuota(cloud, call.account, key, count, count + 1)
    ? refused("TooManyLoadBalancers", "The maximum number of load balancers has been reached")
    : undefined;
}

const zoneName = (region: string, index: number): string => `${region}${"abcdef".charAt(index % 6)}`;

/** One for each Region of an account, of the form that AWS's have. */
function standInId(prefix: "vpc" | "sg", { account, region }: Call): string {
  return `${prefix}-${createHash("sha256").update(`${prefix} ${account} ${region}`).digest("hex").slice(0, 17)}`;
}
