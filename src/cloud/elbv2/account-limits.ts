import type { Step } from "../call.ts";
import { succeeded } from "../outcome.ts";
import { quotaOf } from "../quotas.ts";
import type { QuotaKey } from "../quotas.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";

/**
 * AWS's names of the limits: a quota of ours, or a figure that nothing here depends on.
 * Source: Elastic Load Balancing API reference "Limit", and the example of `describe-account-limits` in the AWS CLI
 * reference, checked 2026-11-24.
 */
const LIMITS: Readonly<Record<string, QuotaKey | number>> = {
  "application-load-balancers": "elbv2.applicationLoadBalancers",
  "certificates-per-application-load-balancer": "elbv2.certificates",
  "certificates-per-network-load-balancer": "elbv2.certificates",
  "condition-values-per-alb-rule": 5,
  "condition-wildcards-per-alb-rule": 5,
  "listeners-per-application-load-balancer": "elbv2.listeners",
  "listeners-per-network-load-balancer": "elbv2.listeners",
  "network-load-balancers": "elbv2.networkLoadBalancers",
  "rules-per-application-load-balancer": 100,
  "target-groups": "elbv2.targetGroups",
  "target-groups-per-action-on-application-load-balancer": 5,
  "target-groups-per-action-on-network-load-balancer": 1,
  "target-groups-per-application-load-balancer": 100,
  "target-id-registrations-per-application-load-balancer": 1_000,
  "targets-per-application-load-balancer": 1_000,
  "targets-per-availability-zone-per-network-load-balancer": 500,
  "targets-per-network-load-balancer": 3_000,
  "targets-per-target-group": "elbv2.targets",
};

/** The quotas of the account in the Region, as they hold now. */
export const describeAccountLimits: Step = (cloud, call) => {
  const page = pageOf(
    Object.entries(LIMITS).map(([Name, limit]) => [Name, { Name, limit }] as const),
    call.input as PageInput,
  );
  if ("no" in page) return page.no;
  const Limits = page.items.map(({ Name, limit }) => ({
    Name,
    Max: String(typeof limit === "number" ? limit : quotaOf(cloud, call.account, limit)),
  }));
  return succeeded(cloud, { Limits, ...page.next });
};

/** Which quota a limit's name tells of; undefined for the others. */
export function quotaOfLimit(name: string): QuotaKey | undefined {
  const known = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined;
  return typeof known === "string" ? known : undefined;
}
