import { display } from "../../dns/domain-name.ts";
import { readName } from "../apigateway/domain-shape.ts";
import { cloudFrontArn, domainNameArn, parseArn, route53Arn } from "../arn.ts";
import type { Call, Outcome, Region } from "../call.ts";
import type { Cloud, RegionalState, TagChange } from "../cloud.ts";
import { cloudFrontTags } from "../cloudfront/tagged.ts";
import { accountOf, regionOf, withRegion } from "../edit.ts";
import { loadBalancingIn } from "../elbv2/load-balancing.ts";
import { tagsOfResource } from "../elbv2/tags.ts";
import type { Instant } from "../instant.ts";
import { tagsKey } from "../route53/tags.ts";
import { TAGGING_TIMES } from "./limits.ts";

type Tags = Readonly<Record<string, string>> | undefined;
type Success = Extract<Outcome, { readonly ok: true }>;

interface Names {
  readonly CertificateArn?: string;
  readonly domainName?: string;
  readonly resourceArn?: string;
  readonly ResourceArns?: readonly string[];
  readonly LoadBalancers?: readonly { readonly LoadBalancerArn?: string }[];
  readonly Listeners?: readonly { readonly ListenerArn?: string }[];
  readonly TargetGroups?: readonly { readonly TargetGroupArn?: string }[];
  readonly Resource?: string;
  readonly Name?: string;
  readonly Distribution?: { readonly ARN?: string };
  readonly ResourceType?: "healthcheck" | "hostedzone";
  readonly ResourceId?: string;
}

/** The ARNs of what a call tags, for every operation that writes tags: those that make things with tags, too. */
function taggedBy(call: Call, output: unknown): readonly string[] {
  const told = (output ?? {}) as Names;
  switch (`${call.service}:${call.operation}`) {
    case "elbv2:AddTags":
    case "elbv2:RemoveTags":
      return ((call.input ?? {}) as Names).ResourceArns ?? [];
    case "elbv2:CreateLoadBalancer":
      return given((told.LoadBalancers ?? []).map(({ LoadBalancerArn }) => LoadBalancerArn));
    case "elbv2:CreateListener":
      return given((told.Listeners ?? []).map(({ ListenerArn }) => ListenerArn));
    case "elbv2:CreateTargetGroup":
      return given((told.TargetGroups ?? []).map(({ TargetGroupArn }) => TargetGroupArn));
    default:
      return given([onlyTaggedBy(call, output)]);
  }
}

const given = (arns: readonly (string | undefined)[]): readonly string[] => arns.filter((arn) => arn !== undefined);

function onlyTaggedBy(call: Call, output: unknown): string | undefined {
  const input = (call.input ?? {}) as Names;
  switch (`${call.service}:${call.operation}`) {
    case "acm:RequestCertificate":
    case "acm:ImportCertificate":
      return (output as Names).CertificateArn;
    case "acm:AddTagsToCertificate":
    case "acm:RemoveTagsFromCertificate":
      return input.CertificateArn;
    case "apigateway:CreateDomainName":
      return domainArn(call.region, input.domainName ?? "");
    case "apigateway:TagResource":
    case "apigateway:UntagResource":
      return domainArn(call.region, input.resourceArn ?? "");
    case "cloudfront:TagResource":
    case "cloudfront:UntagResource":
      return input.Resource;
    case "cloudfront:CreateDistributionWithTags":
      return (output as Names).Distribution?.ARN;
    case "cloudfront:CreateFunction":
      return cloudFrontArn(call.account, `function/${input.Name ?? ""}`);
    case "route53:ChangeTagsForResource":
      return route53Arn(call.region, tagsKey(input.ResourceType ?? "hostedzone", input.ResourceId ?? ""));
    default:
      return undefined;
  }
}

/** As GetResources writes it, whatever the case of the name or of the ARN that a call gave. */
function domainArn(region: Region, nameOrArn: string): string | undefined {
  const name = readName(nameOrArn.replace(/^.*\/domainnames\//, ""));
  return name === undefined ? undefined : domainNameArn(region, display(name));
}

/**
 * The outcome with a note of the tags that it changed: what GetResources shows in their place for a while.
 * Source: Resource Groups Tagging API reference "GetResources" (it shows what other services reported), checked 2026-11-23.
 */
// Assumed: a change that follows upon one that is not shown yet starts the wait anew.
export function withTagChange(before: Cloud, call: Call, outcome: Success): Success {
  return taggedBy(call, outcome.output).reduce((at, arn) => withChangeOf(before, call, at, arn), outcome);
}

function withChangeOf(before: Cloud, call: Call, outcome: Success, arn: string): Success {
  const old = tagsOf(before, call.account, call.region, arn);
  if (old === tagsOf(outcome.cloud, call.account, call.region, arn)) return outcome;
  const state = regionOf(outcome.cloud, call.account, call.region);
  const shown = old === undefined ? undefined : shownTags(state, arn, old, before.now);
  const tagChanges = settledRemoved(state, before.now).set(arn, { at: before.now, shown });
  return { ...outcome, cloud: withRegion(outcome.cloud, call.account, { ...state, tagChanges }) };
}

/** What GetResources shows of a resource that has these tags. */
export function shownTags(state: RegionalState, arn: string, tags: Tags, now: Instant): Tags {
  const change = state.tagChanges.get(arn);
  return change !== undefined && isFresh(change, now) ? change.shown : tags;
}

const isFresh = ({ at }: TagChange, now: Instant): boolean => now < at + TAGGING_TIMES.shownAfter;

function settledRemoved({ tagChanges }: RegionalState, now: Instant): RegionalState["tagChanges"] {
  let kept = tagChanges;
  for (const [arn, change] of tagChanges.entries()) if (!isFresh(change, now)) kept = kept.delete(arn);
  return kept;
}

function tagsOf(cloud: Cloud, account: string, region: Region, arn: string): Tags {
  const parts = parseArn(arn);
  if (parts?.service === "route53") return accountOf(cloud, account).route53Tags.get(parts.resource);
  if (parts?.service === "cloudfront") return cloudFrontTags(cloud, account, arn);
  const state = regionOf(cloud, account, region);
  if (parts?.service === "acm") return state.certificates.get(arn)?.tags;
  if (parts?.service === "elasticloadbalancing") return tagsOfResource(loadBalancingIn(state), arn);
  const name = readName(parts?.resource.replace(/^\/domainnames\//, ""));
  return name === undefined ? undefined : state.domains.get(name)?.tags;
}
