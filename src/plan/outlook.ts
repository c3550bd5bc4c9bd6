import { ACM_QUOTAS } from "../cloud/acm/limits.ts";
import { API_GATEWAY_QUOTAS } from "../cloud/apigateway/limits.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { monthlyPrice } from "../cloud/route53/health-check-price.ts";
import { HEALTH_CHECKS_MAX } from "../cloud/route53/limits.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { checkConfig } from "../resource/health-check.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import type { Plan, Step } from "./plan.ts";
import { isOfManifest } from "../resource/health-check-identity.ts";

/** How a plan moves what AWS counts. */
export interface QuotaUse {
  readonly what: "health checks" | "certificates" | "API domains";
  /** Empty for what counts per account. */
  readonly region: string;
  readonly now: number;
  /** While it runs: what replaces is made before what it replaces goes. */
  readonly peak: number;
  readonly after: number;
  readonly quota: number;
}

export interface Outlook {
  /** Only what the plan changes. */
  readonly quotas: readonly QuotaUse[];
  /** US dollars for our health checks, before and after. */
  readonly monthlyCost: { readonly before: number; readonly after: number };
}

/** What a plan means for quotas and for the bill. `cloud` is what it was made from. */
export function outlook(plan: Plan, cloud: Cloud): Outlook {
  const { healthChecks } = accountOf(cloud, plan.account);
  const regions = [...new Set(plan.steps.map(regionIn))].filter((region) => region !== "").toSorted();
  const quotas = [
    quotaUse(plan, "health-check", "", "health checks", healthChecks.size, HEALTH_CHECKS_MAX),
    ...regions.flatMap((region) => {
      const { certificates, domains } = regionOf(cloud, plan.account, region);
      return [
        quotaUse(plan, "certificate", region, "certificates", certificates.size, ACM_QUOTAS.certificates),
        quotaUse(plan, "api-domain", region, "API domains", domains.size, API_GATEWAY_QUOTAS.domainNames),
      ];
    }),
  ];
  return {
    quotas: quotas.filter((each) => each.peak !== each.now || each.after !== each.now),
    monthlyCost: cost(plan, cloud),
  };
}

/** A plan that needs more than AWS gives by default: whether the account has more is not known here, so it goes on. */
export function quotaWarnings(plan: Plan, cloud: Cloud): readonly Diagnostic[] {
  return outlook(plan, cloud)
    .quotas.filter((each) => each.peak > each.quota && each.peak > each.now)
    .map(({ what, region, now, peak, quota }) => ({
      code: "QUOTA_EXCEEDED",
      severity: "warning",
      message: `The plan needs ${peak} ${what}${region === "" ? "" : ` in ${region}`}; there are ${now}, and AWS gives ${quota} by default.`,
      help: "Have the quota raised first, or change less at once: what is over the quota fails, and the next run goes on from there.",
    }));
}

const regionIn = (step: Step): string =>
  ((step.change.after ?? step.change.before) as { readonly region?: string } | undefined)?.region ?? "";

function quotaUse(
  plan: Plan,
  kind: string,
  region: string,
  what: QuotaUse["what"],
  now: number,
  quota: number,
): QuotaUse {
  const steps = plan.steps.filter((step) => step.kind === kind && (region === "" || regionIn(step) === region));
  const made = steps.filter((step) => step.action === "create").length;
  const gone = steps.filter((step) => step.action === "delete").length;
  return { what, region, now, peak: now + made, after: now + made - gone, quota };
}

function cost(plan: Plan, cloud: Cloud): Outlook["monthlyCost"] {
  let before = 0;
  for (const check of accountOf(cloud, plan.account).healthChecks) {
    if (isOfManifest(check, plan.owner)) before += monthlyPrice(check.HealthCheckConfig);
  }
  let after = before;
  for (const step of plan.steps.filter((each) => each.kind === "health-check")) {
    if (step.action === "create") after += monthlyPrice(checkConfig(step.change.after as HealthCheckSpec));
    if (step.action === "delete") after -= priceOfLive(step.change.before as HealthCheckSpec, plan, cloud);
  }
  return { before, after };
}

function priceOfLive(spec: HealthCheckSpec, plan: Plan, cloud: Cloud): number {
  const live = accountOf(cloud, plan.account).healthChecks.get(spec.id ?? "");
  return live === undefined ? 0 : monthlyPrice(live.HealthCheckConfig);
}
