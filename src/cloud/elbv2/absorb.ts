import type { Tag } from "../acm/tags.ts";
import { tagMap } from "../acm/tags.ts";
import type { Call } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { Table } from "../table.ts";
import { withQuota } from "../quotas.ts";
import { quotaOfLimit } from "./account-limits.ts";
import type { NamedCertificate } from "./certificate-fitness.ts";
import { ELB_TIMES } from "./limits.ts";
import { listenersOf, loadBalancingOf, withLoadBalancing } from "./load-balancing.ts";
import type {
  Listener,
  ListenerAction,
  LoadBalancer,
  LoadBalancing,
  Target,
  TargetGroup,
  TargetHealth,
} from "./load-balancing.ts";
import { withResourceTags } from "./tags.ts";
import { targetKey } from "./targets.ts";

interface BalancerOutput {
  readonly LoadBalancerArn?: string;
  readonly DNSName?: string;
  readonly CanonicalHostedZoneId?: string;
  readonly CreatedTime?: number;
  readonly LoadBalancerName?: string;
  readonly Scheme?: LoadBalancer["scheme"];
  readonly VpcId?: string;
  readonly State?: { readonly Code?: LoadBalancer["state"] };
  readonly Type?: LoadBalancer["type"];
  readonly AvailabilityZones?: LoadBalancer["availabilityZones"];
  readonly SecurityGroups?: readonly string[];
  readonly IpAddressType?: string;
}

interface ListenerOutput {
  readonly ListenerArn?: string;
  readonly LoadBalancerArn?: string;
  readonly Port?: number;
  readonly Protocol?: string;
  readonly Certificates?: readonly NamedCertificate[];
  readonly SslPolicy?: string;
  readonly DefaultActions?: readonly ListenerAction[];
  readonly AlpnPolicy?: readonly string[];
  readonly MutualAuthentication?: Readonly<Record<string, unknown>>;
}

interface GroupOutput {
  readonly TargetGroupArn?: string;
  readonly TargetGroupName?: string;
  readonly Protocol?: string;
  readonly Port?: number;
  readonly VpcId?: string;
  readonly LoadBalancerArns?: readonly string[];
  readonly TargetType?: string;
  readonly ProtocolVersion?: string;
  readonly IpAddressType?: string;
}

interface Input {
  readonly Marker?: string;
  readonly LoadBalancerArn?: string;
  readonly ListenerArn?: string;
  readonly TargetGroupArn?: string;
  readonly Targets?: readonly unknown[];
}

interface Output {
  readonly NextMarker?: string;
  readonly LoadBalancers?: readonly BalancerOutput[];
  readonly Listeners?: readonly ListenerOutput[];
  readonly Certificates?: readonly NamedCertificate[];
  readonly TargetGroups?: readonly GroupOutput[];
  readonly TargetHealthDescriptions?: readonly {
    readonly Target?: Partial<Target>;
    readonly TargetHealth?: TargetHealth;
  }[];
  readonly TagDescriptions?: readonly { readonly ResourceArn?: string; readonly Tags?: readonly Tag[] }[];
  readonly Attributes?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly Limits?: readonly { readonly Name?: string; readonly Max?: string }[];
}

/**
 * Folds what Elastic Load Balancing answered to a read into the Cloud; what an answer does not tell stays as it was. The
 * listeners of a load balancer, and the certificates of a listener, are replaced as a whole: what their first page
 * begins, the others go on with.
 */
export function absorbElbv2(cloud: Cloud, call: Call, output: unknown): Cloud {
  const told = output as Output;
  if (call.operation === "DescribeAccountLimits") return withLimits(cloud, call, told);
  const all = loadBalancingOf(cloud, call);
  const next = read(all, call, told, cloud.now);
  return next === all ? cloud : withLoadBalancing(cloud, call, next);
}

