import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { quotaOf } from "../quotas.ts";
import { holdsFunction } from "./association.ts";
import { findFunction, findVersion, functionArn, functionSummary, versionAt } from "./function-output.ts";
import { ifMatchFault } from "./if-match.ts";
import { CLOUDFRONT_LENGTHS } from "./limits.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { cloudFrontAt, withFunctions } from "./state.ts";
import type { EdgeFunction, FunctionConfig, FunctionStage, FunctionVersion } from "./state.ts";
import { tagFault, tagMap } from "./tags.ts";
import type { TagsMember } from "./tags.ts";

interface FunctionInput {
  readonly Name?: string;
  readonly FunctionConfig?: FunctionConfig;
  readonly FunctionCode?: Uint8Array;
  readonly Tags?: TagsMember;
  readonly IfMatch?: string;
}

const putFunction = (cloud: Cloud, call: Call, edge: EdgeFunction): Cloud =>
  withFunctions(cloud, call, cloudFrontAt(cloud, call.account).functions.set(edge.name, edge));

/**
 * A function at its first stage, DEVELOPMENT. Its code is not looked at before it runs.
 * Source: CloudFront API reference "CreateFunction", checked 2026-11-24.
 */
export const createFunction: Step = (cloud, call, ids) => {
  const { Name: name = "", Tags, ...input } = call.input as FunctionInput;
  const { functions } = cloudFrontAt(cloud, call.account);
  if (functions.has(name))
    return refused("FunctionAlreadyExists", "A function with the same name already exists in this account.", 409);
  const fault = contentFault(call, input) ?? tagFault(tagMap(Tags));
  if (fault !== undefined) return fault;
  if (functions.size >= quotaOf(cloud, call.account, "cloudfront.functions"))
    return refused("TooManyFunctions", "You have reached the maximum number of functions for this account.");
  const development = versionFrom(input, ids("etag"), cloud.now, cloud.now);
  const edge: EdgeFunction = { name, development, tags: tagMap(Tags) };
  const next = putFunction(cloud, call, edge);
  return succeeded(next, {
    FunctionSummary: functionSummary(next, call.account, edge, "DEVELOPMENT"),
    ETag: development.etag,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${functionArn(call.account, name)}`,
  });
};

const versionFrom = (
  { FunctionConfig: config = {}, FunctionCode: code }: FunctionInput,
  etag: string,
  createdAt: number,
  modifiedAt: number,
): FunctionVersion => ({ etag, config, code, createdAt, modifiedAt });

/** Source: CloudFront guide "Quotas" (CloudFront Functions), checked 2026-11-24. */
function contentFault(call: Call, { FunctionConfig: config, FunctionCode: code }: FunctionInput): Outcome | undefined {
  if ((code?.length ?? 0) > CLOUDFRONT_LENGTHS.functionCode) {
    const message = `The function code is ${code?.length} bytes long, but at most ${CLOUDFRONT_LENGTHS.functionCode} are allowed.`;
    return refused("FunctionSizeLimitExceeded", message, 413);
  }
  const stores = config?.KeyValueStoreAssociations?.Quantity ?? 0;
  return stores > 0 ? notEmulated(call, "key value stores") : undefined;
}

/**
 * Other code and another config for the DEVELOPMENT stage; what is LIVE stays.
 * Source: CloudFront API reference "UpdateFunction", checked 2026-11-24.
 */
// Assumed: an update that changes nothing gives a new version too.
export const updateFunction: Step = (cloud, call, ids) => {
  const sought = findFunction(cloud, call);
  if ("no" in sought) return sought.no;
  const input = call.input as FunctionInput;
  const { development } = sought.found;
  const fault = ifMatchFault(input.IfMatch, development?.etag) ?? contentFault(call, input);
  if (fault !== undefined) return fault;
  const next = versionFrom(input, ids("etag"), development?.createdAt ?? cloud.now, cloud.now);
  const edge = { ...sought.found, development: next };
  const changed = putFunction(cloud, call, edge);
  return succeeded(changed, {
    FunctionSummary: functionSummary(changed, call.account, edge, "DEVELOPMENT"),
    ETag: next.etag,
  });
};

/**
 * The DEVELOPMENT version becomes what is LIVE, and every cache behavior that the function is associated with runs it.
 * Source: CloudFront API reference "PublishFunction", checked 2026-11-24.
 */
// Assumed: the DEVELOPMENT stage keeps its version id; to publish the same again makes a new LIVE version.
export const publishFunction: Step = (cloud, call, ids) => {
  const sought = findFunction(cloud, call);
  if ("no" in sought) return sought.no;
  const { development, live } = sought.found;
  const fault = ifMatchFault((call.input as FunctionInput).IfMatch, development?.etag);
  if (fault !== undefined) return fault;
  if (development === undefined) return notEmulated(call, "a function of which only the published version was read");
  const createdAt = live?.createdAt ?? cloud.now;
  const published = { ...development, etag: ids("live-etag"), createdAt, modifiedAt: cloud.now };
  const edge = { ...sought.found, live: published };
  const next = putFunction(cloud, call, edge);
  return succeeded(next, { FunctionSummary: functionSummary(next, call.account, edge, "LIVE") });
};

export const describeFunction: Step = (cloud, call) => {
  const sought = findVersion(cloud, call);
  if ("no" in sought) return sought.no;
  const { found, stage, version } = sought;
  return succeeded(cloud, {
    FunctionSummary: functionSummary(cloud, call.account, found, stage),
    ETag: version.etag,
  });
};

/** The code itself is the body of the answer. Source: CloudFront API reference "GetFunction", checked 2026-11-24. */
export const getFunction: Step = (cloud, call) => {
  const sought = findVersion(cloud, call);
  if ("no" in sought) return sought.no;
  const { code, etag } = sought.version;
  return succeeded(cloud, { FunctionCode: code, ETag: etag, ContentType: "application/octet-stream" });
};

/** Not while a cache behavior runs it. Source: CloudFront API reference "DeleteFunction", checked 2026-11-24. */
export const deleteFunction: Step = (cloud, call) => {
  const sought = findFunction(cloud, call);
  if ("no" in sought) return sought.no;
  const { name, development } = sought.found;
  const fault = ifMatchFault((call.input as FunctionInput).IfMatch, development?.etag);
  if (fault !== undefined) return fault;
  if (holdsFunction(cloud, call.account, functionArn(call.account, name))) {
    const message = "The function is associated with one or more cache behaviors.";
    return refused("FunctionInUse", message, 409);
  }
  return succeeded(withFunctions(cloud, call, cloudFrontAt(cloud, call.account).functions.delete(name)));
};

/** Each stage of each function, or one stage of all. Source: CloudFront API reference "ListFunctions", checked 2026-11-24. */
export const listFunctions: Step = (cloud, call) => {
  const { Stage, ...paging } = call.input as PageInput & { readonly Stage?: FunctionStage };
  const stages: readonly FunctionStage[] = Stage === undefined ? ["DEVELOPMENT", "LIVE"] : [Stage];
  const { functions } = cloudFrontAt(cloud, call.account);
  const all = [...functions].flatMap((edge) =>
    stages
      .filter((stage) => versionAt(edge, stage) !== undefined)
      .map((stage) => [`${edge.name} ${stage}`, { edge, stage }] as const),
  );
  const listed = pageOf(all.toSorted(byKey), paging);
  if ("no" in listed) return listed.no;
  const { items, maxItems, nextMarker } = listed.page;
  const summaries = items.map(({ edge, stage }) => functionSummary(cloud, call.account, edge, stage));
  return succeeded(cloud, {
    FunctionList: {
      ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      MaxItems: maxItems,
      Quantity: items.length,
      ...(items.length === 0 ? {} : { Items: summaries }),
    },
  });
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
