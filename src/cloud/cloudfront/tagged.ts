import { parseArn } from "../arn.ts";
import type { AccountId } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { distributionArn } from "./deployment.ts";
import { functionArn } from "./function-output.ts";
import { cloudFrontAt, withDistributions, withFunctions } from "./state.ts";

type TagMap = Readonly<Record<string, string>>;

// What the tagging service knows of CloudFront. Source: Service Authorization Reference "Amazon CloudFront" (resource
// types), checked 2026-11-24.

interface Tagged {
  readonly arn: string;
  readonly type: string;
  readonly tags: TagMap | undefined;
}

/** Everything of an account that may have tags. */
export function cloudFrontResources(cloud: Cloud, account: AccountId): readonly Tagged[] {
  const { functions, distributions } = cloudFrontAt(cloud, account);
  return [
    ...Array.from(distributions, ({ id, tags }) => ({
      arn: distributionArn(account, id),
      type: "cloudfront:distribution",
      tags,
    })),
    ...Array.from(functions, ({ name, tags }) => ({
      arn: functionArn(account, name),
      type: "cloudfront:function",
      tags,
    })),
  ];
}

/** The tags of the resource that the ARN names; undefined when there is none, or they were not read. */
export function cloudFrontTags(cloud: Cloud, account: AccountId, arn: string): TagMap | undefined {
  const { functions, distributions } = cloudFrontAt(cloud, account);
  const [kind, id = ""] = parseArn(arn)?.resource.split("/", 2) ?? [];
  return kind === "function" ? functions.get(id)?.tags : distributions.get(id)?.tags;
}

/** The Cloud with these tags on the resource that the ARN names, when it is known. */
export function withCloudFrontTags(cloud: Cloud, account: AccountId, arn: string, tags: TagMap): Cloud {
  const { functions, distributions } = cloudFrontAt(cloud, account);
  const [kind, id = ""] = parseArn(arn)?.resource.split("/", 2) ?? [];
  const [edge, distribution] = [functions.get(id), distributions.get(id)];
  if (kind === "function" && edge !== undefined)
    return withFunctions(cloud, { account }, functions.set(id, { ...edge, tags }));
  return kind === "distribution" && distribution !== undefined
    ? withDistributions(cloud, { account }, distributions.set(id, { ...distribution, tags }))
    : cloud;
}