function read(all: LoadBalancing, call: Call, told: Output, now: number): LoadBalancing {
  const input = (call.input ?? {}) as Input;
  switch (call.operation) {
    case "DescribeLoadBalancers":
      return (told.LoadBalancers ?? []).reduce((at, each) => withBalancer(at, each, now), all);
    case "DescribeListeners":
      return withListeners(all, input, told);
    case "DescribeListenerCertificates":
      return withCertificates(all, input, told.Certificates ?? []);
    case "DescribeTargetGroups":
      return (told.TargetGroups ?? []).reduce(withGroup, all);
    case "DescribeTargetHealth":
      return withTargets(all, input, told, now);
    case "DescribeTags":
      return (told.TagDescriptions ?? []).reduce(
        (at, { ResourceArn = "", Tags = [] }) => withResourceTags(at, ResourceArn, tagMap(Tags)),
        all,
      );
    case "DescribeLoadBalancerAttributes":
    case "DescribeListenerAttributes":
    case "DescribeTargetGroupAttributes":
      return withAttributes(all, input, told);
    default:
      return all;
  }
}

function withBalancer(all: LoadBalancing, told: BalancerOutput, now: number): LoadBalancing {
  const arn = told.LoadBalancerArn ?? "";
  const known = all.loadBalancers.get(arn);
  const state = told.State?.Code ?? "active";
  const due = known?.activeDueAt ?? 0;
  const balancer: LoadBalancer = {
    arn,
    name: told.LoadBalancerName ?? "",
    type: told.Type ?? "application",
    scheme: told.Scheme,
    state,
    // AWS does not say when it will be active: the model counts on it, and only a read makes it so.
    ...(state === "provisioning" ? { activeDueAt: due > now ? due : now + ELB_TIMES.provisionedAfter } : {}),
    dnsName: told.DNSName ?? "",
    canonicalHostedZoneId: told.CanonicalHostedZoneId ?? "",
    ipAddressType: told.IpAddressType ?? "ipv4",
    vpcId: told.VpcId,
    availabilityZones: told.AvailabilityZones ?? [],
    securityGroups: told.SecurityGroups ?? [],
    createdAt: told.CreatedTime ?? 0,
    attributes: known?.attributes ?? {},
    tags: known?.tags,
    listenersListed: known?.listenersListed ?? false,
  };
  return { ...all, loadBalancers: all.loadBalancers.set(arn, balancer) };
}

function withListeners(
  all: LoadBalancing,
  { LoadBalancerArn: balancerArn, Marker }: Input,
  told: Output,
): LoadBalancing {
  const shown = told.Listeners ?? [];
  let { listeners } = all;
  if (balancerArn !== undefined && Marker === undefined) {
    // The listing begins anew: later pages put theirs back, with what is not told of them unread.
    const kept = new Set(shown.map(({ ListenerArn }) => ListenerArn));
    for (const { arn } of listenersOf(all, balancerArn)) if (!kept.has(arn)) listeners = listeners.delete(arn);
  }
  for (const each of shown) {
    const listener = listenerOf(each, listeners.get(each.ListenerArn ?? ""));
    listeners = listeners.set(listener.arn, listener);
  }
  const balancer = all.loadBalancers.get(balancerArn ?? "");
  if (balancer === undefined) return { ...all, listeners };
  const listed = { ...balancer, listenersListed: told.NextMarker === undefined };
  return { ...all, listeners, loadBalancers: all.loadBalancers.set(balancer.arn, listed) };
}

function listenerOf(told: ListenerOutput, known: Listener | undefined): Listener {
  return {
    arn: told.ListenerArn ?? "",
    loadBalancerArn: told.LoadBalancerArn ?? "",
    port: told.Port,
    protocol: told.Protocol,
    sslPolicy: told.SslPolicy,
    defaultCertificate: told.Certificates?.[0]?.CertificateArn,
    // A listener without TLS has no list.
    certificates: told.Certificates === undefined || told.Certificates.length === 0 ? [] : known?.certificates,
    defaultActions: told.DefaultActions ?? [],
    alpnPolicy: told.AlpnPolicy ?? [],
    mutualAuthentication: told.MutualAuthentication,
    attributes: known?.attributes ?? {},
    tags: known?.tags,
  };
}

