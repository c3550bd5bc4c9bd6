import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { succeeded } from "../outcome.ts";
import { readElbArn } from "./arns.ts";
import { invalid, invalidArn, noListener } from "./faults.ts";
import { findLoadBalancer, tooManyArns } from "./load-balancer.ts";
import { listenersOf, loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { Listener } from "./load-balancing.ts";
import { narrowing, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

/**
 * AWS's shape of a listener: of its certificates only the default one is shown.
 * Source: Elastic Load Balancing API reference "Listener", checked 2026-11-24.
 */
export function listenerOutput(listener: Listener): unknown {
  const { port, protocol, sslPolicy, defaultCertificate, alpnPolicy, mutualAuthentication } = listener;
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    ...(port === undefined ? {} : { Port: port }),
    ...(protocol === undefined ? {} : { Protocol: protocol }),
    ...(defaultCertificate === undefined ? {} : { Certificates: [{ CertificateArn: defaultCertificate }] }),
    ...(sslPolicy === undefined ? {} : { SslPolicy: sslPolicy }),
    DefaultActions: listener.defaultActions,
    ...(alpnPolicy.length === 0 ? {} : { AlpnPolicy: alpnPolicy }),
    ...(mutualAuthentication === undefined ? {} : { MutualAuthentication: mutualAuthentication }),
  };
}

/** The listener of this ARN, or why there is none. */
export function findListener(
  cloud: Cloud,
  call: Call,
  arn: string,
): { readonly found: Listener } | { readonly no: Outcome } {
  if (readElbArn(arn) !== "listener") return { no: invalidArn(arn, "listener") };
  const found = loadBalancingOf(cloud, call).listeners.get(arn);
  return found === undefined ? { no: noListener() } : { found };
}

/** The Cloud with this listener in place of the one of the same ARN. */
export function withListener(cloud: Cloud, call: Call, listener: Listener): Cloud {
  return withLoadBalancing(cloud, call, {
    listeners: loadBalancingOf(cloud, call).listeners.set(listener.arn, listener),
  });
}

interface DescribeInput extends PageInput {
  readonly LoadBalancerArn?: string;
  readonly ListenerArns?: readonly string[];
}

/** Of a load balancer, or those that are named, all of which must be there. Source: Elastic Load Balancing API reference "DescribeListeners", checked 2026-11-24. */
export const describeListeners: Step = (cloud, call) => {
  const input = call.input as DescribeInput;
  const chosen = chosenListeners(cloud, call, input);
  if ("no" in chosen) return chosen.no;
  const page = pageOf(
    chosen.listeners.map((each) => [each.arn, each]),
    input,
  );
  if ("no" in page) return page.no;
  return succeeded(cloud, { Listeners: page.items.map(listenerOutput), ...page.next });
};

function chosenListeners(
  cloud: Cloud,
  call: Call,
  { LoadBalancerArn: balancer, ListenerArns }: DescribeInput,
): { readonly listeners: readonly Listener[] } | { readonly no: Outcome } {
  const arns = narrowing(ListenerArns);
  if ((balancer === undefined) === (arns === undefined))
    return { no: invalid("You must specify either listener ARNs or a load balancer ARN") };
  if (balancer !== undefined) {
    const sought = findLoadBalancer(cloud, call, balancer);
    return "no" in sought ? sought : { listeners: listenersOf(loadBalancingOf(cloud, call), balancer) };
  }
  const fault = tooManyArns(arns, "listener");
  if (fault !== undefined) return { no: fault };
  const listeners: Listener[] = [];
  for (const arn of [...new Set(arns)].toSorted()) {
    const sought = findListener(cloud, call, arn);
    if ("no" in sought) return sought;
    listeners.push(sought.found);
  }
  return { listeners };
}

/** Source: Elastic Load Balancing API reference "DeleteListener", checked 2026-11-24. */
export const deleteListener: Step = (cloud, call) => {
  const { ListenerArn: arn = "" } = call.input as { readonly ListenerArn?: string };
  const sought = findListener(cloud, call, arn);
  if ("no" in sought) return sought.no;
  return succeeded(withLoadBalancing(cloud, call, { listeners: loadBalancingOf(cloud, call).listeners.delete(arn) }));
};
