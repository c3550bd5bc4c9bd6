import type { Step } from "../call.ts";
import { succeeded } from "../outcome.ts";
import { noPolicy } from "./faults.ts";
import { narrowing, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { SSL_POLICIES } from "./ssl-policies.ts";
import type { SslPolicy } from "./ssl-policies.ts";

interface Input extends PageInput {
  readonly Names?: readonly string[];
  readonly LoadBalancerType?: string;
}

/** Source: Elastic Load Balancing API reference "DescribeSSLPolicies" and "SslPolicy", checked 2026-11-24. */
// Assumed: Application and Network Load Balancers have the same policies; Gateway Load Balancers have none.
const SUPPORTED = ["application", "network"];

export const describeSslPolicies: Step = (cloud, call) => {
  const input = call.input as Input;
  const names = narrowing(input.Names);
  const unknown = names?.find((name) => !SSL_POLICIES.has(name));
  if (unknown !== undefined) return noPolicy(unknown);
  const { LoadBalancerType: type = "application" } = input;
  const chosen = SUPPORTED.includes(type) ? [...SSL_POLICIES].filter(([name]) => names?.includes(name) !== false) : [];
  const page = pageOf(chosen, input);
  return "no" in page ? page.no : succeeded(cloud, { SslPolicies: page.items.map(policyOutput), ...page.next });
};

const policyOutput = ({ name, protocols, ciphers }: SslPolicy): unknown => ({
  SslProtocols: protocols,
  Ciphers: ciphers.map((Name, index) => ({ Name, Priority: index + 1 })),
  Name: name,
  SupportedLoadBalancerTypes: SUPPORTED,
});
