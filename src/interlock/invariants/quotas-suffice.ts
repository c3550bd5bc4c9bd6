import type { Cloud } from "../../cloud/cloud.ts";
import { accountOf } from "../../cloud/edit.ts";
import { exceedsQuota, quotaOf } from "../../cloud/quotas.ts";
import type { QuotaKey } from "../../cloud/quotas.ts";
import { display } from "../../dns/domain-name.ts";
import { quotaUses } from "../../plan/outlook.ts";
import type { QuotaUse } from "../../plan/outlook.ts";
import type { Plan } from "../../plan/plan.ts";
import type { ZoneRef } from "../../resource/kind.ts";
import { markerOf } from "../../resource/swap.ts";
import { nameOf } from "../cones.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Violation } from "../proof.ts";

/**
 * What AWS counts stays within the quotas when everything is made before anything goes: the worst that any order can
 * come to. Over a whole estate this is added up, not searched for.
 * Source: cloud/quotas.ts, each with its own, checked 2026-11-23.
 */
export const quotasSuffice = {
  code: "QUOTA_TOO_SMALL",
  adds: (plan: Plan, cloud: Cloud) => [...counted(plan, cloud), ...recordSets(plan, cloud)],
} satisfies Invariant;

const KEYS: Readonly<Record<QuotaUse["what"], QuotaKey>> = {
  "health checks": "route53.healthChecks",
  certificates: "acm.certificates",
  "API domains": "apigateway.domainNames",
};

const counted = (plan: Plan, cloud: Cloud): readonly Violation[] =>
  quotaUses(plan, cloud)
    .filter(({ account, what, now, peak }) => exceedsQuota(cloud, account, KEYS[what], now, peak))
    .map(({ what, region, now, peak, quota }) =>
      tooSmall(KEYS[what], `${peak} ${what}${region === "" ? "" : ` in ${region}`}`, now, quota),
    );

function recordSets(plan: Plan, cloud: Cloud): readonly Violation[] {
  const made = new Map<string, { readonly zone: ZoneRef; count: number }>();
  const add = (zone: ZoneRef): void => {
    const key = `${zone.account} ${zone.id}`;
    const known = made.get(key) ?? { zone, count: 0 };
    known.count += 1;
    made.set(key, known);
  };
  const marked = new Set<string>();
  for (const step of plan.steps) {
    const { zone } = (step.change.after ?? {}) as { readonly zone?: ZoneRef };
    if (zone === undefined) continue;
    if (step.kind === "validation-record" || (step.kind === "record-set" && step.action === "create")) add(zone);
    const name = step.kind === "record-set" ? nameOf(step)?.name : undefined;
    if (name === undefined || marked.has(name) || markerOf(cloud, { zone, name }) !== undefined) continue;
    marked.add(name);
    add(zone);
  }
  return [...made.values()].flatMap(({ zone, count }) => {
    const now = accountOf(cloud, zone.account).zones.get(zone.id)?.recordSets.size ?? 0;
    const quota = quotaOf(cloud, zone.account, "route53.recordSets");
    return exceedsQuota(cloud, zone.account, "route53.recordSets", now, now + count)
      ? [tooSmall("route53.recordSets", `${now + count} record sets in ${display(zone.name)}`, now, quota)]
      : [];
  });
}

const tooSmall = (key: QuotaKey, what: string, now: number, quota: number): Violation => ({
  code: "QUOTA_TOO_SMALL",
  name: nowhere,
  viewpoint: undefined,
  message: `The plan needs ${what} at its worst moment; there are ${now}, and the quota is ${quota}.`,
  help: `Have the quota raised and say so in the manifest (\`quotas: { …: { ${key}: N } }\`), or change less at once.`,
});
