import type { Certificate, Cloud } from "../cloud/cloud.ts";
import type { Call, Region } from "../cloud/call.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { address, tagSafe } from "./address.ts";
import type { Address } from "./address.ts";
import { call, done, lost, wait, oneByOne } from "./kind.ts";
import type { AnySpec, Difference, Kind, Next, Observed, Scope } from "./kind.ts";
import { ADDRESS_TAG, UNLOGGED_TAG, isOurs, missingTags, ownerTags, shortHash } from "./ownership.ts";
import type { Owner } from "./ownership.ts";

/** A public, DNS-validated ACM certificate. Names and key algorithm cannot change: another set is another certificate beside the serving one. */
export interface CertificateSpec extends AnySpec {
  readonly owner: Owner;
  readonly region: Region;
  /** Its key under `certificates:`. */
  readonly label: string;
  /** The key it had before: a certificate whose tags still say so is meant too. */
  readonly previousLabel?: string;
  /** The first is the primary name. */
  readonly domains: readonly DomainName[];
  readonly keyAlgorithm: string;
  readonly transparencyLogging: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Set where one certain certificate is meant (a deletion). */
  readonly arn?: string;
}

const addressOf = (spec: CertificateSpec): Address =>
  address("certificate", spec.label, spec.region, spec.keyAlgorithm);

/** Addresses that the tags of its certificate may have: its own, and the one under its previous key. */
export const certificateAddresses = (spec: CertificateSpec): readonly Address[] => [
  addressOf(spec),
  ...(spec.previousLabel === undefined ? [] : [addressOf({ ...spec, label: spec.previousLabel })]),
];

/** Order of names does not matter to whom it serves; the set does. */
const sameNames = (a: readonly DomainName[], b: readonly DomainName[]): boolean =>
  a.length === b.length && JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());

const DEAD = new Set(["FAILED", "VALIDATION_TIMED_OUT", "EXPIRED", "REVOKED", "INACTIVE"]);

/** Whether the certificate can still serve, or come to. */
const isUsable = (certificate: Certificate): boolean => !DEAD.has(certificate.status);

const isFor = (certificate: Certificate, spec: CertificateSpec): boolean =>
  isOurs(certificate.tags, spec.owner) &&
  certificateAddresses(spec)
    .map(tagSafe)
    .includes(certificate.tags?.[ADDRESS_TAG] ?? "") &&
  certificate.keyAlgorithm === spec.keyAlgorithm &&
  sameNames(certificate.domains, spec.domains);

/** A request for this very spec that came to nothing: refused, timed out, expired. */
export function deadCertificate(cloud: Cloud, spec: CertificateSpec): Certificate | undefined {
  const { certificates } = regionOf(cloud, spec.account, spec.region);
  return [...certificates].find((each) => isFor(each, spec) && !isUsable(each));
}

/** The live certificate for a spec: an issued one before a pending one, then the oldest, so that every run picks the same. */
export function liveCertificate(cloud: Cloud, spec: CertificateSpec): Certificate | undefined {
  const region = regionOf(cloud, spec.account, spec.region);
  if (spec.arn !== undefined) return region.certificates.get(spec.arn);
  let best: Certificate | undefined;
  for (const each of region.certificates) {
    if (isFor(each, spec) && isUsable(each) && (best === undefined || rank(each) < rank(best))) best = each;
  }
  return best;
}

const rank = (certificate: Certificate): string =>
  `${certificate.status === "ISSUED" ? 0 : 1}/${String(certificate.createdAt).padStart(16, "0")}/${certificate.arn}`;

export const certificate: Kind<CertificateSpec> = {
  name: "certificate",
  address: addressOf,
  references: () => [],
  names: (spec) => spec.domains,
  observe(cloud, scope) {
    const found: Observed<CertificateSpec>[] = [];
    for (const { region, certificates } of accountOf(cloud, scope.account).regions) {
      for (const each of certificates) {
        const ours = isOurs(each.tags, scope.owner);
        const spec = observedSpec(each, region, scope);
        found.push({ address: addressOf(spec), spec, ours, edited: false, id: each.arn });
      }
    }
    return found;
  },
  current: (spec, cloud) => liveCertificate(cloud, spec)?.arn,
  /** A certificate that a domain still serves, and that no change of this manifest replaces there, stays. */
  keep(observed, cloud, scope) {
    if (isPresentedAtEdge(observed.id, scope.account, cloud)) return true;
    const users = [...regionOf(cloud, scope.account, observed.spec.region).domains].filter(
      (domain) => domain.regionalCertificateArn === observed.id,
    );
    return users.some(
      (domain) =>
        !isOurs(domain.tags, scope.owner) || !(scope.wanted.has(domain.name) || scope.retired.has(domain.name)),
    );
  },
  compare(desired, _observed, cloud) {
    const live = liveCertificate(cloud, desired);
    return live === undefined ? [] : [...optionDifference(desired, live), ...tagDifferences(desired, live)];
  },
  next: oneByOne(bring, remove),
  probe(change, cloud) {
    const spec = change.after ?? change.before;
    if (spec === undefined) return undefined;
    const live = liveCertificate(cloud, spec);
    return live === undefined ? undefined : acm(spec, "DescribeCertificate", { CertificateArn: live.arn });
  },
  permissions: {
    read: ["acm:ListCertificates", "acm:DescribeCertificate", "acm:ListTagsForCertificate", "tag:GetResources"],
    write: [
      "acm:RequestCertificate",
      "acm:AddTagsToCertificate",
      "acm:UpdateCertificateOptions",
      "acm:DeleteCertificate",
    ],
  },
};

