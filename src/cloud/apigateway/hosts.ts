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
