import { expect } from "vitest";
import type { Call, Fault } from "../../../src/cloud/call.ts";
import type { Certificate, Cloud } from "../../../src/cloud/cloud.ts";
import { loadBalancingIn } from "../../../src/cloud/elbv2/load-balancing.ts";
import type { Listener, LoadBalancer, LoadBalancing } from "../../../src/cloud/elbv2/load-balancing.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, REGION, START, call, certificate, here, name, withCertificates, world } from "../world.ts";

export const elb = (operation: string, input: object = {}): Call => call("elbv2", operation, input);

export type Output = Readonly<Record<string, unknown>>;

let calls = 0;

function outcomeOf(cloud: Cloud, made: Call) {
  calls += 1;
  return step(cloud, made, hashIds(String(calls)));
}

/** The call must succeed. */
export function does(cloud: Cloud, made: Call): { readonly cloud: Cloud; readonly output: Output } {
  const outcome = outcomeOf(cloud, made);
  if (!outcome.ok) throw new Error(`${made.operation}: ${outcome.fault.code}: ${outcome.fault.message}`);
  return { cloud: outcome.cloud, output: outcome.output as Output };
}

/** All the calls, one after the other. */
export const after = (cloud: Cloud, ...made: readonly Call[]): Cloud =>
  made.reduce((at, each) => does(at, each).cloud, cloud);

/** The call must be refused. */
export function fails(cloud: Cloud, made: Call): Fault {
  const outcome = outcomeOf(cloud, made);
  expect(outcome.ok).toBe(false);
  return (outcome as { readonly fault: Fault }).fault;
}

export const arnOf = (number: number, region = REGION): string =>
  `arn:aws:acm:${region}:${ACCOUNT}:certificate/00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Issued, for one name or more. */
export const issued = (number: number, over: Partial<Certificate> = {}): Certificate =>
  certificate({ arn: arnOf(number), ...over });

export const SUBNETS = ["subnet-aaaa", "subnet-bbbb"];

/** One that is there in vain. */
export const NOWHERE = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/gone/0123456789abcdef`;

export interface Estate {
  readonly cloud: Cloud;
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
  readonly group: string;
}

export const all = (cloud: Cloud): LoadBalancing => loadBalancingIn(here(cloud));

export const HTTPS = (balancer: string, group: string, more: object = {}): Call =>
  elb("CreateListener", {
    LoadBalancerArn: balancer,
    Protocol: "HTTPS",
    Port: 443,
    Certificates: [{ CertificateArn: arnOf(1) }],
    DefaultActions: [{ Type: "forward", TargetGroupArn: group }],
    ...more,
  });

export const GROUP = (Name: string, more: object = {}): Call =>
  elb("CreateTargetGroup", { Name, Protocol: "HTTP", Port: 80, VpcId: "vpc-1", TargetType: "ip", ...more });

const one = (output: Output, list: string, arn: string): string =>
  String((output[list] as readonly Output[])[0]?.[arn]);

export const balancerIn = (output: Output): string => one(output, "LoadBalancers", "LoadBalancerArn");
export const listenerIn = (output: Output): string => one(output, "Listeners", "ListenerArn");
export const groupIn = (output: Output): string => one(output, "TargetGroups", "TargetGroupArn");

/** An active load balancer `web` with an HTTPS listener, whose default certificate is number 1; 2 and 3 are issued too. */
export function estate(): Estate {
  const certificates = [
    issued(1),
    issued(2, { domains: [name("shop.example.com")] }),
    issued(3, { domains: [name("blog.example.com")], keyAlgorithm: "EC_prime256v1" }),
  ];
  const made = does(
    withCertificates(world(), ...certificates),
    elb("CreateLoadBalancer", { Name: "web", Subnets: SUBNETS }),
  );
  const grouped = does(made.cloud, GROUP("targets"));
  const group = groupIn(grouped.output);
  const listening = does(grouped.cloud, HTTPS(balancerIn(made.output), group));
  const cloud = tick(listening.cloud, START + 10 * 60_000);
  const balancer = all(cloud).loadBalancers.get(balancerIn(made.output));
  const listener = all(cloud).listeners.get(listenerIn(listening.output));
  if (balancer === undefined || listener === undefined) throw new Error("no estate");
  return { cloud, balancer, listener, group };
}

/** The listener as it is now. */
export const now = (cloud: Cloud, { arn }: Pick<Listener, "arn">): Listener | undefined =>
  all(cloud).listeners.get(arn);

export const certificates = (operation: string, listener: Pick<Listener, "arn">, ...arns: readonly string[]): Call =>
  elb(operation, { ListenerArn: listener.arn, Certificates: arns.map((CertificateArn) => ({ CertificateArn })) });
