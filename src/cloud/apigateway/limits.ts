import { MINUTE, SECOND } from "../instant.ts";
import type { Bucket } from "../throttle.ts";

export const API_GATEWAY_LENGTHS = {
  pageDefault: 25,
  pageMaximum: 500,
  // Assumed: the number of tags; the pages name only the lengths.
  tags: 50,
  tagKey: 128,
  tagValue: 256,
} as const;

export const API_GATEWAY_TIMES = {
  /** From UpdateDomainName until the domain is AVAILABLE again; AWS shows UPDATING meanwhile. */
  // Assumed: the figure; some minutes are usual.
  updateTakes: 2 * MINUTE,
} as const;

/** One call every so many seconds. */
const oneIn = (seconds: number): Bucket => ({ capacity: 1, refillPerSecond: SECOND / (seconds * SECOND) });

/**
 * Token buckets of each account; "total" is for every operation together. Not raisable.
 * Source: API Gateway guide "Amazon API Gateway quotas" (control plane), checked 2026-11-23.
 */
// Assumed: they are counted for each Region by itself; counted for all of them together they are the tighter.
export const API_GATEWAY_RATES: Readonly<Record<string, Bucket>> = {
  CreateDomainName: oneIn(30),
  UpdateDomainName: oneIn(30),
  DeleteDomainName: oneIn(30),
  /** Of regional APIs. */
  CreateRestApi: oneIn(3),
  DeleteRestApi: oneIn(30),
  CreateDeployment: oneIn(5),
  // Assumed: five may come at once; the page says "5 requests every 2 seconds".
  GetResources: { capacity: 5, refillPerSecond: 2.5 },
  total: { capacity: 40, refillPerSecond: 10 },
};
