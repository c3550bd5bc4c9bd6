import { KEY_ALGORITHMS } from "../cloud/acm/limits.ts";
import { provedBy } from "../cloud/acm/validation.ts";
import type { Call, Region } from "../cloud/call.ts";
import type { Certificate, Cloud } from "../cloud/cloud.ts";
import { regionOf } from "../cloud/edit.ts";
import { wildcardBase } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Scope } from "../resource/kind.ts";
import { MANIFEST_TAG, UNLOGGED_TAG, isOurs } from "../resource/ownership.ts";
import { zoneOf } from "../resource/swap.ts";
import { doubtfulTags } from "./doubtful-tags.ts";
import { forgiven, readAll } from "./read.ts";
import type { Reader } from "./read.ts";

/**
 * One Region's certificates: listings and tags by the page. One of ours is described only while it is not issued, when
 * no validation record stands where its names need one, or when it was kept out of the public logs.
 */
export async function observeCertificates(
  manifest: Manifest,
  scope: Scope,
  region: Region,
  from: Reader,
): Promise<void> {
  const to = (service: "acm" | "tagging", operation: string, input: unknown): Call => ({
    account: scope.account,
    region,
    service,
    operation,
    input,
  });
  const page = { MaxItems: 1000, Includes: { keyTypes: KEY_ALGORITHMS } };
  await readAll<{ readonly NextToken?: string }>(from, to("acm", "ListCertificates", page), (output) =>
    output.NextToken === undefined ? undefined : { ...page, NextToken: output.NextToken },
  );
  const tagged = {
    ResourcesPerPage: 100,
    ResourceTypeFilters: ["acm:certificate"],
    TagFilters: [{ Key: MANIFEST_TAG, Values: [scope.owner.manifest] }],
  };
  await readAll<{ readonly PaginationToken?: string }>(from, to("tagging", "GetResources", tagged), (output) =>
    output.PaginationToken === undefined || output.PaginationToken === ""
      ? undefined
      : { ...tagged, PaginationToken: output.PaginationToken },
  );
  for (const arn of doubtfulTags(manifest, scope, region, from.cloud()))
    await readListed(from, to("acm", "ListTagsForCertificate", { CertificateArn: arn }));
  const proved = provedNames(from.cloud(), scope);
  for (const each of regionOf(from.cloud(), scope.account, region).certificates) {
    if (isOurs(each.tags, scope.owner) && needsDescription(each, proved))
      await readListed(from, to("acm", "DescribeCertificate", { CertificateArn: each.arn }));
  }
}

async function readListed(from: Reader, call: Call): Promise<void> {
  const faultsBefore = from.faults.length;
  await from.read(call);
  forgiven(from, faultsBefore);
}

/** Names under which a validation record of ACM stands. */
function provedNames(cloud: Cloud, scope: Scope): ReadonlySet<DomainName> {
  const names = new Set<DomainName>();
  for (const zone of scope.zones) {
    for (const record of zoneOf(cloud, { zone })?.recordSets ?? []) {
      const proved = provedBy(record);
      if (proved !== undefined) names.add(proved);
    }
  }
  return names;
}

const needsDescription = (certificate: Certificate, proved: ReadonlySet<DomainName>): boolean =>
  certificate.status === "PENDING_VALIDATION" ||
  certificate.tags?.[UNLOGGED_TAG] !== undefined ||
  (certificate.status === "ISSUED" && certificate.domains.some((name) => !proved.has(wildcardBase(name))));
