import type { Cloud } from "../../cloud/cloud.ts";
import { requestedThisYear } from "../../cloud/acm/request-certificate.ts";
import { accountOf, regionOf } from "../../cloud/edit.ts";
import { QUOTAS, exceedsQuota, quotaOf } from "../../cloud/quotas.ts";
import type { QuotaKey } from "../../cloud/quotas.ts";
import { madeToday } from "../../cloud/route53/health-check-age.ts";
import { display } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Plan, Step } from "../../plan/plan.ts";
import { leastQuota, peakOf, turnovers } from "../../plan/turnover.ts";
import { checkUser } from "../../resource/check-user.ts";
import type { CheckUserSpec } from "../../resource/check-user.ts";
import type { ZoneRef } from "../../resource/kind.ts";
import { recordSwitch } from "../../resource/record-switch.ts";
import type { RecordSwitchSpec } from "../../resource/record-switch.ts";
import { markerOf } from "../../resource/swap.ts";
import { nameOf } from "../cones.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Violation } from "../proof.ts";

/**
 * What AWS counts stays within the quotas in the worst order that the plan's steps may run in: what waits for deletions
 * has their room, everything else is made before anything goes. Over a whole estate this is added up, not searched for.
 * Source: cloud/quotas.ts, each with its own, checked 2026-11-23.
 */
export const quotasSuffice = {
  code: "QUOTA_TOO_SMALL",
  adds: (plan: Plan, cloud: Cloud) => [...counted(plan, cloud), ...madeLately(plan, cloud), ...recordSets(plan, cloud)],
} satisfies Invariant;

const counted = (plan: Plan, cloud: Cloud): readonly Violation[] =>
  turnovers(plan.steps, plan.account, cloud).flatMap((turnover) => {
    const { account, key, what, region, now, quota } = turnover;
    const peak = peakOf(turnover, plan.steps);
    if (!exceedsQuota(cloud, account, key, now, peak)) return [];
    const least = leastQuota(turnover, plan.steps);
    const place = region === "" ? "" : ` in ${region}`;
    return [tooSmall(key, `${peak} ${what}${place}`, now, quota, least < peak ? `, and ${least} in waves` : "")];
  });

/** What is counted over a time, whether it is deleted since or not. */
const madeLately = (plan: Plan, cloud: Cloud): readonly Violation[] =>
  turnovers(plan.steps, plan.account, cloud).flatMap(({ key, account, region, made: { length } }) => {
    if (key === "apigateway.domainNames") return [];
    const [rate, lately] =
      key === "acm.certificates"
        ? (["acm.requestsPerYear", requestedThisYear(regionOf(cloud, account, region), cloud.now)] as const)
        : (["route53.healthChecksPerDay", madeToday(accountOf(cloud, account), cloud.now).size] as const);
    if (!exceedsQuota(cloud, account, rate, lately, lately + length)) return [];
    const what = `${lately + length} ${QUOTAS[rate].counts}${region === "" ? "" : `, in ${region}`}`;
    return [tooSmall(rate, what, lately, quotaOf(cloud, account, rate))];
  });

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
    // In one batch with what goes.
    if (step.kind === recordSwitch.name) for (let more = moreRecords(step); more > 0; more--) add(zone);
    const name = step.kind === "record-set" ? nameOf(step)?.name : homeIn(step);
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

/** The home marker that a name registers in. */
const homeIn = ({ kind, change }: Step): DomainName | undefined =>
  kind === checkUser.name ? (change.after as CheckUserSpec).name : undefined;

function moreRecords({ change }: Step): number {
  const [before, after] = [change.before, change.after] as readonly (RecordSwitchSpec | undefined)[];
  return (after?.records.length ?? 0) - (before?.records.length ?? 0);
}

const tooSmall = (key: QuotaKey, what: string, now: number, quota: number, least = ""): Violation => ({
  code: "QUOTA_TOO_SMALL",
  name: nowhere,
  viewpoint: undefined,
  message: `The plan needs ${what} at its worst moment${least}; there are ${now}, and the quota is ${quota}.`,
  help: `Have the quota raised and say so in the manifest (\`quotas: { …: { ${key}: N } }\`), or change less at once.`,
});
