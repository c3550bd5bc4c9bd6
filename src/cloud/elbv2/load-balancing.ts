import type { Call } from "../call.ts";
import type { Cloud, RegionalState } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { Table } from "../table.ts";

/** What Elastic Load Balancing (version 2) has in one Region of an account. */
export interface LoadBalancing {
  /** By ARN. */
  readonly loadBalancers: Table<LoadBalancer>;
  /** By ARN, so that those of one load balancer stand together (`listenersOf`). */
  readonly listeners: Table<Listener>;
  /** By ARN. */
  readonly targetGroups: Table<TargetGroup>;
}

type Tags = Readonly<Record<string, string>>;

export type LoadBalancerType = "application" | "network" | "gateway";

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: LoadBalancerType;
  readonly scheme: "internet-facing" | "internal" | undefined;
  readonly state: "active" | "provisioning" | "active_impaired" | "failed";
  /** When it is active; made true by `tick`. */
  readonly activeDueAt?: Instant;
  readonly dnsName: string;
  /** The hosted zone that aliases to it name. */
  readonly canonicalHostedZoneId: string;
  readonly ipAddressType: string;
  readonly vpcId: string | undefined;
  readonly availabilityZones: readonly { readonly ZoneName?: string; readonly SubnetId?: string }[];
  readonly securityGroups: readonly string[];
  readonly createdAt: Instant;
  /** Attributes that differ from their defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined: the tags were not read. */
  readonly tags: Tags | undefined;
  /** Whether all its listeners are known; false in an observed Cloud that did not list them. */
  readonly listenersListed: boolean;
}

/** An action in AWS's own shape; of those that authenticate only the type matters here. */
export interface ListenerAction {
  readonly Type?: string;
  readonly Order?: number;
  readonly TargetGroupArn?: string;
  readonly ForwardConfig?: {
    readonly TargetGroups?: readonly { readonly TargetGroupArn?: string; readonly Weight?: number }[];
    readonly TargetGroupStickinessConfig?: { readonly Enabled?: boolean; readonly DurationSeconds?: number };
  };
  readonly RedirectConfig?: Readonly<Record<string, string>>;
  readonly FixedResponseConfig?: Readonly<Record<string, string>>;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  /** Of HTTPS and TLS listeners. */
  readonly sslPolicy: string | undefined;
  /** ARN of the default certificate, of HTTPS and TLS listeners. */
  readonly defaultCertificate: string | undefined;
  /** ARNs of the certificate list, sorted, without the default one unless it was added too. Undefined: not read. */
  readonly certificates: readonly string[] | undefined;
  readonly defaultActions: readonly ListenerAction[];
  readonly alpnPolicy: readonly string[];
  readonly mutualAuthentication: Readonly<Record<string, unknown>> | undefined;
  /** Attributes that differ from their defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined: the tags were not read. */
  readonly tags: Tags | undefined;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly targetType: string;
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly vpcId: string | undefined;
  readonly protocolVersion: string | undefined;
  readonly ipAddressType: string | undefined;
  /** The health check as AWS shows it: `HealthCheckPath`, `Matcher`, …. */
  readonly healthCheck: Readonly<Record<string, unknown>>;
  /** Load balancers that AWS told of; undefined in a Cloud where the listeners tell (`balancersOf`). */
  readonly toldLoadBalancers?: readonly string[];
  /** By id and port. Undefined: their health was not read. */
  readonly targets: Table<Target> | undefined;
  /** Attributes that differ from their defaults. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined: the tags were not read. */
  readonly tags: Tags | undefined;
}

export interface TargetHealth {
  readonly State?: string;
  readonly Reason?: string;
  readonly Description?: string;
}

export interface Target {
  readonly Id: string;
  readonly Port?: number;
  readonly AvailabilityZone?: string;
  readonly registeredAt: Instant;
  /** When it is forgotten, after its deregistration. */
  readonly drainedAt?: Instant;
  /** As it is to be shown, whatever the time; undefined: worked out from the instants. */
  readonly health?: TargetHealth;
}

const NOTHING: LoadBalancing = {
  loadBalancers: Table.empty(),
  listeners: Table.empty(),
  targetGroups: Table.empty(),
};

/** A Region in which nothing was made has no part of its own for it. */
export const loadBalancingIn = (state: RegionalState): LoadBalancing => state.loadBalancing ?? NOTHING;

export const loadBalancingOf = (cloud: Cloud, { account, region }: Call): LoadBalancing =>
  loadBalancingIn(regionOf(cloud, account, region));

/** The Cloud with these tables in place of the Region's own. */
export function withLoadBalancing(cloud: Cloud, call: Call, change: Partial<LoadBalancing>): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  return withRegion(cloud, call.account, { ...state, loadBalancing: { ...loadBalancingIn(state), ...change } });
}

/** A load balancer's listeners as far as they are known: an ARN of a listener begins with its load balancer's parts. */
export const listenersOf = ({ listeners }: LoadBalancing, loadBalancerArn: string): readonly Listener[] => [
  ...listeners.startingWith(`${loadBalancerArn.replace(":loadbalancer/", ":listener/")}/`),
];

/** ARNs of the target groups that an action forwards to. */
export function groupsOfAction(action: ListenerAction): readonly string[] {
  const named = [
    action.TargetGroupArn,
    ...(action.ForwardConfig?.TargetGroups ?? []).map((each) => each.TargetGroupArn),
  ];
  return [...new Set(named.filter((arn) => arn !== undefined))];
}

/** ARNs of the load balancers that route to a target group. */
export function balancersOf({ listeners }: LoadBalancing, group: TargetGroup): readonly string[] {
  const found = new Set(group.toldLoadBalancers);
  for (const { loadBalancerArn, defaultActions } of listeners) {
    if (defaultActions.some((action) => groupsOfAction(action).includes(group.arn))) found.add(loadBalancerArn);
  }
  return [...found].toSorted();
}