function observedSpec(live: Certificate, region: Region, scope: Scope): CertificateSpec {
  const { account, owner } = scope;
  const [, written] = (live.tags?.[ADDRESS_TAG] ?? "").split("/");
  const label = scope.renamedCertificates?.get(written ?? "") ?? written;
  return {
    account,
    owner,
    region,
    label: label ?? live.arn,
    domains: live.domains,
    keyAlgorithm: live.keyAlgorithm,
    transparencyLogging: live.transparencyLogging,
    tags: {},
    arn: live.arn,
  };
}

/** By an edge-optimized domain, of whatever Region; it goes at the next look after that is regional. */
const isPresentedAtEdge = (arn: string, account: string, cloud: Cloud): boolean =>
  [...accountOf(cloud, account).regions].some(({ domains }) =>
    [...domains].some(({ edge }) => edge?.certificateArn === arn),
  );

const allTags = (spec: CertificateSpec): Readonly<Record<string, string>> => ({
  ...spec.tags,
  ...ownerTags(spec.owner, addressOf(spec)),
  ...(spec.transparencyLogging ? {} : { [UNLOGGED_TAG]: "true" }),
});

/** Whether tags that it should have are missing, as far as they were read. */
export const lacksTags = (spec: CertificateSpec, live: Certificate): boolean => tagDifferences(spec, live).length > 0;

function tagDifferences(spec: CertificateSpec, live: Certificate): readonly Difference[] {
  return Object.entries(missingTags(allTags(spec), live.tags)).map(([key, after]) => ({
    field: `tags.${key}`,
    before: live.tags?.[key] ?? "(none)",
    after,
  }));
}

function optionDifference(spec: CertificateSpec, live: Certificate): readonly Difference[] {
  if (spec.transparencyLogging === live.transparencyLogging) return [];
  return [
    { field: "transparencyLogging", before: String(live.transparencyLogging), after: String(spec.transparencyLogging) },
  ];
}

function acm(spec: CertificateSpec, operation: string, input: unknown): Call {
  return { account: spec.account, region: spec.region, service: "acm", operation, input };
}

function bring(spec: CertificateSpec, cloud: Cloud): Next {
  const live = liveCertificate(cloud, spec);
  if (live === undefined) return call(acm(spec, "RequestCertificate", request(spec, cloud)));
  if (live.validation === undefined && live.status !== "ISSUED") return wait("ACM to give the validation records");
  // The tags first: one of them says that it is kept out of the logs, which a listing does not tell.
  const missing = missingTags(allTags(spec), live.tags);
  if (Object.keys(missing).length > 0)
    return call(acm(spec, "AddTagsToCertificate", { CertificateArn: live.arn, Tags: tagList(missing) }));
  if (spec.transparencyLogging === live.transparencyLogging) return done;
  return call(acm(spec, "UpdateCertificateOptions", { CertificateArn: live.arn, Options: loggingOption(spec) }));
}

const loggingOption = (spec: CertificateSpec): { CertificateTransparencyLoggingPreference: string } => ({
  CertificateTransparencyLoggingPreference: spec.transparencyLogging ? "ENABLED" : "DISABLED",
});

const tagList = (tags: Readonly<Record<string, string>>): readonly { Key: string; Value: string }[] =>
  Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));

function request(spec: CertificateSpec, cloud: Cloud): unknown {
  const [primary, ...others] = spec.domains;
  return {
    DomainName: primary === undefined ? "" : display(primary),
    ...(others.length > 0 ? { SubjectAlternativeNames: others.map(display) } : {}),
    ValidationMethod: "DNS",
    KeyAlgorithm: spec.keyAlgorithm,
    IdempotencyToken: freeToken(spec, cloud),
    ...(spec.transparencyLogging ? {} : { Options: loggingOption(spec) }),
    Tags: tagList(allTags(spec)),
  };
}

/**
 * The token makes a repeated request give the same certificate for an hour. Whether it still names one that was
 * deleted meanwhile is not documented, so a token that led to a certificate that is gone (or dead) is passed over.
 */
function freeToken(spec: CertificateSpec, cloud: Cloud): string {
  const region = regionOf(cloud, spec.account, spec.region);
  const content = [spec.owner.scope, addressOf(spec), ...spec.domains.toSorted()].join(" ");
  for (let generation = 1; ; generation++) {
    const token = shortHash(`${content} ${generation}`, 32);
    const made = region.certificateRequests.get(token);
    const live = made === undefined ? undefined : region.certificates.get(made.arn);
    if (made === undefined || (live !== undefined && isUsable(live))) return token;
  }
}

function remove(spec: CertificateSpec, cloud: Cloud): Next {
  if (spec.arn === undefined) return done;
  const region = regionOf(cloud, spec.account, spec.region);
  if (!region.certificates.has(spec.arn)) return done;
  for (const domain of region.domains) {
    if (domain.regionalCertificateArn === spec.arn)
      return lost(`${display(domain.name)} in ${spec.region}, which is bound to it again`);
  }
  if (isPresentedAtEdge(spec.arn, spec.account, cloud)) return lost("what presents it: an edge-optimized domain");
  return call(acm(spec, "DeleteCertificate", { CertificateArn: spec.arn }));
}
