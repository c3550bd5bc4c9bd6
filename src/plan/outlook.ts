import type { AccountId } from "../cloud/call.ts";
import type { Cloud, RegionalState } from "../cloud/cloud.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { quotaOf } from "../cloud/quotas.ts";
import { monthlyPrice } from "../cloud/route53/health-check-price.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { checkConfig } from "../resource/health-check.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { Plan, Step } from "./plan.ts";
import { isOfManifest } from "../resource/health-check-identity.ts";

/** How a plan moves what AWS counts. */
export interface QuotaUse {
  readonly account: AccountId;
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
export const outlook = (plan: Plan, cloud: Cloud): Outlook => ({
  quotas: quotaUses(plan, cloud),
  monthlyCost: cost(plan, cloud),
});

/** How the plan moves what AWS counts: only what it changes. */
export function quotaUses(plan: Plan, cloud: Cloud): readonly QuotaUse[] {
  const regions = [...new Set(plan.steps.map(regionIn))].filter((region) => region !== "").toSorted();
  const quotas = [
    ...checkAccounts(plan).map((account) => healthCheckUse(plan, account, cloud)),
    ...regions.flatMap((region) => {
      const { certificates, domains } = regionOf(cloud, plan.account, region);
      return [
        quotaUse(
          plan,
          "certificate",
          region,
          "certificates",
          certificates.size,
          quotaOf(cloud, plan.account, "acm.certificates"),
        ),
        quotaUse(
          { ...plan, steps: plan.steps.filter((step) => !isUnseen(step, domains)) },
          "api-domain",
          region,
          "API domains",
          domains.size,
          quotaOf(cloud, plan.account, "apigateway.domainNames"),
        ),
      ];
    }),
  ];
  return quotas.filter((each) => each.peak !== each.now || each.after !== each.now);
}

/** A plan that needs more than AWS gives by default, or than the manifest tells: the account may have more, so it goes on. */
export function quotaWarnings(plan: Plan, cloud: Cloud): readonly Diagnostic[] {
  return outlook(plan, cloud)
    .quotas.filter((each) => each.peak > each.quota && each.peak > each.now)
    .map(({ account, what, region, now, peak, quota }) => ({
      code: "QUOTA_EXCEEDED",
      severity: "warning",
      message: `The plan needs ${peak} ${what}${region === "" ? "" : ` in ${region}`}${account === plan.account ? "" : ` in account ${account}`}; there are ${now}, and the quota is ${quota}.`,
      help: "Have the quota raised first (and say so under `quotas:`), or change less at once: what is over the quota fails, and the next run goes on from there.",
    }));
}

const regionIn = (step: Step): string =>
  ((step.change.after ?? step.change.before) as { readonly region?: string } | undefined)?.region ?? "";

/** The deletion of a domain that is not there, or not seen, frees nothing. */
const isUnseen = ({ kind, action, change }: Step, domains: RegionalState["domains"]): boolean =>
  kind === "api-domain" && action === "delete" && !domains.has((change.before as NameSpec).name);

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
  return { account: plan.account, what, region, now, peak: now + made, after: now + made - gone, quota };
}

/** Accounts in which the plan makes or deletes health checks. */
const checkAccounts = (plan: Plan): readonly AccountId[] => [...new Set(plan.steps.flatMap(checkAccount))].toSorted();

function checkAccount({ kind, change }: Step): readonly AccountId[] {
  const spec = kind === "health-check" ? ((change.after ?? change.before) as HealthCheckSpec | undefined) : undefined;
  return spec === undefined ? [] : [spec.zone.account];
}

/** Health checks count in the account of their name's zone. */
function healthCheckUse(plan: Plan, account: AccountId, cloud: Cloud): QuotaUse {
  const there = { ...plan, account, steps: plan.steps.filter((step) => checkAccount(step).includes(account)) };
  const { size } = accountOf(cloud, account).healthChecks;
  return quotaUse(there, "health-check", "", "health checks", size, quotaOf(cloud, account, "route53.healthChecks"));
}

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
