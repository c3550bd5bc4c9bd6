import { certificateArn } from "../cloud/arn.ts";
import type { AccountId, Call, Region } from "../cloud/call.ts";
import type { Certificate, Cloud } from "../cloud/cloud.ts";
import { regionOf, withRegion } from "../cloud/edit.ts";
import { listenersOf, loadBalancingIn, loadBalancingOf, withLoadBalancing } from "../cloud/elbv2/load-balancing.ts";
import type { LoadBalancer, TargetGroup } from "../cloud/elbv2/load-balancing.ts";
import { active } from "../cloud/elbv2/provisioning.ts";
import { targetKey } from "../cloud/elbv2/targets.ts";
import { hashIds } from "../cloud/ids.ts";
import { DAY } from "../cloud/instant.ts";
import { step } from "../cloud/step.ts";
import { Table } from "../cloud/table.ts";
import { domainName } from "../dns/domain-name.ts";

/** An internet-facing Application Load Balancer with an HTTPS listener. */
export interface LoadBalancerStandIn {
  readonly region: Region;
  readonly name: string;
  /** Of the listener. */
  readonly port: number;
}

/** It is to outlast every clock. */
const VALIDITY = 36_500 * DAY;
/** Of the block for documentation: nothing answers there. */
const TARGET = "192.0.2.1";
const TARGET_PORT = 80;

/**
 * The Cloud with this load balancer, which is active, and its listener, which forwards to one healthy target and
 * presents a certificate for a name that nobody asks for. What exists is left as it is. `made` is added to.
 */
export function withLoadBalancer(cloud: Cloud, account: AccountId, wanted: LoadBalancerStandIn, made: string[]): Cloud {
  const { region, name, port } = wanted;
  const called = `load balancer ${name} in ${region}`;
  let at = cloud;
  let balancer = named(at, account, wanted);
  if (balancer === undefined) {
    at = withBalancer(at, account, wanted);
    balancer = named(at, account, wanted);
    made.push(called);
  }
  if (balancer === undefined) throw new Error(`no stand-in for ${called}`);
  const listeners = listenersOf(loadBalancingIn(regionOf(at, account, region)), balancer.arn);
  if (listeners.some((listener) => listener.port === port)) return cloud === at ? cloud : at;
  made.push(`HTTPS listener ${port} of ${called}`);
  return withHttpsListener(at, account, wanted, balancer);
}

function named(cloud: Cloud, account: AccountId, { region, name }: LoadBalancerStandIn): LoadBalancer | undefined {
  return [...loadBalancingIn(regionOf(cloud, account, region)).loadBalancers].find((each) => each.name === name);
}

const callOf = (account: AccountId, region: Region, operation: string, input: unknown): Call => ({
  account,
  region,
  service: "elbv2",
  operation,
  input,
});

function perform(cloud: Cloud, call: Call, wanted: LoadBalancerStandIn): Cloud {
  const { region, name, port } = wanted;
  const outcome = step(cloud, call, hashIds(`stand-in/${call.account}/${region}/${name}/${port}`));
  if (!outcome.ok) throw new Error(`${call.operation} of a stand-in: ${outcome.fault.code}: ${outcome.fault.message}`);
  return outcome.cloud;
}

function withBalancer(cloud: Cloud, account: AccountId, wanted: LoadBalancerStandIn): Cloud {
  const Subnets = ["subnet-0000000000000000a", "subnet-0000000000000000b"];
  const call = callOf(account, wanted.region, "CreateLoadBalancer", { Name: wanted.name, Subnets });
  const at = perform(cloud, call, wanted);
  const balancer = named(at, account, wanted);
  if (balancer === undefined) return at;
  const loadBalancers = loadBalancingOf(at, call).loadBalancers.set(balancer.arn, active(balancer));
  return withLoadBalancing(at, call, { loadBalancers });
}

function withHttpsListener(
  cloud: Cloud,
  account: AccountId,
  wanted: LoadBalancerStandIn,
  balancer: LoadBalancer,
): Cloud {
  const { region, port } = wanted;
  const certificate = standInCertificate(cloud, account, wanted);
  const state = regionOf(cloud, account, region);
  const certificates = state.certificates.set(certificate.arn, certificate);
  const certified = withRegion(cloud, account, { ...state, certificates });
  const [grouped, group] = withGroup(certified, account, wanted, balancer);
  const call = callOf(account, region, "CreateListener", {
    LoadBalancerArn: balancer.arn,
    Protocol: "HTTPS",
    Port: port,
    Certificates: [{ CertificateArn: certificate.arn }],
    DefaultActions: [{ Type: "forward", TargetGroupArn: group.arn }],
  });
  return perform(grouped, call, wanted);
}

/** With a group of the load balancer's name, whose one target is healthy. */
function withGroup(
  cloud: Cloud,
  account: AccountId,
  wanted: LoadBalancerStandIn,
  { vpcId }: LoadBalancer,
): readonly [Cloud, TargetGroup] {
  const call = callOf(account, wanted.region, "CreateTargetGroup", {
    Name: wanted.name,
    Protocol: "HTTP",
    Port: TARGET_PORT,
    VpcId: vpcId,
    TargetType: "ip",
  });
  const at = perform(cloud, call, wanted);
  const { targetGroups } = loadBalancingOf(at, call);
  const made = [...targetGroups].find(({ name }) => name === wanted.name);
  if (made === undefined) throw new Error(`no target group ${wanted.name}`);
  const target = { Id: TARGET, Port: TARGET_PORT, registeredAt: cloud.now, health: { State: "healthy" } };
  const group: TargetGroup = { ...made, targets: Table.from([[targetKey(made, target), target]]) };
  return [withLoadBalancing(at, call, { targetGroups: targetGroups.set(group.arn, group) }), group];
}

/** As if it had been imported: for a name below `invalid`, which DNS never has (RFC 2606). */
function standInCertificate({ now }: Cloud, account: AccountId, { region, name }: LoadBalancerStandIn): Certificate {
  return {
    arn: certificateArn(region, account, hashIds(`stand-in/${account}/${region}/${name}`)("certificate")),
    domains: [domainName(`${name}.stand-in.invalid`)],
    keyAlgorithm: "RSA_2048",
    type: "IMPORTED",
    status: "ISSUED",
    transparencyLogging: true,
    tags: {},
    createdAt: now,
    issuedAt: now,
    notBefore: now,
    notAfter: now + VALIDITY,
    validation: {},
    inUseBy: [],
  };
}
