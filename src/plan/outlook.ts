import type { AccountId } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { accountOf } from "../cloud/edit.ts";
import { exceedsQuota } from "../cloud/quotas.ts";
import { monthlyPrice } from "../cloud/route53/health-check-price.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { checkConfig } from "../resource/health-check.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import type { Plan } from "./plan.ts";
import { peakOf, turnovers } from "./turnover.ts";
import type { Turnover } from "./turnover.ts";
import { isOfManifest } from "../resource/health-check-identity.ts";

/** How a plan moves what AWS counts. */
export interface QuotaUse {
  readonly account: AccountId;
  readonly what: Turnover["what"];
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
export const outlook = (plan: Plan, cloud: Cloud): Outlook => ({
  quotas: quotaUses(plan, cloud),
  monthlyCost: cost(plan, cloud),
});

/** How the plan moves what AWS counts: only what it changes. */
const quotaUses = (plan: Plan, cloud: Cloud): readonly QuotaUse[] =>
  turnovers(plan.steps, plan.account, cloud)
    .map((turnover) => ({
      account: turnover.account,
      what: turnover.what,
      region: turnover.region,
      now: turnover.now,
      peak: peakOf(turnover, plan.steps),
      after: turnover.now + turnover.made.length - turnover.gone.length,
      quota: turnover.quota,
    }))
    .filter((each) => each.peak !== each.now || each.after !== each.now);

/**
 * A plan that needs more than AWS gives by default, where more is there already: the account has more, by how much is not
 * known, so it goes on. What a known quota does not allow is refused by the proof.
 */
export const quotaWarnings = (plan: Plan, cloud: Cloud): readonly Diagnostic[] =>
  turnovers(plan.steps, plan.account, cloud).flatMap((turnover) => {
    const { account, key, what, region, now, quota } = turnover;
    const peak = peakOf(turnover, plan.steps);
    if (peak <= quota || peak <= now || exceedsQuota(cloud, account, key, now, peak)) return [];
    return [
      {
        code: "QUOTA_EXCEEDED",
        severity: "warning",
        message: `The plan needs ${peak} ${what}${region === "" ? "" : ` in ${region}`}${account === plan.account ? "" : ` in account ${account}`}; there are ${now}, and the quota is ${quota}.`,
        help: "Have the quota raised first (and say so under `quotas:`), or change less at once: what is over the quota fails, and the next run goes on from there.",
      },
    ];
  });

function cost(plan: Plan, cloud: Cloud): Outlook["monthlyCost"] {
  let before = 0;
  for (const { healthChecks } of cloud.accounts) {
    for (const check of healthChecks)
      if (isOfManifest(check, plan.owner)) before += monthlyPrice(check.HealthCheckConfig);
  }
  let after = before;
  for (const step of plan.steps.filter((each) => each.kind === "health-check")) {
    if (step.action === "create") after += monthlyPrice(checkConfig(step.change.after as HealthCheckSpec));
    if (step.action === "delete") after -= priceOfLive(step.change.before as HealthCheckSpec, cloud);
  }
  return { before, after };
}

function priceOfLive(spec: HealthCheckSpec, cloud: Cloud): number {
  const live = accountOf(cloud, spec.zone.account).healthChecks.get(spec.id ?? "");
  return live === undefined ? 0 : monthlyPrice(live.HealthCheckConfig);
}
