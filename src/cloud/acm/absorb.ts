import { parseDomainName, wildcardBase } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Call } from "../call.ts";
import type { Certificate, CertificateRenewal, CertificateStatus, Cloud, RegionalState } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { requestedKeyAlgorithm } from "./certificate.ts";
import { tagMap } from "./tags.ts";
import type { Tag } from "./tags.ts";

/** What CertificateSummary and CertificateDetail have in common, and what only one of them tells. */
interface Described {
  readonly CertificateArn?: string;
  readonly DomainName?: string;
  readonly SubjectAlternativeNames?: readonly string[];
  readonly SubjectAlternativeNameSummaries?: readonly string[];
  readonly Status?: CertificateStatus;
  readonly Type?: Certificate["type"];
  readonly KeyAlgorithm?: string;
  readonly FailureReason?: string;
  readonly CreatedAt?: number;
  readonly ImportedAt?: number;
  readonly IssuedAt?: number;
  readonly NotBefore?: number;
  readonly NotAfter?: number;
  readonly InUse?: boolean;
  readonly InUseBy?: readonly string[];
  readonly RenewalSummary?: {
    readonly RenewalStatus?: CertificateRenewal["status"];
    readonly RenewalStatusReason?: string;
    readonly UpdatedAt?: number;
  };
  readonly Options?: { readonly CertificateTransparencyLoggingPreference?: string };
  readonly DomainValidationOptions?: readonly {
    readonly DomainName?: string;
    readonly ResourceRecord?: { readonly Name?: string; readonly Value?: string };
  }[];
}

/** Folds what ACM answered to a read into the Cloud; what an answer does not tell stays as it was. */
export function absorbAcm(cloud: Cloud, call: Call, output: unknown): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  switch (call.operation) {
    // What ACM says about uses is its own, late as it may be: nothing is predicted any more.
    case "ListCertificates": {
      const { CertificateSummaryList: listed = [] } = output as {
        readonly CertificateSummaryList?: readonly Described[];
      };
      return withRegion(cloud, call.account, listed.reduce(withDescribed, { ...state, certificateUses: undefined }));
    }
    case "DescribeCertificate": {
      const { Certificate: described } = output as { readonly Certificate?: Described };
      return described === undefined ? cloud : withRegion(cloud, call.account, withDescribed(state, described));
    }
    case "ListTagsForCertificate": {
      const { CertificateArn: arn = "" } = call.input as { readonly CertificateArn?: string };
      const { Tags: tags = [] } = output as { readonly Tags?: readonly Tag[] };
      return withRegion(cloud, call.account, withTags(state, arn, tags));
    }
    default:
      return cloud;
  }
}

/** The tags of a certificate that is known; those of others are of no use. */
export function withTags(state: RegionalState, arn: string, tags: readonly Tag[]): RegionalState {
  const certificate = state.certificates.get(arn);
  if (certificate === undefined) return state;
  return { ...state, certificates: state.certificates.set(arn, { ...certificate, tags: tagMap(tags) }) };
}

function withDescribed(state: RegionalState, told: Described): RegionalState {
  const arn = told.CertificateArn ?? "";
  const known = state.certificates.get(arn);
  const domains = names([
    told.DomainName,
    ...(told.SubjectAlternativeNames ?? told.SubjectAlternativeNameSummaries ?? []),
  ]);
  const failureReason = told.FailureReason ?? known?.failureReason;
  const certificate: Certificate = {
    arn,
    domains,
    keyAlgorithm: requestedKeyAlgorithm(told.KeyAlgorithm ?? known?.keyAlgorithm ?? "RSA_2048"),
    type: told.Type ?? known?.type ?? "AMAZON_ISSUED",
    status: told.Status ?? known?.status ?? "PENDING_VALIDATION",
    ...(failureReason === undefined ? {} : { failureReason }),
    transparencyLogging: logging(told) ?? known?.transparencyLogging ?? true,
    tags: known?.tags,
    createdAt: told.CreatedAt ?? told.ImportedAt ?? known?.createdAt ?? 0,
    ...validity(told),
    validation: validation(told, domains) ?? known?.validation,
    ...(known?.issueDueAt === undefined || told.Status !== "PENDING_VALIDATION"
      ? {}
      : { issueDueAt: known.issueDueAt }),
    ...renewal(told, known),
    inUseBy: told.InUseBy ?? (told.InUse === false ? [] : (known?.inUseBy ?? [])),
  };
  return { ...state, certificates: state.certificates.set(arn, certificate) };
}

function names(texts: readonly (string | undefined)[]): readonly DomainName[] {
  const all = texts.flatMap((text) => {
    const parsed = parseDomainName(text ?? "");
    return parsed.ok ? [parsed.name] : [];
  });
  return [...new Set(all)];
}

function logging({ Options: options }: Described): boolean | undefined {
  const preference = options?.CertificateTransparencyLoggingPreference;
  return preference === undefined ? undefined : preference !== "DISABLED";
}

function validity({
  IssuedAt,
  NotBefore,
  NotAfter,
}: Described): Pick<Certificate, "issuedAt" | "notBefore" | "notAfter"> {
  return {
    ...(IssuedAt === undefined ? {} : { issuedAt: IssuedAt }),
    ...(NotBefore === undefined ? {} : { notBefore: NotBefore }),
    ...(NotAfter === undefined ? {} : { notAfter: NotAfter }),
  };
}

/** Listings do not tell it; a description that does not either knows of none. */
function renewal(told: Described, known: Certificate | undefined): Pick<Certificate, "renewal"> {
  const { RenewalSummary: summary } = told;
  if (summary?.RenewalStatus !== undefined) {
    const { RenewalStatus: status, RenewalStatusReason: reason, UpdatedAt: updatedAt = 0 } = summary;
    return { renewal: { status, updatedAt, ...(reason === undefined ? {} : { reason }) } };
  }
  const listed = told.SubjectAlternativeNameSummaries !== undefined;
  return listed && known?.renewal !== undefined ? { renewal: known.renewal } : {};
}

/** Undefined until ACM tells the record of every name: some seconds after a request they are still missing. */
function validation(told: Described, domains: readonly DomainName[]): Certificate["validation"] {
  const records: Record<DomainName, { name: DomainName; value: DomainName }> = {};
  for (const { DomainName: text = "", ResourceRecord: record } of told.DomainValidationOptions ?? []) {
    const [domain, name, value] = [text, record?.Name ?? "", record?.Value ?? ""].map((each) => names([each])[0]);
    if (domain !== undefined && name !== undefined && value !== undefined)
      records[wildcardBase(domain)] = { name, value };
  }
  return domains.length > 0 && domains.every((domain) => wildcardBase(domain) in records) ? records : undefined;
}
