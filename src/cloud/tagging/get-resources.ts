import { display } from "../../dns/domain-name.ts";
import { tagList } from "../acm/tags.ts";
import type { Tag } from "../acm/tags.ts";
import { domainNameArn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { RegionalState } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";

interface GetResourcesInput {
  readonly TagFilters?: readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
  readonly ResourceTypeFilters?: readonly string[];
  readonly ResourceARNList?: readonly string[];
  readonly ResourcesPerPage?: number;
  readonly TagsPerPage?: number;
  readonly PaginationToken?: string;
  readonly IncludeComplianceDetails?: boolean;
}

interface Tagged {
  readonly arn: string;
  /** As in ResourceTypeFilters: `acm:certificate`. */
  readonly type: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The pages of GetResources. Source: Resource Groups Tagging API reference "GetResources", checked 2026-11-23. */
const PAGE_MAXIMUM = 100;
// Assumed: the page without ResourcesPerPage; the reference names no default.
const PAGE_DEFAULT = 50;

const TYPES: readonly string[] = ["acm", "acm:certificate", "apigateway", "apigateway:domainnames"];

/**
 * All filters must hold; of the values of one, any. Resources without tags are left out.
 * Source: Resource Groups Tagging API reference "GetResources", checked 2026-11-23.
 */
const getResources: Step = (cloud, call) => {
  const input = call.input as GetResourcesInput;
  const size = input.ResourcesPerPage ?? PAGE_DEFAULT;
  const fault = unmodelledOption(input, call) ?? inputFault(input, size);
  if (fault !== undefined) return fault;
  const start = Buffer.from(input.PaginationToken ?? "", "base64url").toString();
  const all = taggedResources(regionOf(cloud, call.account, call.region)).toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const rest = all.filter((each) => each.arn > start && matches(each, input));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const token = rest.length > size && last !== undefined ? Buffer.from(last.arn).toString("base64url") : "";
  return succeeded(cloud, {
    PaginationToken: token,
    ResourceTagMappingList: page.map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: tagList(tags) satisfies readonly Tag[],
    })),
  });
};

export const TAGGING: Readonly<Record<string, Step>> = { GetResources: getResources };

function unmodelledOption(input: GetResourcesInput, call: Call): Outcome | undefined {
  const other = input.ResourceTypeFilters?.find((type) => !TYPES.includes(type));
  if (other !== undefined) return notEmulated(call, `the resource type ${other}`);
  if (input.TagsPerPage !== undefined) return notEmulated(call, "TagsPerPage");
  return input.IncludeComplianceDetails ? notEmulated(call, "IncludeComplianceDetails") : undefined;
}

function inputFault(input: GetResourcesInput, size: number): Outcome | undefined {
  if (!Number.isInteger(size) || size < 1 || size > PAGE_MAXIMUM) {
    return refused("InvalidParameterException", `ResourcesPerPage must be between 1 and ${PAGE_MAXIMUM}`);
  }
  const arns = input.ResourceARNList !== undefined;
  if (
    arns &&
    (input.TagFilters !== undefined || input.ResourceTypeFilters !== undefined || input.ResourcesPerPage !== undefined)
  ) {
    return refused("InvalidParameterException", "ResourceARNList cannot be given together with filters or paging");
  }
  return undefined;
}

function taggedResources(state: RegionalState): Tagged[] {
  const found: Tagged[] = [];
  for (const { arn, tags } of state.certificates) {
    if (tags !== undefined) found.push({ arn, type: "acm:certificate", tags });
  }
  for (const { name, tags } of state.domains) {
    found.push({ arn: domainNameArn(state.region, display(name)), type: "apigateway:domainnames", tags });
  }
  return found.filter(({ tags }) => Object.keys(tags).length > 0);
}

function matches({ arn, type, tags }: Tagged, input: GetResourcesInput): boolean {
  const types = input.ResourceTypeFilters ?? [];
  if (types.length > 0 && !types.some((each) => type === each || type.startsWith(`${each}:`))) return false;
  if (input.ResourceARNList !== undefined && !input.ResourceARNList.includes(arn)) return false;
  return (input.TagFilters ?? []).every(({ Key = "", Values = [] }) => {
    const value = tags[Key];
    return value !== undefined && (Values.length === 0 || Values.includes(value));
  });
}
