import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { behaviorsOf, isFields, itemsOf, textOf } from "./distribution-config.ts";
import { invalidArgument } from "./faults.ts";
import type { Fields } from "./state.ts";

/** What an update must name though a creation need not. */
// Assumed: these; that there are such members is told, and some are reported, but no list was found.
const NEEDED = [
  "Aliases",
  "DefaultRootObject",
  "CacheBehaviors",
  "CustomErrorResponses",
  "Logging",
  "PriceClass",
  "ViewerCertificate",
  "Restrictions",
  "WebACLId",
  "HttpVersion",
];

/**
 * Why an update may not leave the config as it is given: it replaces all that is there, so that what is left out would
 * be lost, and the caller reference stays. Undefined: it may.
 * Source: CloudFront API reference "UpdateDistribution" (include all fields), and AWS CLI reference "create-distribution"
 * (more fields are required for an update), checked 2026-11-24. `IllegalUpdate: … is required for updates` and the words
 * about field-level encryption are as they are reported.
 */
// Assumed: that all of these are refused by the same code and words.
export function updateFault(before: Fields, config: Fields): Outcome | undefined {
  if (textOf(config, "CallerReference") !== textOf(before, "CallerReference"))
    return refused("IllegalUpdate", "You cannot update the CallerReference.");
  const absent = NEEDED.find((name) => config[name] === undefined) ?? absentOfOrigin(config);
  if (absent !== undefined) return refused("IllegalUpdate", `${absent} is required for updates.`);
  return behaviorsOf(config).some((behavior) => behavior["FieldLevelEncryptionId"] === undefined)
    ? invalidArgument("The parameter Field level encryption id is required.")
    : undefined;
}

function absentOfOrigin(config: Fields): string | undefined {
  for (const origin of itemsOf(config["Origins"])) {
    if (!isFields(origin)) continue;
    const custom = origin["CustomOriginConfig"];
    if (origin["CustomHeaders"] === undefined) return "CustomHeaders";
    if (!isFields(custom)) continue;
    const absent = ["OriginReadTimeout", "OriginKeepaliveTimeout"].find((name) => custom[name] === undefined);
    if (absent !== undefined) return absent;
  }
  return undefined;
}
