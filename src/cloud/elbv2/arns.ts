import { createHash } from "node:crypto";
import { formatArn, parseArn, partitionOf } from "../arn.ts";
import type { AccountId, Region } from "../call.ts";
import type { LoadBalancerType } from "./load-balancing.ts";

/** How ARNs name the type. Source: Service Authorization Reference "Elastic Load Balancing V2", checked 2026-11-24. */
const TYPE_IN_ARN: Readonly<Record<LoadBalancerType, string>> = { application: "app", network: "net", gateway: "gwy" };

const SERVICE = "elasticloadbalancing";

const arnOf = (region: Region, account: AccountId, resource: string): string =>
  formatArn({ partition: partitionOf(region), service: SERVICE, region, account, resource });

export const loadBalancerArn = (
  region: Region,
  account: AccountId,
  type: LoadBalancerType,
  name: string,
  id: string,
): string => arnOf(region, account, `loadbalancer/${TYPE_IN_ARN[type]}/${name}/${id}`);

export const listenerArn = (balancerArn: string, id: string): string =>
  `${balancerArn.replace(":loadbalancer/", ":listener/")}/${id}`;

export const targetGroupArn = (region: Region, account: AccountId, name: string, id: string): string =>
  arnOf(region, account, `targetgroup/${name}/${id}`);

/** Of a listener's default rule, which has no identifier of its own in the model. */
export function defaultRuleArn(listener: string): string {
  const id = createHash("sha256").update(`default rule ${listener}`).digest("hex").slice(0, 16);
  return `${listener.replace(":listener/", ":listener-rule/")}/${id}`;
}

export type ElbResource = "loadbalancer" | "listener" | "listener-rule" | "targetgroup" | "truststore";

const FORMS: Readonly<Record<ElbResource, RegExp>> = {
  loadbalancer: /^loadbalancer\/(?:app|net|gwy)\/[^/]+\/[0-9a-f]+$/,
  listener: /^listener\/(?:app|net|gwy)\/[^/]+\/[0-9a-f]+\/[0-9a-f]+$/,
  "listener-rule": /^listener-rule\/(?:app|net|gwy)\/[^/]+\/[0-9a-f]+\/[0-9a-f]+\/[0-9a-f]+$/,
  targetgroup: /^targetgroup\/[^/]+\/[0-9a-f]+$/,
  truststore: /^truststore\/[^/]+\/[0-9a-f]+$/,
};

/** What an ARN is of; undefined when it is none of Elastic Load Balancing's (version 2). */
export function readElbArn(text: string): ElbResource | undefined {
  const parts = parseArn(text);
  if (parts?.service !== SERVICE) return undefined;
  return (Object.keys(FORMS) as ElbResource[]).find((kind) => FORMS[kind].test(parts.resource));
}
