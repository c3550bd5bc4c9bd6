import type { Region } from "../cloud/call.ts";
import type { Certificate, Cloud } from "../cloud/cloud.ts";
import { regionOf } from "../cloud/edit.ts";
import { TAGGING_TIMES } from "../cloud/tagging/limits.ts";
import { desire } from "../desired/desire.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { certificate, lacksTags, liveCertificate } from "../resource/certificate.ts";
import type { CertificateSpec } from "../resource/certificate.ts";
import type { Scope } from "../resource/kind.ts";

/**
 * ARNs of a Region's certificates whose tags the tagging API may not tell as they are: it lags, ACM itself does not. These
 * are the ones that it did not list and may list later (young ones, and those with the very names of one of ours:
 * requested moments ago by a run that was killed), and what a plan would tag, for those tags may be there already. A
 * settled estate has none of either.
 */
export function doubtfulTags(manifest: Manifest, scope: Scope, region: Region, cloud: Cloud): ReadonlySet<string> {
  const doubtful = new Set<string>();
  const youngSince = cloud.now - TAGGING_TIMES.settledWithin;
  for (const each of regionOf(cloud, scope.account, region).certificates) {
    if (each.tags === undefined && (each.createdAt > youngSince || hasNamesOfOurs(each, manifest)))
      doubtful.add(each.arn);
  }
  for (const { kind, spec } of desire(manifest, scope)) {
    if (kind !== certificate.name) continue;
    const wanted = spec as CertificateSpec;
    const live = wanted.region === region ? liveCertificate(cloud, wanted) : undefined;
    if (live !== undefined && lacksTags(wanted, live)) doubtful.add(live.arn);
  }
  return doubtful;
}

function hasNamesOfOurs({ domains }: Certificate, manifest: Manifest): boolean {
  const names = JSON.stringify(domains.toSorted());
  return manifest.certificates.some((section) => JSON.stringify(section.domains.toSorted()) === names);
}
