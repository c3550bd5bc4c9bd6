import { MINUTE } from "../instant.ts";
import type { Bucket } from "../throttle.ts";

/** Sources, checked 2026-11-24: CloudFront guide "Quotas" (CloudFront Functions, tags); API reference "FunctionBlob", "Tag". */
export const CLOUDFRONT_LENGTHS = {
  /** Bytes of a function's code. */
  functionCode: 10 * 1024,
  /** Bytes of URI and query string together, as a function may leave them. */
  uriAndQuery: 8_192,
  tags: 50,
  // Assumed: the page without MaxItems; the reference names no default, the answers shown have 100.
  pageDefault: 100,
} as const;

export const CLOUDFRONT_TIMES = {
  /** From a change of a distribution until it is Deployed. The guide has no figure ("Distribution settings", checked 2026-11-24). */
  // Assumed: the figure; "about five minutes" is what is usually seen.
  distributionDeployedAfter: 5 * MINUTE,
  /** From PublishFunction until every edge location runs the new version, where the function is associated. */
  // Assumed: the figure; the guide says only that it is quick.
  functionDeployedAfter: MINUTE,
} as const;

/** All operations of an account together. */
// Assumed: the figures; CloudFront publishes no rates of its control plane.
export const CLOUDFRONT_BUCKET: Bucket = { capacity: 50, refillPerSecond: 10 };
