import { SECOND } from "../instant.ts";
import type { Bucket } from "../throttle.ts";

/** Source: API Gateway guide "Quotas for configuring and running a REST API", checked 2026-11-23. */
export const API_GATEWAY_QUOTAS = {
  /** Public custom domain names in one Region of one account. Raisable. */
  domainNames: 120,
} as const;

export const API_GATEWAY_LENGTHS = {
  pageDefault: 25,
  pageMaximum: 500,
  // Assumed: the number of tags; the pages name only the lengths.
  tags: 50,
  tagKey: 128,
  tagValue: 256,
} as const;

const ONE_IN_30_SECONDS: Bucket = { capacity: 1, refillPerSecond: SECOND / (30 * SECOND) };

/**
 * Token buckets of each account; "total" is for every operation together. Not raisable.
 * Source: API Gateway guide "Amazon API Gateway quotas" (control plane), checked 2026-11-23.
 */
// Assumed: the three of domain names are counted for each Region by itself; counted for all of them together they are the tighter.
export const API_GATEWAY_RATES: Readonly<Record<string, Bucket>> = {
  CreateDomainName: ONE_IN_30_SECONDS,
  UpdateDomainName: ONE_IN_30_SECONDS,
  DeleteDomainName: ONE_IN_30_SECONDS,
  total: { capacity: 40, refillPerSecond: 10 },
};
