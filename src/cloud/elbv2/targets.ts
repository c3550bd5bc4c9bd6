import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { SECOND } from "../instant.ts";
import { refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { Table } from "../table.ts";
import { attributesOf } from "./attribute-defaults.ts";
import { ELB_TIMES } from "./limits.ts";
import { balancersOf, loadBalancingOf } from "./load-balancing.ts";
import type { Target, TargetGroup, TargetHealth } from "./load-balancing.ts";
import { findTargetGroup, withTargetGroup } from "./target-group.ts";

interface TargetDescription {
  readonly Id?: string;
  readonly Port?: number;
  readonly AvailabilityZone?: string;
}

interface Input {
  readonly TargetGroupArn?: string;
  readonly Targets?: readonly TargetDescription[];
}

const inputOf = (call: Call): Input => call.input as Input;

/** A target's key among those of its group: one that is registered without a port has the group's. */
export const targetKey = (
  group: Pick<TargetGroup, "port">,
  { Id = "", Port = group.port }: TargetDescription,
): string => `${Id} ${Port ?? ""}`;

/** What a target may be called, by the type of its group. Source: Elastic Load Balancing API reference "TargetDescription", checked 2026-11-24. */
const FORMS: Readonly<Record<string, RegExp>> = {
  instance: /^i-[0-9a-f]+$/,
  ip: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+)$/i,
  lambda: /^arn:aws[a-z-]*:lambda:/,
  alb: /^arn:aws[a-z-]*:elasticloadbalancing:[^:]*:\d{12}:loadbalancer\/app\//,
};

/** What is registered already stays as it is. Source: Elastic Load Balancing API reference "RegisterTargets", checked 2026-11-24. */
// Assumed: instances and addresses are there, whatever they are called: networks are not modelled.
export const registerTargets: Step = (cloud, call) => {
  const { TargetGroupArn = "", Targets = [] } = inputOf(call);
  const sought = findTargetGroup(cloud, call, TargetGroupArn);
  if ("no" in sought) return sought.no;
  const group = sought.found;
  const strange = Targets.find(({ Id = "" }) => FORMS[group.targetType]?.test(Id) === false);
  if (strange !== undefined)
    return refused("InvalidTarget", `The target '${strange.Id}' is not valid for target type '${group.targetType}'`);
  let targets = settled(group.targets ?? Table.empty<Target>(), cloud.now);
  for (const each of Targets) {
    const key = targetKey(group, each);
    const known = targets.get(key);
    if (known === undefined || known.drainedAt !== undefined)
      targets = targets.set(key, registered(group, each, cloud.now));
  }
  return quotaFault(cloud, call, group, targets) ?? succeeded(withTargetGroup(cloud, call, { ...group, targets }));
};

function registered(
  group: TargetGroup,
  { Id = "", Port = group.port, AvailabilityZone }: TargetDescription,
  at: Instant,
): Target {
  return {
    Id,
    ...(Port === undefined ? {} : { Port }),
    ...(AvailabilityZone === undefined ? {} : { AvailabilityZone }),
    registeredAt: at,
  };
}

/** One function, or one load balancer; else a quota. Source: Application Load Balancers guide "Quotas" and Network Load Balancers guide "Quotas", checked 2026-11-24. */
function quotaFault(cloud: Cloud, call: Call, group: TargetGroup, targets: Table<Target>): Outcome | undefined {
  const [before, after] = [group.targets?.size ?? 0, targets.size];
  const single = group.targetType === "lambda" || group.targetType === "alb";
  const over = single ? after > 1 : exceedsQuota(cloud, call.account, "elbv2.targets", before, after);
  if (!over) return undefined;
  return refused("TooManyTargets", `The maximum number of targets has been reached on target group '${group.arn}'`);
}

