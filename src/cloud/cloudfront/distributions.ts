import type { AccountId, Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { withDefaults } from "./config-defaults.ts";
import { configFault } from "./config-rules.ts";
import { deploying, distributionArn, putDistribution, statusOf, withoutDistribution } from "./deployment.ts";
import { textOf } from "./distribution-config.ts";
import { noSuchDistribution } from "./faults.ts";
import { ifMatchFault } from "./if-match.ts";
import { listOf, pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { cloudFrontAt } from "./state.ts";
import type { Distribution, Fields } from "./state.ts";
import { tagFault, tagMap } from "./tags.ts";
import type { TagsMember } from "./tags.ts";
import { updateFault } from "./update-rules.ts";

interface DistributionInput {
  readonly Id?: string;
  readonly IfMatch?: string;
  readonly DistributionConfig?: Fields;
  readonly DistributionConfigWithTags?: { readonly DistributionConfig?: Fields; readonly Tags?: TagsMember };
}

/** Source: CloudFront API reference "Distribution", checked 2026-11-24. Trusted signers and key groups are not modelled: none is active. */
function distributionOutput(account: AccountId, distribution: Distribution): unknown {
  return {
    Id: distribution.id,
    ARN: distributionArn(account, distribution.id),
    Status: statusOf(distribution),
    LastModifiedTime: distribution.modifiedAt,
    InProgressInvalidationBatches: 0,
    DomainName: distribution.domainName,
    ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
    ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    DistributionConfig: distribution.config,
  };
}

/** The distribution that a call names, or why there is none. */
function findDistribution(cloud: Cloud, call: Call): { readonly found: Distribution } | { readonly no: Outcome } {
  const { Id: id = "" } = call.input as DistributionInput;
  const found = cloudFrontAt(cloud, call.account).distributions.get(id);
  return found === undefined ? { no: noSuchDistribution() } : { found };
}

/** Settings that would make another thing of it. */
function unmodelledSetting(call: Call, config: Fields): Outcome | undefined {
  if (config["Staging"] === true) return notEmulated(call, "staging distributions");
  if (textOf(config, "ContinuousDeploymentPolicyId") !== "") return notEmulated(call, "continuous deployment");
  return textOf(config, "ConnectionMode") === "tenant-only"
    ? notEmulated(call, "multi-tenant distributions")
    : undefined;
}

/** Source: CloudFront API reference "CreateDistribution", checked 2026-11-24. */
export const createDistribution: Step = (cloud, call, ids) =>
  create(cloud, call, ids, (call.input as DistributionInput).DistributionConfig ?? {}, {});

/** Source: CloudFront API reference "CreateDistributionWithTags", checked 2026-11-24. */
export const createDistributionWithTags: Step = (cloud, call, ids) => {
  const { DistributionConfig: config = {}, Tags } = (call.input as DistributionInput).DistributionConfigWithTags ?? {};
  const tags = tagMap(Tags);
  return tagFault(tags) ?? create(cloud, call, ids, config, tags);
};

type Ids = Parameters<Step>[2];

/** A caller reference is of one distribution; the wording of the refusal is as it is reported. */
// Assumed: that of a distribution that was deleted may be used again.
function create(cloud: Cloud, call: Call, ids: Ids, given: Fields, tags: Readonly<Record<string, string>>): Outcome {
  const { distributions } = cloudFrontAt(cloud, call.account);
  const reference = textOf(given, "CallerReference");
  const twin = [...distributions].find(({ config }) => textOf(config, "CallerReference") === reference);
  if (twin !== undefined) {
    const message = `The caller reference that you are using to create a distribution is associated with another distribution. Already exists: ${twin.id}`;
    return refused("DistributionAlreadyExists", message, 409);
  }
  const count = distributions.size;
  if (exceedsQuota(cloud, call.account, "cloudfront.distributions", count, count + 1))
    return refused("TooManyDistributions", "You have exceeded the maximum number of distributions allowed.");
  const fault = unmodelledSetting(call, given) ?? configFault(cloud, call, given, undefined);
  if (fault !== undefined) return fault;
  const id = ids("distribution");
  const made: Distribution = {
    id,
    domainName: `${ids("distribution-domain")}.cloudfront.net`,
    etag: ids("etag"),
    config: withDefaults(given),
    modifiedAt: cloud.now,
    tags,
  };
  const next = deploying(undefined, made, cloud.now);
  return succeeded(putDistribution(cloud, call.account, next), {
    Distribution: distributionOutput(call.account, next),
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`,
    ETag: next.etag,
  });
}

export const getDistribution: Step = (cloud, call) => {
  const sought = findDistribution(cloud, call);
  if ("no" in sought) return sought.no;
  const { found } = sought;
  return succeeded(cloud, { Distribution: distributionOutput(call.account, found), ETag: found.etag });
};

export const getDistributionConfig: Step = (cloud, call) => {
  const sought = findDistribution(cloud, call);
  if ("no" in sought) return sought.no;
  return succeeded(cloud, { DistributionConfig: sought.found.config, ETag: sought.found.etag });
};

/**
 * The whole config at once, in place of the one that is there. It may be changed again before it is deployed.
 * Source: CloudFront API reference "UpdateDistribution", checked 2026-11-24.
 */
// Assumed: that it may; and that an update that changes nothing is deployed too, under a new version.
export const updateDistribution: Step = (cloud, call, ids) => {
  const sought = findDistribution(cloud, call);
  if ("no" in sought) return sought.no;
  const { DistributionConfig: given = {}, IfMatch } = call.input as DistributionInput;
  const { found } = sought;
  const fault =
    ifMatchFault(IfMatch, found.etag) ??
    updateFault(found.config, given) ??
    unmodelledSetting(call, given) ??
    configFault(cloud, call, given, found);
  if (fault !== undefined) return fault;
  const next = deploying(found, { ...found, config: withDefaults(given), etag: ids("etag") }, cloud.now);
  return succeeded(putDistribution(cloud, call.account, next), {
    Distribution: distributionOutput(call.account, next),
    ETag: next.etag,
  });
};

/** Only what was disabled, and is deployed as such. Source: CloudFront guide "Delete a distribution", checked 2026-11-24; the wording is as it is reported. */
// Assumed: the same code and wording while the disabling is not deployed.
export const deleteDistribution: Step = (cloud, call) => {
  const sought = findDistribution(cloud, call);
  if ("no" in sought) return sought.no;
  const { found } = sought;
  const fault = ifMatchFault((call.input as DistributionInput).IfMatch, found.etag);
  if (fault !== undefined) return fault;
  if (found.config["Enabled"] !== false || found.deployment !== undefined) {
    const message = "The distribution you are trying to delete has not been disabled.";
    return refused("DistributionNotDisabled", message, 409);
  }
  return succeeded(withoutDistribution(cloud, call.account, found.id));
};

/** What a listing shows of a config. Source: CloudFront API reference "DistributionSummary", checked 2026-11-24. */
const LISTED = [
  "Aliases",
  "Origins",
  "OriginGroups",
  "DefaultCacheBehavior",
  "CacheBehaviors",
  "CustomErrorResponses",
  "Comment",
  "PriceClass",
  "Enabled",
  "ViewerCertificate",
  "Restrictions",
  "WebACLId",
  "HttpVersion",
  "IsIPV6Enabled",
  "Staging",
  "ConnectionMode",
  "AnycastIpListId",
  "ViewerMtlsConfig",
  "ConnectionFunctionAssociation",
];

/** The members of a config that a listing shows. */
const listedPart = (config: Fields): Fields =>
  Object.fromEntries(LISTED.filter((name) => config[name] !== undefined).map((name) => [name, config[name]]));

/** Source: CloudFront API reference "ListDistributions", checked 2026-11-24. */
export const listDistributions: Step = (cloud, call) => {
  const input = call.input as PageInput;
  const listed = pageOf(cloudFrontAt(cloud, call.account).distributions.entries(), input);
  if ("no" in listed) return listed.no;
  const { items, maxItems, nextMarker } = listed.page;
  const summaries = items.map((each) => ({
    Id: each.id,
    ARN: distributionArn(call.account, each.id),
    ETag: each.etag,
    Status: statusOf(each),
    LastModifiedTime: each.modifiedAt,
    DomainName: each.domainName,
    ...listedPart(each.config),
  }));
  return succeeded(cloud, {
    DistributionList: {
      Marker: input.Marker ?? "",
      ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      MaxItems: maxItems,
      IsTruncated: nextMarker !== undefined,
      ...listOf(summaries),
    },
  });
};
