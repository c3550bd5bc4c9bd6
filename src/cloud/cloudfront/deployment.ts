import { cloudFrontArn } from "../arn.ts";
import type { AccountId } from "../call.ts";
import type { Account, Cloud } from "../cloud.ts";
import { accountOf, regionOf, withRegion } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { usedBy } from "./distribution-config.ts";
import { publishedEverywhereAt } from "./function-output.ts";
import { CLOUDFRONT_TIMES } from "./limits.ts";
import { cloudFrontOf, withDistributions } from "./state.ts";
import type { Distribution } from "./state.ts";
import { CERTIFICATE_REGION } from "./viewer-certificate.ts";

/** The ARN of a distribution. */
export const distributionArn = (account: AccountId, id: string): string => cloudFrontArn(account, `distribution/${id}`);

/** Source: CloudFront API reference "Distribution" (Status), checked 2026-11-24. */
export const statusOf = ({ deployment }: Distribution): "InProgress" | "Deployed" =>
  deployment === undefined ? "Deployed" : "InProgress";

/**
 * A distribution with another config, on its way to the edge locations: until it is there they may use what it used.
 * Source: CloudFront API reference "Distribution" (Status), checked 2026-11-24.
 */
// Assumed: a change that comes while another is on its way starts the time anew.
export function deploying(before: Distribution | undefined, after: Distribution, now: Instant): Distribution {
  const still = before === undefined ? [] : [...usedBy(before.config), ...(before.deployment?.still ?? [])];
  const dueAt = now + CLOUDFRONT_TIMES.distributionDeployedAfter;
  return { ...after, modifiedAt: now, deployment: { dueAt, still: [...new Set(still)] } };
}

/** The Cloud with this distribution in it, and the certificates that it uses held. */
export function putDistribution(cloud: Cloud, account: AccountId, distribution: Distribution): Cloud {
  const { distributions } = cloudFrontOf(accountOf(cloud, account));
  const next = withDistributions(cloud, { account }, distributions.set(distribution.id, distribution));
  const used = [...usedBy(distribution.config), ...(distribution.deployment?.still ?? [])];
  return holding(next, account, distribution.id, used);
}

/** The Cloud without it; it was deployed as disabled, so that nothing uses its certificate any more. */
export function withoutDistribution(cloud: Cloud, account: AccountId, id: string): Cloud {
  const { distributions } = cloudFrontOf(accountOf(cloud, account));
  return holding(withDistributions(cloud, { account }, distributions.delete(id)), account, id, []);
}

/**
 * ACM's certificates with the distribution among what uses them, where it does, and nowhere else.
 * Source: ACM API reference "CertificateDetail" (InUseBy), checked 2026-11-24.
 */
// Assumed: ACM notices at once that a distribution took a certificate, and that it let go of it when that is deployed.
function holding(cloud: Cloud, account: AccountId, id: string, used: readonly string[]): Cloud {
  const state = regionOf(cloud, account, CERTIFICATE_REGION);
  const consumer = distributionArn(account, id);
  let { certificates } = state;
  for (const certificate of state.certificates) {
    const { arn, inUseBy } = certificate;
    if (inUseBy.includes(consumer) === used.includes(arn)) continue;
    const others = inUseBy.filter((each) => each !== consumer);
    certificates = certificates.set(arn, {
      ...certificate,
      inUseBy: used.includes(arn) ? [...others, consumer] : others,
    });
  }
  return certificates === state.certificates ? cloud : withRegion(cloud, account, { ...state, certificates });
}

/** The Cloud with everything deployed that is due by `now`. */
export function tickCloudFront(cloud: Cloud, account: AccountId, now: Instant): Cloud {
  let next = cloud;
  for (const distribution of cloudFrontOf(accountOf(cloud, account)).distributions) {
    const { deployment, ...deployed } = distribution;
    if (deployment !== undefined && deployment.dueAt <= now) next = putDistribution(next, account, deployed);
  }
  return next;
}

/** When something of CloudFront's next comes to every edge location; Infinity when all is there. */
export function nextCloudFrontEvent(account: Account, now: Instant): Instant {
  const { functions, distributions } = cloudFrontOf(account);
  let due = Infinity;
  for (const { deployment } of distributions) due = Math.min(due, deployment?.dueAt ?? Infinity);
  for (const { live } of functions) {
    const at = live === undefined ? Infinity : publishedEverywhereAt(live);
    if (at > now) due = Math.min(due, at);
  }
  return due;
}
