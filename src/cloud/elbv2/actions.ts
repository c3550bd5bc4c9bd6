import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused } from "../outcome.ts";
import { invalid } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";
import { balancersOf, groupsOfAction, loadBalancingOf } from "./load-balancing.ts";
import type { Listener, ListenerAction } from "./load-balancing.ts";
import { GROUP_PROTOCOLS } from "./protocols.ts";

/** The parts of a URL that a redirect keeps when it does not say otherwise. Source: Application Load Balancers guide "Redirect actions", checked 2026-11-24. */
const REDIRECT_DEFAULTS: Readonly<Record<string, string>> = {
  Protocol: "#{protocol}",
  Port: "#{port}",
  Host: "#{host}",
  Path: "/#{path}",
  Query: "#{query}",
};

/**
 * The default actions as AWS shows them, or what is wrong with them: exactly one, that forwards, redirects or answers.
 * Actions that authenticate are not modelled.
 * Source: Elastic Load Balancing API reference "CreateListener" (DefaultActions) and "Action", checked 2026-11-24.
 */
export function readActions(
  cloud: Cloud,
  call: Call,
  listener: Pick<Listener, "loadBalancerArn" | "protocol">,
  given: readonly ListenerAction[],
): { readonly actions: readonly ListenerAction[] } | { readonly no: Outcome } {
  const strange = given.find(({ Type = "" }) => !["forward", "redirect", "fixed-response"].includes(Type));
  if (strange !== undefined) return { no: notEmulated(call, `actions of type ${strange.Type}`) };
  const [action, ...others] = given;
  if (action === undefined) return { no: invalid("A listener must have a default action") };
  if (others.length > 0)
    return {
      no: refused(
        "InvalidLoadBalancerAction",
        "A rule must have exactly one forward, redirect or fixed-response action",
      ),
    };
  const fault = actionFault(cloud, call, listener, action);
  return fault === undefined ? { actions: [shown(action)] } : { no: fault };
}

function actionFault(
  cloud: Cloud,
  call: Call,
  listener: Pick<Listener, "loadBalancerArn" | "protocol">,
  action: ListenerAction,
): Outcome | undefined {
  if (action.Type === "forward") return forwardFault(cloud, call, listener, action);
  if (listener.loadBalancerArn.includes(":loadbalancer/net/"))
    return refused(
      "InvalidLoadBalancerAction",
      `Actions of type '${action.Type}' are not supported with ${listener.protocol} listeners`,
    );
  const config = action.Type === "redirect" ? action.RedirectConfig : action.FixedResponseConfig;
  return config === undefined ? invalid(`An action of type '${action.Type}' needs its configuration`) : undefined;
}

/** A target group must be there, of a protocol that fits, and belong to no other load balancer. Source: Elastic Load Balancing API reference "CreateListener" (errors) and "TargetGroup" (LoadBalancerArns), checked 2026-11-24. */
function forwardFault(
  cloud: Cloud,
  call: Call,
  { loadBalancerArn, protocol = "" }: Pick<Listener, "loadBalancerArn" | "protocol">,
  action: ListenerAction,
): Outcome | undefined {
  const arns = groupsOfAction(action);
  if (arns.length === 0) return invalid("A target group ARN must be specified");
  if (arns.length > ELB_LENGTHS.groupsPerAction)
    return refused("TooManyActions", `Up to '${ELB_LENGTHS.groupsPerAction}' target groups can be specified`);
  const all = loadBalancingOf(cloud, call);
  for (const arn of arns) {
    const group = all.targetGroups.get(arn);
    if (group === undefined) return refused("TargetGroupNotFound", `Target groups '${arn}' not found`);
    const fits =
      group.protocol === undefined ? protocol.startsWith("HTTP") : GROUP_PROTOCOLS[protocol]?.includes(group.protocol);
    if (fits !== true)
      return refused(
        "IncompatibleProtocols",
        `Target group '${arn}' of protocol ${group.protocol} does not fit a ${protocol} listener`,
      );
    if (balancersOf(all, group).some((each) => each !== loadBalancerArn)) {
      const message = `The following target groups cannot be associated with more than one load balancer: ${arn}`;
      return refused("TargetGroupAssociationLimit", message);
    }
  }
  return undefined;
}

/** With the members that AWS adds. */
// Assumed: which ones; the reference's examples are older than they are.
function shown(action: ListenerAction): ListenerAction {
  if (action.Type === "redirect")
    return { ...action, RedirectConfig: { ...REDIRECT_DEFAULTS, ...action.RedirectConfig } };
  if (action.Type !== "forward") return action;
  const given = action.ForwardConfig?.TargetGroups ?? [
    action.TargetGroupArn === undefined ? {} : { TargetGroupArn: action.TargetGroupArn },
  ];
  const TargetGroups = given.map((each) => ({ Weight: 1, ...each }));
  const only = TargetGroups.length === 1 ? TargetGroups[0]?.TargetGroupArn : undefined;
  const { Enabled = false, ...stickiness } = action.ForwardConfig?.TargetGroupStickinessConfig ?? {};
  return {
    ...action,
    ...(only === undefined ? {} : { TargetGroupArn: only }),
    ForwardConfig: { TargetGroups, TargetGroupStickinessConfig: { Enabled, ...stickiness } },
  };
}
