import type { Tag } from "../acm/tags.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { readActions } from "./actions.ts";
import { listenerArn } from "./arns.ts";
import type { NamedCertificate } from "./certificate-fitness.ts";
import { invalid } from "./faults.ts";
import { listenerOutput, withListener } from "./listener.ts";
import { findLoadBalancer } from "./load-balancer.ts";
import { listenersOf, loadBalancingOf } from "./load-balancing.ts";
import type { Listener, ListenerAction, LoadBalancer } from "./load-balancing.ts";
import { LISTENER_PROTOCOLS } from "./protocols.ts";
import { readSecurity } from "./security.ts";
import { tagsWith } from "./tag-rules.ts";

interface CreateListenerInput {
  readonly LoadBalancerArn?: string;
  readonly Protocol?: string;
  readonly Port?: number;
  readonly SslPolicy?: string;
  readonly Certificates?: readonly NamedCertificate[];
  readonly DefaultActions?: readonly ListenerAction[];
  readonly AlpnPolicy?: readonly string[];
  readonly Tags?: readonly Tag[];
  readonly MutualAuthentication?: Readonly<Record<string, unknown>>;
}

/**
 * A new listener has its default certificate and an empty list. What is there already with the same settings is
 * answered as it is. Source: Elastic Load Balancing API reference "CreateListener", checked 2026-11-24.
 */
export const createListener: Step = (cloud, call, ids) => {
  const input = call.input as CreateListenerInput;
  const unmodelled = mutualOption(input.MutualAuthentication);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const sought = findLoadBalancer(cloud, call, input.LoadBalancerArn ?? "");
  if ("no" in sought) return sought.no;
  const fault = protocolFault(sought.found, input);
  if (fault !== undefined) return fault;
  const shape: Listener = {
    arn: listenerArn(sought.found.arn, ids("listener")),
    loadBalancerArn: sought.found.arn,
    port: input.Port,
    protocol: input.Protocol,
    sslPolicy: undefined,
    defaultCertificate: undefined,
    certificates: [],
    defaultActions: [],
    alpnPolicy: input.AlpnPolicy ?? [],
    mutualAuthentication: input.Protocol === "HTTPS" ? { Mode: "off" } : undefined,
    attributes: {},
    tags: {},
  };
  const security = readSecurity(cloud, call, shape, input);
  if ("no" in security) return security.no;
  const actions = readActions(cloud, call, shape, input.DefaultActions ?? []);
  if ("no" in actions) return actions.no;
  const tagged = tagsWith({}, input.Tags ?? []);
  if ("no" in tagged) return tagged.no;
  const made = { ...shape, ...security.settings, defaultActions: actions.actions, tags: tagged.tags };
  return samePort(cloud, call, made) ?? quotaFault(cloud, call, made) ?? added(cloud, call, made);
};

function added(cloud: Cloud, call: Call, made: Listener): Outcome {
  return succeeded(withListener(cloud, call, made), { Listeners: [listenerOutput(made)] });
}

/** Trust stores are not modelled. */
export function mutualOption(given: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return given === undefined || given["Mode"] === undefined || given["Mode"] === "off"
    ? undefined
    : "MutualAuthentication";
}

function protocolFault({ type }: LoadBalancer, { Protocol, Port }: CreateListenerInput): Outcome | undefined {
  if (Protocol === undefined) return invalid("A protocol must be specified");
  if (Port === undefined) return invalid("A port must be specified");
  return portProtocolFault(type, Protocol);
}

export function portProtocolFault(type: LoadBalancer["type"], protocol: string): Outcome | undefined {
  const allowed = LISTENER_PROTOCOLS[type];
  if (allowed.includes(protocol)) return undefined;
  return invalid(`Listener protocol '${protocol}' must be one of '${allowed.join(", ")}'`);
}

/** The settings in which two calls for one port must agree. */
const settings = ({ arn: _own, certificates: _list, ...rest }: Listener): string => JSON.stringify(rest);

function samePort(cloud: Cloud, call: Call, made: Listener): Outcome | undefined {
  const known = listenersOf(loadBalancingOf(cloud, call), made.loadBalancerArn).find(({ port }) => port === made.port);
  if (known === undefined) return undefined;
  return settings(known) === settings(made)
    ? succeeded(cloud, { Listeners: [listenerOutput(known)] })
    : portTaken(made.loadBalancerArn);
}

/** Source: Elastic Load Balancing API reference "CreateListener" (DuplicateListener), checked 2026-11-24. */
export const portTaken = (balancerArn: string): Outcome =>
  refused("DuplicateListener", `A listener already exists on this port for this load balancer '${balancerArn}'`);

/** Source: Application Load Balancers guide "Quotas", checked 2026-11-24. */
function quotaFault(cloud: Cloud, call: Call, { loadBalancerArn }: Listener): Outcome | undefined {
  const count = listenersOf(loadBalancingOf(cloud, call), loadBalancerArn).length;
  return exceedsQuota(cloud, call.account, "elbv2.listeners", count, count + 1)
    ? refused(
        "TooManyListeners",
        `The maximum number of listeners has been reached on load balancer '${loadBalancerArn}'`,
      )
    : undefined;
}
