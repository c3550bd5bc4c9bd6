import type { Call } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFrontAt, withDistributions, withFunctions } from "./state.ts";

interface Input {
  readonly Name?: string;
  readonly Stage?: string;
  readonly Id?: string;
  readonly DistributionId?: string;
}

/**
 * The Cloud without the distribution or function that CloudFront says does not exist; a function may only lack the stage
 * that was asked for. Source: CloudFront API reference "DescribeFunction" and "GetDistribution" (errors), checked 2026-11-24.
 */
export function withoutCloudFrontPart(cloud: Cloud, call: Call): Cloud {
  const { Name: name, Stage, Id, DistributionId = Id } = (call.input ?? {}) as Input;
  const { functions, distributions } = cloudFrontAt(cloud, call.account);
  if (DistributionId !== undefined && distributions.has(DistributionId))
    return withDistributions(cloud, call, distributions.delete(DistributionId));
  const edge = functions.get(name ?? "");
  if (edge === undefined) return cloud;
  if (Stage !== "LIVE" || edge.development === undefined)
    return withFunctions(cloud, call, functions.delete(edge.name));
  const { live: _gone, ...unpublished } = edge;
  return withFunctions(cloud, call, functions.set(edge.name, unpublished));
}
