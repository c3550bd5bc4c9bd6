import { MINUTE, SECOND } from "../instant.ts";
import type { Bucket } from "../throttle.ts";

/** Lengths and sizes. Source: Elastic Load Balancing API reference, each operation's page, checked 2026-11-24. */
export const ELB_LENGTHS = {
  /** Of load balancers and target groups. */
  name: 32,
  arnsDescribed: 20,
  // Assumed: the page without PageSize is the largest; the reference names no default.
  pageDefault: 400,
  pageMaximum: 400,
  /** Source: Application Load Balancers guide "Tag your Application Load Balancer" (tag restrictions), checked 2026-11-24. */
  tags: 50,
  tagKey: 128,
  tagValue: 256,
  // Assumed: that two are too many; the reference says to give one, and AWS refuses two in so many words.
  certificatesPerCall: 1,
  /** Source: Application Load Balancers guide "Quotas", checked 2026-11-24. */
  groupsPerAction: 5,
} as const;

export const ELB_TIMES = {
  /** From CreateLoadBalancer until it is active. The guide says that it takes a few minutes (API reference "LoadBalancerState", checked 2026-11-24). */
  // Assumed: the figure.
  provisionedAfter: 2 * MINUTE,
  /** From its registration until a target has passed its first health check. Source: Application Load Balancers guide "Health checks for your target groups", checked 2026-11-24. */
  // Assumed: the figure; one check has to be passed, every 30 seconds by default.
  firstCheckAfter: 30 * SECOND,
} as const;

/**
 * Token buckets of an account in a Region, one for what reads and one for what writes.
 * Source: Elastic Load Balancing guide "Request throttling for the Elastic Load Balancing API", checked 2026-11-24.
 */
// Assumed: the figures of writes; the page has them in a table that was not at hand.
export const ELB_RATES: Readonly<Record<"reads" | "writes", Bucket>> = {
  reads: { capacity: 40, refillPerSecond: 10 },
  writes: { capacity: 20, refillPerSecond: 3 },
};

/**
 * Which keys Network Load Balancers take: RSA up to 3072 bits, and these curves. Application Load Balancers take all
 * that ACM has (acm/limits.ts). Source: Network Load Balancers guide "Server certificates", checked 2026-11-24.
 */
export const NETWORK_KEY_ALGORITHMS: readonly string[] = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
];