/** They drain for a while before they are gone; one that is not there is no error. Source: Elastic Load Balancing API reference "DeregisterTargets", checked 2026-11-24. */
// Assumed: a target of a group that no load balancer uses, and one of a function, is gone at once.
export const deregisterTargets: Step = (cloud, call) => {
  const { TargetGroupArn = "", Targets = [] } = inputOf(call);
  const sought = findTargetGroup(cloud, call, TargetGroupArn);
  if ("no" in sought) return sought.no;
  const group = sought.found;
  const delay = Number(attributesOf.targetGroup(group)["deregistration_delay.timeout_seconds"] ?? 0) * SECOND;
  const used = balancersOf(loadBalancingOf(cloud, call), group).length > 0;
  let targets = settled(group.targets ?? Table.empty<Target>(), cloud.now);
  for (const each of Targets) {
    const key = targetKey(group, each);
    const known = targets.get(key);
    if (known === undefined || known.drainedAt !== undefined) continue;
    targets = used && delay > 0 ? targets.set(key, drained(known, cloud.now + delay)) : targets.delete(key);
  }
  return succeeded(withTargetGroup(cloud, call, { ...group, targets }));
};

const drained = ({ health: _told, ...target }: Target, drainedAt: Instant): Target => ({ ...target, drainedAt });

/** The targets without those that have drained by `now`. */
function settled(targets: Table<Target>, now: Instant): Table<Target> {
  let kept = targets;
  for (const [key, { drainedAt = Infinity }] of targets.entries()) if (drainedAt <= now) kept = kept.delete(key);
  return kept;
}

/** All targets, or those that are named; what is named and not there is shown as not registered. Source: Elastic Load Balancing API reference "DescribeTargetHealth" and "TargetHealth", checked 2026-11-24. */
export const describeTargetHealth: Step = (cloud, call) => {
  const { TargetGroupArn = "", Targets: named } = inputOf(call);
  const sought = findTargetGroup(cloud, call, TargetGroupArn);
  if ("no" in sought) return sought.no;
  const group = sought.found;
  const targets = settled(group.targets ?? Table.empty<Target>(), cloud.now);
  const used = balancersOf(loadBalancingOf(cloud, call), group).length > 0;
  const wanted = named === undefined || named.length === 0 ? [...targets] : named;
  return succeeded(cloud, {
    TargetHealthDescriptions: wanted.map((each) => {
      const known = targets.get(targetKey(group, each));
      return description(group, each, known === undefined ? NOT_REGISTERED : targetHealth(known, used, cloud.now));
    }),
  });
};

function description(group: TargetGroup, target: TargetDescription, health: TargetHealth): unknown {
  const { Id, Port = group.port, AvailabilityZone } = target;
  const checked = group.healthCheck["HealthCheckPort"];
  const port = checked === "traffic-port" ? Port?.toString() : checked;
  return {
    Target: {
      Id,
      ...(Port === undefined ? {} : { Port }),
      ...(AvailabilityZone === undefined ? {} : { AvailabilityZone }),
    },
    ...(port === undefined ? {} : { HealthCheckPort: port }),
    TargetHealth: health,
  };
}

const NOT_REGISTERED: TargetHealth = {
  State: "unused",
  Reason: "Target.NotRegistered",
  Description: "Target is not registered to the target group",
};

/** A target's health. Source: Elastic Load Balancing API reference "TargetHealth", checked 2026-11-24. */
// Assumed: a target that is registered passes its checks, unless it was put there with a health of its own.
function targetHealth(target: Target, used: boolean, now: Instant): TargetHealth {
  if (target.drainedAt !== undefined)
    return {
      State: "draining",
      Reason: "Target.DeregistrationInProgress",
      Description: "Target deregistration is in progress",
    };
  if (target.health !== undefined) return target.health;
  if (!used) {
    const Description = "Target group is not configured to receive traffic from the load balancer";
    return { State: "unused", Reason: "Target.NotInUse", Description };
  }
  if (now >= target.registeredAt + ELB_TIMES.firstCheckAfter) return { State: "healthy" };
  return { State: "initial", Reason: "Elb.RegistrationInProgress", Description: "Target registration is in progress" };
}
