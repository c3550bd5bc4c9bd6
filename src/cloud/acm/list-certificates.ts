import { display } from "../../dns/domain-name.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Certificate } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { answeredKeyAlgorithm, consumersOf, requestedKeyAlgorithm } from "./certificate.ts";
import { renewalEligibility } from "./describe-certificate.ts";
import { ACM_LENGTHS, LISTED_KEY_ALGORITHMS } from "./limits.ts";

interface ListCertificatesInput {
  readonly CertificateStatuses?: readonly string[];
  readonly Includes?: Readonly<Record<string, unknown>> & { readonly keyTypes?: readonly string[] };
  readonly NextToken?: string;
  readonly MaxItems?: number;
  readonly SortBy?: string;
  readonly SortOrder?: string;
}

/**
 * Source: ACM API reference "ListCertificates" and "Filters", checked 2026-11-23. Without `Includes.keyTypes` only
 * RSA keys of 1024 and 2048 bits are shown: certificates with other keys seem not to exist.
 */
export const listCertificates: Step = (cloud, call) => {
  const input = call.input as ListCertificatesInput;
  const size = input.MaxItems ?? ACM_LENGTHS.pageDefault;
  const fault = inputFault(input, size) ?? unmodelledFilter(input, call);
  if (fault !== undefined) return fault;
  const state = regionOf(cloud, call.account, call.region);
  const shown = sorted([...state.certificates].filter(filter(input)), input);
  const start = input.NextToken === undefined ? 0 : shown.findIndex(({ arn }) => arn === tokenArn(input.NextToken)) + 1;
  const page = shown.slice(start, start + size);
  const last = page.at(-1);
  const more = start + size < shown.length && last !== undefined;
  return succeeded(cloud, {
    CertificateSummaryList: page.map((each) => summary(each, consumersOf(state, call.account, each).length > 0)),
    ...(more ? { NextToken: Buffer.from(last.arn).toString("base64url") } : {}),
  });
};

const tokenArn = (token = ""): string => Buffer.from(token, "base64url").toString();

function inputFault(input: ListCertificatesInput, size: number): Outcome | undefined {
  if (!Number.isInteger(size) || size < 1 || size > ACM_LENGTHS.pageMaximum) {
    return refused("ValidationException", `MaxItems must be between 1 and ${ACM_LENGTHS.pageMaximum}`);
  }
  if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
    return refused("ValidationException", "SortBy and SortOrder must be given together");
  }
  return undefined;
}

function unmodelledFilter(input: ListCertificatesInput, call: Call): Outcome | undefined {
  const unknown = Object.keys(input.Includes ?? {}).find((key) => key !== "keyTypes");
  return unknown === undefined ? undefined : notEmulated(call, `Includes.${unknown}`);
}

function filter(input: ListCertificatesInput): (certificate: Certificate) => boolean {
  const asked = input.Includes?.keyTypes?.map(requestedKeyAlgorithm) ?? [];
  const keys = asked.length > 0 ? asked : LISTED_KEY_ALGORITHMS;
  const statuses = input.CertificateStatuses ?? [];
  return ({ keyAlgorithm, status }) =>
    keys.includes(keyAlgorithm) && (statuses.length === 0 || statuses.includes(status));
}

// Assumed: without SortBy the order is by ARN; the reference names none.
function sorted(certificates: readonly Certificate[], input: ListCertificatesInput): readonly Certificate[] {
  if (input.SortBy === undefined) return certificates;
  const sign = input.SortOrder === "DESCENDING" ? -1 : 1;
  return certificates.toSorted((a, b) => sign * (a.createdAt - b.createdAt));
}

function summary(certificate: Certificate, inUse: boolean): unknown {
  const names = certificate.domains.map(display);
  const { issuedAt, notBefore, notAfter } = certificate;
  return {
    CertificateArn: certificate.arn,
    DomainName: names[0],
    SubjectAlternativeNameSummaries: names,
    HasAdditionalSubjectAlternativeNames: false,
    Status: certificate.status,
    Type: certificate.type,
    KeyAlgorithm: answeredKeyAlgorithm(certificate.keyAlgorithm),
    KeyUsages: issuedAt === undefined ? [] : ["DIGITAL_SIGNATURE"],
    ExtendedKeyUsages: issuedAt === undefined ? [] : ["TLS_WEB_SERVER_AUTHENTICATION"],
    ExportOption: "DISABLED",
    InUse: inUse,
    RenewalEligibility: renewalEligibility(certificate, inUse),
    CreatedAt: certificate.createdAt,
    ...(issuedAt === undefined ? {} : { IssuedAt: issuedAt }),
    ...(notBefore === undefined ? {} : { NotBefore: notBefore }),
    ...(notAfter === undefined ? {} : { NotAfter: notAfter }),
  };
}
