import { display } from "../../dns/domain-name.ts";
import { tagList } from "../acm/tags.ts";
import { domainNameArn, route53Arn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFrontResources } from "../cloudfront/tagged.ts";
import { accountOf, regionOf } from "../edit.ts";
import { loadBalancingIn } from "../elbv2/load-balancing.ts";
import type { LoadBalancing } from "../elbv2/load-balancing.ts";
import type { Instant } from "../instant.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { tagsKey } from "../route53/tags.ts";
import { TAGGING_TIMES } from "./limits.ts";
import { shownTags } from "./tag-changes.ts";

interface GetResourcesInput {
  readonly TagFilters?: readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
  readonly ResourceTypeFilters?: readonly string[];
  readonly ResourceARNList?: readonly string[];
  readonly ResourcesPerPage?: number;
  readonly TagsPerPage?: number;
  readonly PaginationToken?: string;
  readonly IncludeComplianceDetails?: boolean;
  readonly ExcludeCompliantResources?: boolean;
}

interface Tagged {
  readonly arn: string;
  /** As in ResourceTypeFilters: `acm:certificate`. */
  readonly type: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

interface Shown extends Tagged {
  readonly tags: NonNullable<Tagged["tags"]>;
}

// Assumed: the page without ResourcesPerPage; the reference names no default.
const PAGE_DEFAULT = 50;

/** Where the tags of global services are told. Source: Resource Groups Tagging API reference "Welcome" (Regions), checked 2026-11-23. */
const GLOBAL_REGION = "us-east-1";

const TYPES: readonly string[] = [
  "acm",
  "acm:certificate",
  "apigateway",
  "apigateway:domainnames",
  "cloudfront",
  "cloudfront:distribution",
  "cloudfront:function",
  "elasticloadbalancing",
  "elasticloadbalancing:loadbalancer",
  "elasticloadbalancing:listener",
  "elasticloadbalancing:targetgroup",
  "route53",
  "route53:hostedzone",
  "route53:healthcheck",
];

/**
 * All filters must hold; of the values of one, any. Resources without tags are left out, and a change of tags is shown
 * some time after it was made: until then what was shown before it.
 * Source: Resource Groups Tagging API reference "GetResources", checked 2026-11-23.
 */
// Assumed: what is deleted is left out at once (AWS is known to go on listing it for a while); what was never or no longer tagged is not listed.
const getResources: Step = (cloud, call) => {
  const input = call.input as GetResourcesInput;
  const token = readToken(input.PaginationToken, cloud.now);
  const fault = unmodelledOption(input, call) ?? combinationFault(input);
  if (fault !== undefined) return fault;
  if ("no" in token) return token.no;
  const size = input.ResourcesPerPage ?? PAGE_DEFAULT;
  const all = shownResources(cloud, call).toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const rest = all.filter((each) => each.arn > token.after && matches(each, input));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return succeeded(cloud, {
    PaginationToken: rest.length > size && last !== undefined ? writeToken(last.arn, cloud.now) : "",
    ResourceTagMappingList: page.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
  });
};

export const TAGGING: Readonly<Record<string, Step>> = { GetResources: getResources };

function unmodelledOption(input: GetResourcesInput, call: Call): Outcome | undefined {
  const other = input.ResourceTypeFilters?.find((type) => !TYPES.includes(type));
  if (other !== undefined) return notEmulated(call, `the resource type ${other}`);
  if (input.TagsPerPage !== undefined) return notEmulated(call, "TagsPerPage");
  if (input.ExcludeCompliantResources) return notEmulated(call, "ExcludeCompliantResources");
  return input.IncludeComplianceDetails ? notEmulated(call, "IncludeComplianceDetails") : undefined;
}

/** Source: Resource Groups Tagging API reference "GetResources" (ResourceARNList), checked 2026-11-23. */
function combinationFault(input: GetResourcesInput): Outcome | undefined {
  const others = [input.TagFilters, input.ResourceTypeFilters, input.ResourcesPerPage, input.PaginationToken];
  if (input.ResourceARNList === undefined || others.every((each) => each === undefined)) return undefined;
  return refused("InvalidParameterException", "ResourceARNList cannot be given together with filters or paging");
}

/** A token says where its page starts, and when it was given. */
const writeToken = (arn: string, at: Instant): string => Buffer.from(`${at} ${arn}`).toString("base64url");

function readToken(text: string | undefined, now: Instant): { readonly after: string } | { readonly no: Outcome } {
  if (text === undefined || text === "") return { after: "" };
  const [, at, after] = /^(\d+) (arn:.+)$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
  if (at === undefined || after === undefined)
    return { no: refused("InvalidParameterException", "The PaginationToken is not valid") };
  if (now > Number(at) + TAGGING_TIMES.tokenValid)
    return { no: refused("PaginationTokenExpiredException", "The PaginationToken has expired") };
  return { after };
}

function shownResources(cloud: Cloud, { account, region }: Call): readonly Shown[] {
  const state = regionOf(cloud, account, region);
  const found: Tagged[] = [];
  for (const { arn, tags } of state.certificates) found.push({ arn, type: "acm:certificate", tags });
  for (const { name, tags } of state.domains)
    found.push({ arn: domainNameArn(region, display(name)), type: "apigateway:domainnames", tags });
  found.push(...elbResources(loadBalancingIn(state)));
  if (region === GLOBAL_REGION) found.push(...route53Resources(cloud, account), ...cloudFrontResources(cloud, account));
  return found.flatMap(({ arn, type, tags }) => {
    const shown = shownTags(state, arn, tags, cloud.now);
    return shown === undefined || Object.keys(shown).length === 0 ? [] : [{ arn, type, tags: shown }];
  });
}

function elbResources({ loadBalancers, listeners, targetGroups }: LoadBalancing): readonly Tagged[] {
  const tagged = (kind: string, all: Iterable<Pick<Tagged, "arn" | "tags">>): readonly Tagged[] =>
    Array.from(all, ({ arn, tags }) => ({ arn, type: `elasticloadbalancing:${kind}`, tags }));
  return [
    ...tagged("loadbalancer", loadBalancers),
    ...tagged("listener", listeners),
    ...tagged("targetgroup", targetGroups),
  ];
}

function route53Resources(cloud: Cloud, accountId: string): readonly Tagged[] {
  const { route53Tags, zones, healthChecks } = accountOf(cloud, accountId);
  const tagged = (kind: "hostedzone" | "healthcheck", id: string): Tagged => {
    const key = tagsKey(kind, id);
    return { arn: route53Arn(GLOBAL_REGION, key), type: `route53:${kind}`, tags: route53Tags.get(key) };
  };
  return [
    ...Array.from(zones, ({ id }) => tagged("hostedzone", id)),
    ...Array.from(healthChecks, ({ Id }) => tagged("healthcheck", Id)),
  ];
}

function matches({ arn, type, tags }: Shown, input: GetResourcesInput): boolean {
  const types = input.ResourceTypeFilters ?? [];
  if (types.length > 0 && !types.some((each) => type === each || type.startsWith(`${each}:`))) return false;
  if (input.ResourceARNList !== undefined && !input.ResourceARNList.includes(arn)) return false;
  return (input.TagFilters ?? []).every(({ Key = "", Values = [] }) => {
    const value = tags[Key];
    return value !== undefined && (Values.length === 0 || Values.includes(value));
  });
}
