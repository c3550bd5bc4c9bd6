import type { Tag } from "../acm/tags.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { Table } from "../table.ts";
import { readElbArn, targetGroupArn } from "./arns.ts";
import { invalid, invalidArn, noTargetGroup } from "./faults.ts";
import { healthCheckOf } from "./group-health-check.ts";
import type { HealthCheckInput } from "./group-health-check.ts";
import { findLoadBalancer, tooManyArns } from "./load-balancer.ts";
import { balancersOf, loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { LoadBalancing, TargetGroup } from "./load-balancing.ts";
import { nameFault } from "./names.ts";
import { narrowing, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { tagsWith } from "./tag-rules.ts";

/** AWS's shape of a target group. Source: Elastic Load Balancing API reference "TargetGroup", checked 2026-11-24. */
function targetGroupOutput(all: LoadBalancing, group: TargetGroup): unknown {
  const { protocol, port, vpcId, protocolVersion, ipAddressType } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    ...(protocol === undefined ? {} : { Protocol: protocol }),
    ...(port === undefined ? {} : { Port: port }),
    ...(vpcId === undefined ? {} : { VpcId: vpcId }),
    ...group.healthCheck,
    LoadBalancerArns: balancersOf(all, group),
    TargetType: group.targetType,
    ...(protocolVersion === undefined ? {} : { ProtocolVersion: protocolVersion }),
    ...(ipAddressType === undefined ? {} : { IpAddressType: ipAddressType }),
  };
}

/** The target group of this ARN, or why there is none. */
export function findTargetGroup(
  cloud: Cloud,
  call: Call,
  arn: string,
): { readonly found: TargetGroup } | { readonly no: Outcome } {
  if (readElbArn(arn) !== "targetgroup") return { no: invalidArn(arn, "targetgroup") };
  const found = loadBalancingOf(cloud, call).targetGroups.get(arn);
  return found === undefined ? { no: noTargetGroup() } : { found };
}

/** The Cloud with this target group in place of the one of the same ARN. */
export function withTargetGroup(cloud: Cloud, call: Call, group: TargetGroup): Cloud {
  const targetGroups = loadBalancingOf(cloud, call).targetGroups.set(group.arn, group);
  return withLoadBalancing(cloud, call, { targetGroups });
}

interface CreateTargetGroupInput extends HealthCheckInput {
  readonly Name?: string;
  readonly Protocol?: string;
  readonly ProtocolVersion?: string;
  readonly Port?: number;
  readonly VpcId?: string;
  readonly TargetType?: string;
  readonly Tags?: readonly Tag[];
  readonly IpAddressType?: string;
  readonly TargetControlPort?: number;
}

/** What is there already with the same settings is answered as it is. Source: Elastic Load Balancing API reference "CreateTargetGroup", checked 2026-11-24. */
export const createTargetGroup: Step = (cloud, call, ids) => {
  const input = call.input as CreateTargetGroupInput;
  const unmodelled = unmodelledOption(input);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const { Name: name = "", TargetType: targetType = "instance", Protocol: protocol } = input;
  const fault = nameFault(name, "target group") ?? settingsFault(input, targetType);
  if (fault !== undefined) return fault;
  const tagged = tagsWith({}, input.Tags ?? []);
  if ("no" in tagged) return tagged.no;
  const http = protocol?.startsWith("HTTP") === true;
  const made: TargetGroup = {
    arn: targetGroupArn(call.region, call.account, name, ids("target-group")),
    name,
    targetType,
    protocol,
    port: input.Port,
    vpcId: input.VpcId,
    protocolVersion: http ? (input.ProtocolVersion ?? "HTTP1") : undefined,
    ipAddressType: input.IpAddressType ?? "ipv4",
    healthCheck: healthCheckOf(input, targetType, protocol),
    targets: Table.empty(),
    attributes: {},
    tags: tagged.tags,
  };
  return sameNamed(cloud, call, made) ?? quotaFault(cloud, call) ?? added(cloud, call, made);
};

function added(cloud: Cloud, call: Call, made: TargetGroup): Outcome {
  const next = withTargetGroup(cloud, call, made);
  return succeeded(next, { TargetGroups: [targetGroupOutput(loadBalancingOf(next, call), made)] });
}

function unmodelledOption(input: CreateTargetGroupInput): string | undefined {
  if (["GENEVE", "QUIC", "TCP_QUIC"].includes(input.Protocol ?? "")) return `Protocol ${input.Protocol}`;
  return input.TargetControlPort === undefined ? undefined : "TargetControlPort";
}

/** Source: Elastic Load Balancing API reference "CreateTargetGroup" (Protocol, Port, VpcId), checked 2026-11-24. */
function settingsFault({ Protocol, Port, VpcId }: CreateTargetGroupInput, targetType: string): Outcome | undefined {
  if (targetType === "lambda")
    return Protocol === undefined && Port === undefined && VpcId === undefined
      ? undefined
      : invalid("Protocol, port and VPC cannot be specified for target groups with target type 'lambda'");
  if (Protocol === undefined) return invalid("A protocol must be specified");
  if (Port === undefined) return invalid("A port must be specified");
  if (VpcId === undefined) return invalid("A VPC ID must be specified");
  return targetType === "alb" && Protocol !== "TCP"
    ? invalid("Target groups with target type 'alb' must use TCP")
    : undefined;
}

/** The settings in which two calls of one name must agree. */
const settings = ({ arn: _own, targets: _registered, attributes: _changed, ...rest }: TargetGroup): string =>
  JSON.stringify(rest);

function sameNamed(cloud: Cloud, call: Call, made: TargetGroup): Outcome | undefined {
  const all = loadBalancingOf(cloud, call);
  const known = [...all.targetGroups].find(({ name }) => name === made.name);
  if (known === undefined) return undefined;
  if (settings(known) === settings(made)) return succeeded(cloud, { TargetGroups: [targetGroupOutput(all, known)] });
  const message = `A target group with the same name '${made.name}' exists, but with different settings`;
  return refused("DuplicateTargetGroupName", message);
}

function quotaFault(cloud: Cloud, call: Call): Outcome | undefined {
  const count = loadBalancingOf(cloud, call).targetGroups.size;
  return exceedsQuota(cloud, call.account, "elbv2.targetGroups", count, count + 1)
    ? refused("TooManyTargetGroups", "The maximum number of target groups has been reached")
    : undefined;
}

interface DescribeInput extends PageInput {
  readonly LoadBalancerArn?: string;
  readonly TargetGroupArns?: readonly string[];
  readonly Names?: readonly string[];
}

/** By load balancer, by ARN or by name, or all. Source: Elastic Load Balancing API reference "DescribeTargetGroups", checked 2026-11-24. */
export const describeTargetGroups: Step = (cloud, call) => {
  const input = call.input as DescribeInput;
  const { LoadBalancerArn: balancer } = input;
  const [arns, names] = [narrowing(input.TargetGroupArns), narrowing(input.Names)];
  if ([balancer, arns, names].filter((each) => each !== undefined).length > 1)
    return invalid(
      "Target group names, target group ARNs and a load balancer ARN cannot be specified at the same time",
    );
  const fault = argumentFault(cloud, call, input);
  if (fault !== undefined) return fault;
  const all = loadBalancingOf(cloud, call);
  const chosen = [...all.targetGroups.entries()].filter(
    ([arn, group]) =>
      arns?.includes(arn) !== false &&
      names?.includes(group.name) !== false &&
      (balancer === undefined || balancersOf(all, group).includes(balancer)),
  );
  if (chosen.length < new Set(arns ?? names).size) return noTargetGroup();
  const page = pageOf(chosen, input);
  if ("no" in page) return page.no;
  const shown = page.items.map((group) => targetGroupOutput(all, group));
  return succeeded(cloud, { TargetGroups: shown, ...page.next });
};

function argumentFault(
  cloud: Cloud,
  call: Call,
  { LoadBalancerArn, TargetGroupArns }: DescribeInput,
): Outcome | undefined {
  const many = tooManyArns(TargetGroupArns, "target group");
  if (many !== undefined) return many;
  const wrong = TargetGroupArns?.find((arn) => readElbArn(arn) !== "targetgroup");
  if (wrong !== undefined) return invalidArn(wrong, "targetgroup");
  if (LoadBalancerArn === undefined) return undefined;
  const sought = findLoadBalancer(cloud, call, LoadBalancerArn);
  return "no" in sought ? sought.no : undefined;
}

/** Not while an action refers to it; that it is not there is no error. Source: Elastic Load Balancing API reference "DeleteTargetGroup", checked 2026-11-24. */
// Assumed: deleting what is not there succeeds, as the operation documents no other answer.
export const deleteTargetGroup: Step = (cloud, call) => {
  const { TargetGroupArn: arn = "" } = call.input as { readonly TargetGroupArn?: string };
  if (readElbArn(arn) !== "targetgroup") return invalidArn(arn, "targetgroup");
  const all = loadBalancingOf(cloud, call);
  const group = all.targetGroups.get(arn);
  if (group === undefined) return succeeded(cloud);
  if (balancersOf(all, group).length > 0)
    return refused("ResourceInUse", `Target group '${arn}' is currently in use by a listener or a rule`);
  return succeeded(withLoadBalancing(cloud, call, { targetGroups: all.targetGroups.delete(arn) }));
};
