import type { AccountId, Region } from "./call.ts";
import { regionFacts } from "./region.ts";

/** The parts of an ARN. `region` and `account` are empty where AWS leaves them out. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Takes an ARN apart; undefined when it is none. Source: AWS IAM guide "Amazon Resource Names (ARNs)", checked 2026-11-23. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  return { partition, service, region, account, resource };
}

export function formatArn(arn: Arn): string {
  return ["arn", arn.partition, arn.service, arn.region, arn.account, arn.resource].join(":");
}

/** The partition of a Region; a Region that is not known yet counts as one of the main partition. */
export function partitionOf(region: Region): string {
  return regionFacts(region)?.partition ?? "aws";
}

/** `id` is the UUID at the end. */
export function certificateArn(region: Region, account: AccountId, id: string): string {
  return formatArn({ partition: partitionOf(region), service: "acm", region, account, resource: `certificate/${id}` });
}

/**
 * `name` has no trailing dot; the account field is empty.
 * Source: Service Authorization Reference "Amazon API Gateway Management", checked 2026-11-23.
 */
export function domainNameArn(region: Region, name: string): string {
  const resource = `/domainnames/${name}`;
  return formatArn({ partition: partitionOf(region), service: "apigateway", region, account: "", resource });
}

/**
 * `resource` is `distribution/E…` or `function/<name>`; no Region stands in it.
 * Source: Service Authorization Reference "Amazon CloudFront", checked 2026-11-24.
 */
export function cloudFrontArn(account: AccountId, resource: string): string {
  return formatArn({ partition: "aws", service: "cloudfront", region: "", account, resource });
}

/**
 * `resource` is `hostedzone/Z…` or `healthcheck/…`; neither a Region nor an account stands in it.
 * Source: Service Authorization Reference "Amazon Route 53", checked 2026-11-23.
 */
export function route53Arn(region: Region, resource: string): string {
  return formatArn({ partition: partitionOf(region), service: "route53", region: "", account: "", resource });
}
