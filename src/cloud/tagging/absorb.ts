import { readName } from "../apigateway/domain-shape.ts";
import { withTags } from "../acm/absorb.ts";
import { tagMap } from "../acm/tags.ts";
import type { Tag } from "../acm/tags.ts";
import { parseArn } from "../arn.ts";
import type { Call } from "../call.ts";
import type { Cloud, RegionalState } from "../cloud.ts";
import { withCloudFrontTags } from "../cloudfront/tagged.ts";
import { regionOf, withRegion } from "../edit.ts";
import { withResourceTags as withBalancingTags } from "../elbv2/tags.ts";

interface GetResourcesOutput {
  readonly ResourceTagMappingList?: readonly { readonly ResourceARN?: string; readonly Tags?: readonly Tag[] }[];
}

/** Folds the tags that GetResources told into the certificates and domains that are known already. */
export function absorbTagging(cloud: Cloud, call: Call, output: unknown): Cloud {
  if (call.operation !== "GetResources") return cloud;
  const { ResourceTagMappingList: listed = [] } = output as GetResourcesOutput;
  let state = regionOf(cloud, call.account, call.region);
  for (const { ResourceARN: arn = "", Tags: tags = [] } of listed) state = withResourceTags(state, arn, tags);
  const ofRegion = withRegion(cloud, call.account, state);
  return listed.reduce((at, { ResourceARN: arn = "", Tags: tags = [] }) => {
    const global = parseArn(arn)?.service === "cloudfront";
    return global ? withCloudFrontTags(at, call.account, arn, tagMap(tags)) : at;
  }, ofRegion);
}

function withResourceTags(state: RegionalState, arn: string, tags: readonly Tag[]): RegionalState {
  const parts = parseArn(arn);
  if (parts?.service === "acm") return withTags(state, arn, tags);
  if (parts?.service === "elasticloadbalancing" && state.loadBalancing !== undefined)
    return { ...state, loadBalancing: withBalancingTags(state.loadBalancing, arn, tagMap(tags)) };
  if (parts?.service !== "apigateway" || !parts.resource.startsWith("/domainnames/")) return state;
  const name = readName(parts.resource.slice("/domainnames/".length));
  const domain = name && state.domains.get(name);
  return domain === undefined
    ? state
    : { ...state, domains: state.domains.set(domain.name, { ...domain, tags: tagMap(tags) }) };
}
