import { partitionOf } from "../arn.ts";
import type { Region } from "../call.ts";
import type { LoadBalancerType } from "./load-balancing.ts";

/** By partition, where it is not amazonaws.com. Source: botocore endpoints.json, checked 2026-11-24. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn", "aws-eusc": "amazonaws.eu" };

/**
 * The DNS name of a load balancer; no trailing dot. That of an internal one begins with `internal-`, if it is an
 * Application Load Balancer. Source: Elastic Load Balancing guide "How Elastic Load Balancing works" and the examples of
 * API reference "LoadBalancer", checked 2026-11-24.
 */
export function loadBalancerHost(
  region: Region,
  { type, name, internal, id }: Readonly<Record<"name" | "id", string>> & { type: LoadBalancerType; internal: boolean },
): string {
  const suffix = DNS_SUFFIXES[partitionOf(region)] ?? "amazonaws.com";
  if (type !== "application") return `${name}-${id}.elb.${region}.${suffix}`;
  // Ten digits are enough for what AWS shows.
  const number = BigInt(`0x${id}`) % 10_000_000_000n;
  return `${internal ? "internal-" : ""}${name}-${number}.${region}.elb.${suffix}`;
}

/**
 * The prefix that the console puts before the name in an alias; with it or without it, the name leads to the same.
 * Source: Route 53 guide "Routing traffic to an ELB load balancer", checked 2026-11-24.
 */
export const DUALSTACK = "dualstack.";

const HOST =
  /^(?:dualstack\.)?([a-z0-9-]+\.(?:([a-z0-9-]+)\.elb|elb\.([a-z0-9-]+))\.amazonaws\.(?:com|com\.cn|eu))\.?$/iu;

/** The load balancer's own DNS name, lower-case and without `dualstack.`, and its Region; undefined for any other host. With or without the trailing dot. */
export function readLoadBalancerHost(host: string): { readonly dnsName: string; readonly region: Region } | undefined {
  const [, dnsName, application, network] = HOST.exec(host) ?? [];
  const region = application ?? network;
  return dnsName === undefined || region === undefined
    ? undefined
    : { dnsName: dnsName.toLowerCase(), region: region.toLowerCase() };
}
