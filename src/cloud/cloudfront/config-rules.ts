import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { refused } from "../outcome.ts";
import { exceedsQuota } from "../quotas.ts";
import { aliasFault } from "./aliases.ts";
import { associationFault } from "./association.ts";
import { aliasesOf, behaviorsOf, isFields, itemsOf, textOf } from "./distribution-config.ts";
import { invalidArgument } from "./faults.ts";
import { quantityFault } from "./quantities.ts";
import type { Distribution, Fields } from "./state.ts";
import { certificateFault } from "./viewer-certificate.ts";

/**
 * Why CloudFront refuses a config, as far as it is looked into; undefined when it takes it. `before` is the distribution
 * as it is, undefined for a new one.
 * Source: CloudFront API reference "CreateDistribution" and "UpdateDistribution" (errors), checked 2026-11-24.
 */
// Assumed: which of several faults is told.
export function configFault(
  cloud: Cloud,
  call: Call,
  config: Fields,
  before: Distribution | undefined,
): Outcome | undefined {
  const id = before?.id ?? "";
  return (
    quantityFault(config) ??
    originFault(config) ??
    countFault(cloud, call, config, before?.config ?? {}) ??
    (presents(config) === presents(before?.config ?? {}) ? undefined : certificateFault(cloud, call, config)) ??
    aliasFault(cloud, call.account, { id, config, before: aliasesOf(before?.config ?? {}).length }) ??
    associationFault(cloud, call.account, id, config)
  );
}

/** What the rules of the certificate look at. */
// Assumed: a certificate that has expired meanwhile does not stand in the way of changes of other things.
const presents = (config: Fields): string => JSON.stringify([aliasesOf(config), config["ViewerCertificate"]]);

/** Every behavior leads to an origin, or a group of origins, that is there. The wording of NoSuchOrigin is as it is reported. */
function originFault(config: Fields): Outcome | undefined {
  const origins = idsOf(config["Origins"]);
  if (origins.length === 0) return invalidArgument("A distribution needs at least one origin.");
  if (new Set(origins).size < origins.length) return invalidArgument("Two origins have the same id.");
  const targets = [...origins, ...idsOf(config["OriginGroups"])];
  return behaviorsOf(config).every((behavior) => targets.includes(textOf(behavior, "TargetOriginId")))
    ? undefined
    : refused("NoSuchOrigin", "One or more of your origins or origin groups do not exist.", 404);
}

const idsOf = (list: unknown): readonly string[] =>
  itemsOf(list)
    .filter(isFields)
    .map((item) => textOf(item, "Id"));

/** Source: CloudFront guide "Quotas" (General quotas on distributions), checked 2026-11-24. */
// Assumed: the default cache behavior does not count.
function countFault(cloud: Cloud, call: Call, config: Fields, before: Fields): Outcome | undefined {
  const grows = (key: "cloudfront.origins" | "cloudfront.cacheBehaviors", count: (fields: Fields) => number): boolean =>
    exceedsQuota(cloud, call.account, key, count(before), count(config));
  if (grows("cloudfront.origins", (fields) => itemsOf(fields["Origins"]).length))
    return refused("TooManyOrigins", "Your request contains more origins than are allowed per distribution.");
  if (grows("cloudfront.cacheBehaviors", (fields) => itemsOf(fields["CacheBehaviors"]).length))
    return refused("TooManyCacheBehaviors", "Your request contains more cache behaviors than are allowed.");
  return undefined;
}
