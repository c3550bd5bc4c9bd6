import type { Call, Fault } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { listenersOf, loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type { LoadBalancing } from "./load-balancing.ts";

interface Input {
  readonly LoadBalancerArn?: string;
  readonly LoadBalancerArns?: readonly string[];
  readonly Names?: readonly string[];
  readonly ListenerArn?: string;
  readonly ListenerArns?: readonly string[];
  readonly TargetGroupArn?: string;
  readonly TargetGroupArns?: readonly string[];
  readonly Certificates?: readonly { readonly CertificateArn?: string }[];
}

/**
 * What a refusal tells: that the one thing that the call names is gone. Where it names several, only its words tell
 * which. Source: Elastic Load Balancing API reference (errors of each operation), checked 2026-11-24.
 */
// Assumed: the words of LoadBalancerNotFound name what is missing, as users report them.
export function learnElbv2(cloud: Cloud, call: Call, fault: Fault): Cloud {
  const all = loadBalancingOf(cloud, call);
  const next = without(all, call, fault);
  return next === all ? cloud : withLoadBalancing(cloud, call, next);
}

function without(all: LoadBalancing, call: Call, { code, message }: Fault): LoadBalancing {
  const input = (call.input ?? {}) as Input;
  switch (code) {
    case "LoadBalancerNotFound":
      return missingBalancers(all, input, message).reduce(withoutBalancer, all);
    case "ListenerNotFound":
      return only([input.ListenerArn, ...(input.ListenerArns ?? [])]).reduce(withoutListener, all);
    case "TargetGroupNotFound":
      return only([input.TargetGroupArn, ...(input.TargetGroupArns ?? [])]).reduce(withoutGroup, all);
    case "CertificateNotFound":
      return call.operation === "RemoveListenerCertificates" ? withoutCertificate(all, input) : all;
    default:
      return all;
  }
}

/** Undefined ones left out; of several nobody knows which it is. */
function only(named: readonly (string | undefined)[]): readonly string[] {
  const given = named.filter((each) => each !== undefined);
  return given.length === 1 ? given : [];
}

function missingBalancers(all: LoadBalancing, input: Input, message: string): readonly string[] {
  const named = [input.LoadBalancerArn, ...(input.LoadBalancerArns ?? [])].filter((each) => each !== undefined);
  const byName = (input.Names ?? []).flatMap((name) =>
    [...all.loadBalancers].filter((each) => each.name === name).map(({ arn, name: known }) => ({ arn, told: known })),
  );
  const candidates = [...named.map((arn) => ({ arn, told: arn })), ...byName];
  if (candidates.length <= 1) return candidates.map(({ arn }) => arn);
  const told = new Set(/\[(.*)\]/s.exec(message)?.[1]?.split(/,\s*/) ?? []);
  return candidates.filter((each) => told.has(each.told)).map(({ arn }) => arn);
}

function withoutBalancer(all: LoadBalancing, arn: string): LoadBalancing {
  if (!all.loadBalancers.has(arn)) return all;
  let { listeners } = all;
  for (const listener of listenersOf(all, arn)) listeners = listeners.delete(listener.arn);
  return { ...all, loadBalancers: all.loadBalancers.delete(arn), listeners };
}

const withoutListener = (all: LoadBalancing, arn: string): LoadBalancing =>
  all.listeners.has(arn) ? { ...all, listeners: all.listeners.delete(arn) } : all;

const withoutGroup = (all: LoadBalancing, arn: string): LoadBalancing =>
  all.targetGroups.has(arn) ? { ...all, targetGroups: all.targetGroups.delete(arn) } : all;

/** It is not in the list. */
function withoutCertificate(all: LoadBalancing, { ListenerArn = "", Certificates = [] }: Input): LoadBalancing {
  const listener = all.listeners.get(ListenerArn);
  const gone = Certificates[0]?.CertificateArn;
  if (listener?.certificates === undefined || gone === undefined || !listener.certificates.includes(gone)) return all;
  const certificates = listener.certificates.filter((arn) => arn !== gone);
  return { ...all, listeners: all.listeners.set(ListenerArn, { ...listener, certificates }) };
}
