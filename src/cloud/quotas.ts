import type { AccountId } from "./call.ts";
import type { Cloud } from "./cloud.ts";

export interface Quota {
  /** What an account has until it is raised. */
  readonly value: number;
  readonly per:
    | "account"
    | "Region"
    | "hosted zone"
    | "certificate"
    | "domain name"
    | "distribution"
    | "function"
    | "load balancer"
    | "target group";
  readonly counts: string;
  readonly source: string;
}

/**
 * How much of each thing AWS lets an account have: read by the model, the planner and the proof alike. Rates stand in
 * each service's limits.ts. Checked 2026-11-23; the sources are pages of AWS's own documentation.
 */
export const QUOTAS = {
  "route53.hostedZones": {
    value: 500,
    per: "account",
    counts: "hosted zones",
    source: "Route 53 guide, Quotas on hosted zones",
  },
  "route53.recordSets": {
    value: 10_000,
    per: "hosted zone",
    counts: "record sets",
    source: "Route 53 guide, Quotas on records",
  },
  "route53.healthChecks": {
    value: 200,
    per: "account",
    counts: "health checks",
    source: "Route 53 guide, Quotas on health checks",
  },
  "route53.healthChecksPerDay": {
    value: 1_000,
    per: "account",
    counts: "health checks made within 24 hours",
    source: "Route 53 guide, Quotas on health checks",
  },
  "acm.certificates": {
    value: 2_500,
    per: "Region",
    counts: "certificates, expired and revoked ones included",
    source: "ACM guide, Quotas",
  },
  "acm.requestsPerYear": {
    value: 5_000,
    per: "Region",
    counts: "certificates requested within 365 days",
    source: "ACM guide, Quotas",
  },
  "acm.namesPerCertificate": {
    value: 10,
    per: "certificate",
    counts: "domain names of one certificate",
    source: "ACM guide, Quotas",
  },
  "apigateway.domainNames": {
    value: 120,
    per: "Region",
    counts: "public custom domain names",
    source: "API Gateway guide, Quotas for configuring and running a REST API",
  },
  "apigateway.mappings": {
    value: 200,
    per: "domain name",
    counts: "API mappings of one custom domain name",
    source: "API Gateway guide, Quotas for configuring and running a REST API",
  },
  "cloudfront.distributions": {
    value: 500,
    per: "account",
    counts: "distributions",
    source: "CloudFront guide, Quotas, General quotas on distributions",
  },
  "cloudfront.aliases": {
    value: 100,
    per: "distribution",
    counts: "alternate domain names of one distribution",
    source: "CloudFront guide, Quotas, General quotas on distributions",
  },
  "cloudfront.cacheBehaviors": {
    value: 75,
    per: "distribution",
    counts: "cache behaviors of one distribution",
    source: "CloudFront guide, Quotas, General quotas on distributions",
  },
  "cloudfront.origins": {
    value: 100,
    per: "distribution",
    counts: "origins of one distribution",
    source: "CloudFront guide, Quotas, General quotas on distributions",
  },
  "cloudfront.functions": {
    value: 100,
    per: "account",
    counts: "CloudFront functions",
    source: "CloudFront guide, Quotas on CloudFront Functions",
  },
  "cloudfront.distributionsPerFunction": {
    value: 100,
    per: "function",
    counts: "distributions that run one CloudFront function",
    source: "CloudFront guide, Quotas on CloudFront Functions",
  },
  "elbv2.applicationLoadBalancers": {
    value: 50,
    per: "Region",
    counts: "Application Load Balancers",
    source: "Application Load Balancers guide, Quotas",
  },
  "elbv2.networkLoadBalancers": {
    value: 50,
    per: "Region",
    counts: "Network Load Balancers",
    source: "Network Load Balancers guide, Quotas",
  },
  "elbv2.listeners": {
    value: 50,
    per: "load balancer",
    counts: "listeners of one load balancer",
    source: "Application Load Balancers guide, Quotas",
  },
  "elbv2.certificates": {
    value: 25,
    per: "load balancer",
    counts: "certificates of one load balancer, its listeners' default ones not counted",
    source: "Application Load Balancers guide, Quotas",
  },
  "elbv2.targetGroups": {
    value: 3_000,
    per: "Region",
    counts: "target groups",
    source: "Application Load Balancers guide, Quotas",
  },
  "elbv2.targets": {
    value: 1_000,
    per: "target group",
    counts: "targets of one target group",
    source: "Application Load Balancers guide, Quotas",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaKey = keyof typeof QUOTAS;

export const isQuotaKey = (key: string): key is QuotaKey => Object.hasOwn(QUOTAS, key);

/** Stands for every account in `withQuota`. */
export const ANY_ACCOUNT = "*";

/** The quota that holds in an account of this Cloud: its own, else the one of every account, else AWS's default. */
export function quotaOf(cloud: Cloud, account: AccountId, key: QuotaKey): number {
  return toldQuota(cloud, account, key) ?? QUOTAS[key].value;
}

/**
 * Whether AWS would refuse to go from `before` to `after` of what the quota counts. Having less is never refused. A
 * quota that was told holds as it is. The default one does not where more is there already: AWS must have raised it,
 * by how much is not known, so that nothing is refused on its account.
 */
export function exceedsQuota(cloud: Cloud, account: AccountId, key: QuotaKey, before: number, after: number): boolean {
  if (after <= before) return false;
  const told = toldQuota(cloud, account, key);
  if (told !== undefined) return after > told;
  return before <= QUOTAS[key].value && after > QUOTAS[key].value;
}

function toldQuota(cloud: Cloud, account: AccountId, key: QuotaKey): number | undefined {
  return cloud.quotas.get(`${account}/${key}`) ?? cloud.quotas.get(`${ANY_ACCOUNT}/${key}`);
}

/** The Cloud with a quota raised or lowered, for one account or for `ANY_ACCOUNT`. */
export function withQuota(cloud: Cloud, account: AccountId, key: QuotaKey, value: number): Cloud {
  return { ...cloud, quotas: cloud.quotas.set(`${account}/${key}`, value) };
}
