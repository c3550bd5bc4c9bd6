import type { Call } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import type { Instant } from "../instant.ts";
import type { Table } from "../table.ts";
import { cloudFrontOf } from "./state.ts";
import type { CloudFront, Distribution, EdgeFunction, Fields, FunctionConfig, FunctionVersion } from "./state.ts";
import { withCloudFrontTags } from "./tagged.ts";
import { tagMap } from "./tags.ts";
import type { TagsMember } from "./tags.ts";

interface SummaryOutput {
  readonly Name?: string;
  readonly FunctionConfig?: FunctionConfig;
  readonly FunctionMetadata?: {
    readonly Stage?: string;
    readonly CreatedTime?: Instant;
    readonly LastModifiedTime?: Instant;
  };
}

interface DistributionOutput {
  readonly Id?: string;
  readonly DomainName?: string;
  readonly Status?: string;
  readonly LastModifiedTime?: Instant;
  readonly DistributionConfig?: Fields;
}

interface Output {
  readonly ETag?: string;
  readonly FunctionSummary?: SummaryOutput;
  readonly FunctionCode?: Uint8Array;
  readonly FunctionList?: { readonly NextMarker?: string; readonly Items?: readonly SummaryOutput[] };
  readonly Distribution?: DistributionOutput;
  readonly DistributionConfig?: Fields;
  readonly DistributionList?: {
    readonly NextMarker?: string;
    readonly Items?: readonly (DistributionOutput & Fields)[];
  };
  readonly Tags?: TagsMember;
}

interface Input {
  readonly Name?: string;
  readonly Stage?: string;
  readonly Id?: string;
  readonly Resource?: string;
  readonly Marker?: string;
}

/** Folds what CloudFront answered to a read into the Cloud; what an answer does not tell stays as it was. */
export function absorbCloudFront(cloud: Cloud, call: Call, output: unknown): Cloud {
  const input: Input = call.input ?? {};
  const told = output as Output;
  if (call.operation === "ListTagsForResource")
    return withCloudFrontTags(cloud, call.account, input.Resource ?? "", tagMap(told.Tags));
  const account = accountOf(cloud, call.account);
  const known = cloudFrontOf(account);
  const next = read(known, call.operation, input, told);
  return next === undefined ? cloud : withAccount(cloud, { ...account, cloudfront: next });
}

function read(known: CloudFront, operation: string, input: Input, output: Output): CloudFront | undefined {
  switch (operation) {
    case "DescribeFunction":
      return withVersion(known, output.FunctionSummary ?? {}, { etag: output.ETag });
    case "GetFunction":
      return withCode(known, input, output);
    case "ListFunctions": {
      const summaries = output.FunctionList?.Items ?? [];
      const all = input.Marker === undefined && input.Stage === undefined;
      const names = new Set(summaries.map(({ Name }) => Name));
      // A page that ends a listing it began tells what is gone; longer listings only add.
      const whole = all && output.FunctionList?.NextMarker === undefined;
      const kept = whole ? { ...known, functions: only(known.functions, names) } : known;
      return summaries.reduce<CloudFront>((at, told) => withVersion(at, told, {}), kept);
    }
    case "GetDistribution":
      return withDistribution(known, output.Distribution ?? {}, output.ETag, output.Distribution?.DistributionConfig);
    case "GetDistributionConfig":
      return withConfig(known, input.Id ?? "", output);
    case "ListDistributions": {
      const items = output.DistributionList?.Items ?? [];
      const whole = input.Marker === undefined && output.DistributionList?.NextMarker === undefined;
      const ids = new Set(items.map(({ Id }) => Id));
      const kept = whole ? { ...known, distributions: only(known.distributions, ids) } : known;
      return items.reduce<CloudFront>((at, told) => withListed(at, told), kept);
    }
    default:
      return undefined;
  }
}

function only<V>(table: Table<V>, keys: ReadonlySet<string | undefined>): Table<V> {
  let kept = table;
  for (const [key] of table.entries()) if (!keys.has(key)) kept = kept.delete(key);
  return kept;
}

/** A version that was changed since it was read has another code, and another ETag. */
function withVersion(
  known: CloudFront,
  told: SummaryOutput,
  { etag }: { readonly etag?: string | undefined },
): CloudFront {
  const {
    Name: name = "",
    FunctionConfig: config = {},
    FunctionMetadata: { Stage, CreatedTime, LastModifiedTime } = {},
  } = told;
  const edge: EdgeFunction = known.functions.get(name) ?? { name, tags: undefined };
  const stage = Stage === "LIVE" ? "live" : "development";
  const before = edge[stage];
  const modifiedAt = LastModifiedTime ?? 0;
  const same = before?.modifiedAt === modifiedAt ? before : undefined;
  const version: FunctionVersion = {
    etag: etag ?? same?.etag,
    config,
    code: same?.code,
    createdAt: CreatedTime ?? before?.createdAt ?? modifiedAt,
    modifiedAt,
  };
  return { ...known, functions: known.functions.set(name, { ...edge, [stage]: version }) };
}

/** GetFunction tells no more than the code: of a function that was not described nothing is known yet. */
function withCode(known: CloudFront, { Name: name = "", Stage }: Input, output: Output): CloudFront {
  const edge = known.functions.get(name);
  const stage = Stage === "LIVE" ? "live" : "development";
  const version = edge?.[stage];
  if (edge === undefined || version === undefined || output.FunctionCode === undefined) return known;
  const next = { ...version, code: output.FunctionCode, etag: output.ETag ?? version.etag };
  return { ...known, functions: known.functions.set(name, { ...edge, [stage]: next }) };
}

function withDistribution(
  known: CloudFront,
  told: DistributionOutput,
  etag: string | undefined,
  config: Fields | undefined,
): CloudFront {
  const { Id: id = "", DomainName = "", Status, LastModifiedTime = 0 } = told;
  const before = known.distributions.get(id);
  const distribution: Distribution = {
    id,
    domainName: DomainName,
    etag,
    config: config ?? before?.config ?? {},
    modifiedAt: LastModifiedTime,
    ...underWay(Status, before),
    tags: before?.tags,
  };
  return { ...known, distributions: known.distributions.set(id, distribution) };
}

/** When a deployment is over AWS does not say beforehand: only a read makes it so. */
function underWay(status: string | undefined, before: Distribution | undefined): Pick<Distribution, "deployment"> {
  if (status !== "InProgress") return {};
  return { deployment: before?.deployment ?? { dueAt: Infinity, still: [] } };
}

function withConfig(known: CloudFront, id: string, { DistributionConfig: config, ETag: etag }: Output): CloudFront {
  const before = known.distributions.get(id);
  if (before === undefined || config === undefined) return known;
  return { ...known, distributions: known.distributions.set(id, { ...before, config, etag }) };
}

/** A listing shows a part of the config only: what was read in full stays while the distribution was not changed. */
function withListed(known: CloudFront, told: DistributionOutput & Fields): CloudFront {
  const { Id: id = "", LastModifiedTime: at } = told;
  const before = known.distributions.get(id);
  if (before?.modifiedAt === at && before !== undefined)
    return withDistribution(known, told, before.etag, before.config);
  const {
    Id: _id,
    ARN: _arn,
    ETag: _etag,
    Status: _status,
    LastModifiedTime: _at,
    DomainName: _name,
    ...config
  } = told;
  return withDistribution(known, told, undefined, config);
}
