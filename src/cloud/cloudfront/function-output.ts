import { cloudFrontArn } from "../arn.ts";
import type { AccountId, Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { isAssociated, runsNow } from "./association.ts";
import { noSuchFunction } from "./faults.ts";
import { CLOUDFRONT_TIMES } from "./limits.ts";
import { cloudFrontAt } from "./state.ts";
import type { EdgeFunction, FunctionStage, FunctionVersion } from "./state.ts";

export const functionArn = (account: AccountId, name: string): string => cloudFrontArn(account, `function/${name}`);

/** The version of a function at a stage; undefined when the function was not published. */
export const versionAt = (found: EdgeFunction, stage: FunctionStage): FunctionVersion | undefined =>
  stage === "LIVE" ? found.live : found.development;

interface Named {
  readonly Name?: string;
  readonly Stage?: FunctionStage;
}

/** The function that a call names, or why there is none. */
export function findFunction(cloud: Cloud, call: Call): { readonly found: EdgeFunction } | { readonly no: Outcome } {
  const found = cloudFrontAt(cloud, call.account).functions.get((call.input as Named).Name ?? "");
  return found === undefined ? { no: noSuchFunction() } : { found };
}

/** The version that a call names, DEVELOPMENT unless it says otherwise. Source: CloudFront API reference "DescribeFunction", checked 2026-11-24. */
// Assumed: which stage is meant when none is named.
export function findVersion(
  cloud: Cloud,
  call: Call,
):
  | { readonly found: EdgeFunction; readonly stage: FunctionStage; readonly version: FunctionVersion }
  | { readonly no: Outcome } {
  const sought = findFunction(cloud, call);
  if ("no" in sought) return sought;
  const stage = (call.input as Named).Stage ?? "DEVELOPMENT";
  const version = versionAt(sought.found, stage);
  return version === undefined ? { no: noSuchFunction() } : { found: sought.found, stage, version };
}

/** Source: CloudFront API reference "FunctionSummary" and "FunctionMetadata", checked 2026-11-24. */
export function functionSummary(cloud: Cloud, account: AccountId, found: EdgeFunction, stage: FunctionStage): unknown {
  const version = versionAt(found, stage);
  return {
    Name: found.name,
    Status: statusOf(cloud, account, found, stage),
    FunctionConfig: version?.config ?? {},
    FunctionMetadata: {
      FunctionARN: functionArn(account, found.name),
      Stage: stage,
      CreatedTime: version?.createdAt,
      LastModifiedTime: version?.modifiedAt,
    },
  };
}

/** The words are those of AWS's samples; the API reference ("FunctionSummary", checked 2026-11-24) lists none. */
// Assumed: when each is shown: UNPUBLISHED until the last change was published,
// UNASSOCIATED while no cache behavior runs it, IN_PROGRESS while the edge locations do not have it, then DEPLOYED.
function statusOf(cloud: Cloud, account: AccountId, found: EdgeFunction, stage: FunctionStage): string {
  const { development, live } = found;
  if (live === undefined || (stage === "DEVELOPMENT" && isAhead(development, live))) return "UNPUBLISHED";
  const arn = functionArn(account, found.name);
  if (!isAssociated(cloud, account, arn)) return "UNASSOCIATED";
  return cloud.now < publishedEverywhereAt(live) || !runsNow(cloud, account, arn) ? "IN_PROGRESS" : "DEPLOYED";
}

const isAhead = (development: FunctionVersion | undefined, live: FunctionVersion): boolean =>
  development !== undefined && development.modifiedAt > live.modifiedAt;

/** When every edge location runs the published version. */
export const publishedEverywhereAt = ({ modifiedAt }: FunctionVersion): Instant =>
  modifiedAt + CLOUDFRONT_TIMES.functionDeployedAfter;
