import { partitionOf } from "../arn.ts";
import type { Region } from "../call.ts";

/** By partition, where it is not amazonaws.com. Source: botocore endpoints.json, checked 2026-11-23. */
const DNS_SUFFIXES: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn", "aws-eusc": "amazonaws.eu" };

/**
 * The host of a REST API, by its id, or of a regional domain, by its `d-…` label; no trailing dot.
 * Source: API Gateway guide "Invoke REST APIs", checked 2026-11-23.
 */
export const executeApiHost = (label: string, region: Region): string =>
  `${label}.execute-api.${region}.${DNS_SUFFIXES[partitionOf(region)] ?? "amazonaws.com"}`;

/** The hosted zone of every CloudFront distribution. Source: API Gateway API reference "DomainName" (distributionHostedZoneId), checked 2026-11-24. */
export const DISTRIBUTION_ZONE = "Z2FDTNDATAQYW2";

/** Where certificates of edge-optimized domains are. Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type", checked 2026-11-24. */
export const EDGE_CERTIFICATE_REGION = "us-east-1";

/** Whether a host is of a CloudFront distribution. With or without the trailing dot. */
export const isDistributionHost = (host: string): boolean => /^[a-z0-9-]+\.cloudfront\.net\.?$/iu.test(host);

const HOST = /^([a-z0-9-]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.(?:com|com\.cn|eu)\.?$/iu;

/** What `executeApiHost` was made of; undefined for any other host. With or without the trailing dot. */
export function readExecuteApiHost(host: string): { readonly label: string; readonly region: Region } | undefined {
  const [, label, region] = HOST.exec(host) ?? [];
  return label === undefined || region === undefined ? undefined : { label, region: region.toLowerCase() };
}