function withCertificates(
  all: LoadBalancing,
  { ListenerArn = "", Marker }: Input,
  told: readonly NamedCertificate[],
): LoadBalancing {
  const listener = all.listeners.get(ListenerArn);
  if (listener === undefined) return all;
  const listed = told.filter(({ IsDefault }) => IsDefault !== true).map(({ CertificateArn = "" }) => CertificateArn);
  const before = Marker === undefined ? [] : (listener.certificates ?? []);
  const certificates = [...new Set([...before, ...listed])].toSorted();
  const standard = told.find(({ IsDefault }) => IsDefault === true)?.CertificateArn ?? listener.defaultCertificate;
  const next: Listener = { ...listener, certificates, defaultCertificate: standard };
  return { ...all, listeners: all.listeners.set(ListenerArn, next) };
}

function withGroup(all: LoadBalancing, told: GroupOutput): LoadBalancing {
  const arn = told.TargetGroupArn ?? "";
  const known = all.targetGroups.get(arn);
  const group: TargetGroup = {
    arn,
    name: told.TargetGroupName ?? "",
    targetType: told.TargetType ?? "instance",
    protocol: told.Protocol,
    port: told.Port,
    vpcId: told.VpcId,
    protocolVersion: told.ProtocolVersion,
    ipAddressType: told.IpAddressType,
    healthCheck: Object.fromEntries(
      Object.entries(told).filter(([name]) => /^(?:HealthCheck|Healthy|Unhealthy|Matcher)/.test(name)),
    ),
    toldLoadBalancers: told.LoadBalancerArns ?? [],
    targets: known?.targets,
    attributes: known?.attributes ?? {},
    tags: known?.tags,
  };
  return { ...all, targetGroups: all.targetGroups.set(arn, group) };
}

/** A description of all targets replaces them; one of some says nothing of the others. */
function withTargets(
  all: LoadBalancing,
  { TargetGroupArn = "", Targets }: Input,
  told: Output,
  now: number,
): LoadBalancing {
  const group = all.targetGroups.get(TargetGroupArn);
  if (group === undefined) return all;
  let targets = Targets === undefined ? Table.empty<Target>() : group.targets;
  for (const { Target: target, TargetHealth: health = {} } of told.TargetHealthDescriptions ?? []) {
    if (target === undefined || health.Reason === "Target.NotRegistered") continue;
    const key = targetKey(group, target);
    const registeredAt = group.targets?.get(key)?.registeredAt ?? now;
    targets = targets?.set(key, { Id: "", ...target, registeredAt, health });
  }
  return { ...all, targetGroups: all.targetGroups.set(group.arn, { ...group, targets }) };
}

function withAttributes(all: LoadBalancing, input: Input, { Attributes: told = [] }: Output): LoadBalancing {
  const attributes = Object.fromEntries(told.map(({ Key = "", Value = "" }) => [Key, Value]));
  const balancer = all.loadBalancers.get(input.LoadBalancerArn ?? "");
  if (balancer !== undefined)
    return { ...all, loadBalancers: all.loadBalancers.set(balancer.arn, { ...balancer, attributes }) };
  const listener = all.listeners.get(input.ListenerArn ?? "");
  if (listener !== undefined)
    return { ...all, listeners: all.listeners.set(listener.arn, { ...listener, attributes }) };
  const group = all.targetGroups.get(input.TargetGroupArn ?? "");
  return group === undefined
    ? all
    : { ...all, targetGroups: all.targetGroups.set(group.arn, { ...group, attributes }) };
}

/** The account's quota is the smallest that any of its Regions has told. */
function withLimits(cloud: Cloud, { account }: Call, { Limits: told = [] }: Output): Cloud {
  let next = cloud;
  for (const { Name = "", Max = "" } of told) {
    const key = quotaOfLimit(Name);
    const value = Number(Max);
    if (key === undefined || !Number.isInteger(value)) continue;
    const known = next.quotas.get(`${account}/${key}`) ?? Infinity;
    if (value < known) next = withQuota(next, account, key, value);
  }
  return next;
}
