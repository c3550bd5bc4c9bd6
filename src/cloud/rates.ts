import { ACM_RATES } from "./acm/limits.ts";
import { API_GATEWAY_RATES } from "./apigateway/limits.ts";
import type { Call } from "./call.ts";
import { CLOUDFRONT_BUCKET } from "./cloudfront/limits.ts";
import { isRead } from "./conditional.ts";
import { ELB_RATES } from "./elbv2/limits.ts";
import { ACCOUNT_BUCKET, actionBucket } from "./route53/limits.ts";
import type { Bucket } from "./throttle.ts";

/** A bucket that a call draws from, and whose it is. */
export interface NamedBucket {
  readonly key: string;
  readonly bucket: Bucket;
}

/**
 * Every token bucket that AWS keeps for a call: per account, Region, service and action as each service has it.
 * Source of the figures: each service's limits.ts. That Route 53's hold for an account: Route 53 guide "Throttling API
 * requests"; that the others hold for a Region of one: their quotas pages; checked 2026-11-23.
 */
export function bucketsOf({ account, region, service, operation }: Call): readonly NamedBucket[] {
  const named = (bucket: Bucket | undefined, ...parts: readonly string[]): readonly NamedBucket[] =>
    bucket === undefined ? [] : [{ key: [account, service, ...parts].join(" "), bucket }];
  switch (service) {
    case "route53":
      return [...named(ACCOUNT_BUCKET), ...named(actionBucket(operation), operation)];
    case "acm":
      return named(perSecond(ACM_RATES[operation]), region, operation);
    case "apigateway":
      return [...named(API_GATEWAY_RATES["total"], region), ...named(API_GATEWAY_RATES[operation], region, operation)];
    case "cloudfront":
      return named(CLOUDFRONT_BUCKET);
    case "elbv2": {
      const kind = isRead({ operation }) ? "reads" : "writes";
      return named(ELB_RATES[kind], region, kind);
    }
    default:
      return [];
  }
}

// Assumed: a second's worth of requests may come at once; the quotas page gives rates only.
const perSecond = (rate: number | undefined): Bucket | undefined =>
  rate === undefined ? undefined : { capacity: rate, refillPerSecond: rate };
