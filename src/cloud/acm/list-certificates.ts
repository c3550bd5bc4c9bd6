import { display } from "../../dns/domain-name.ts";
import type { Outcome, Step } from "../call.ts";
import type { Certificate } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { refused, succeeded } from "../outcome.ts";
import { answeredKeyAlgorithm } from "./certificate.ts";
import { consumersOf } from "./certificate-use.ts";
import { extendedKeyUsages, keyUsages } from "./key-usage.ts";
import { ACM_LENGTHS, ACM_LIMITS, LISTED_KEY_ALGORITHMS } from "./limits.ts";
import { renewalEligibility } from "./renewal.ts";

interface Filters {
  readonly keyTypes?: readonly string[];
  readonly keyUsage?: readonly string[];
  readonly extendedKeyUsage?: readonly string[];
  readonly exportOption?: string;
  readonly managedBy?: string;
}

interface ListCertificatesInput {
  readonly CertificateStatuses?: readonly string[];
  readonly Includes?: Filters;
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
  const order = orderOf(input);
  const after = input.NextToken === undefined ? undefined : readToken(input.NextToken);
  if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) return unsorted;
  if (after === undefined && input.NextToken !== undefined) return wrongToken;
  const state = regionOf(cloud, call.account, call.region);
  const shown = [...state.certificates].filter(filter(input)).toSorted(order);
  const rest = after === undefined ? shown : shown.filter((each) => order(each, after) > 0);
  const page = rest.slice(0, input.MaxItems ?? ACM_LENGTHS.pageDefault);
  const last = page.at(-1);
  const isUsed = (each: Certificate): boolean => consumersOf(state, call.account, each, cloud.now).length > 0;
  return succeeded(cloud, {
    CertificateSummaryList: page.map((each) => summary(each, isUsed(each))),
    ...(page.length < rest.length && last !== undefined ? { NextToken: tokenAfter(last) } : {}),
  });
};

const unsorted: Outcome = refused("ValidationException", "SortBy and SortOrder must be given together");
// Assumed: the code; the reference has InvalidArgsException for a parameter that is not valid.
const wrongToken: Outcome = refused("InvalidArgsException", "The NextToken is not valid");

type Place = Pick<Certificate, "arn" | "createdAt">;

const byArn = (a: Place, b: Place): number => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0);

// Assumed: without SortBy the order is by ARN; the reference names none.
function orderOf({ SortBy, SortOrder }: ListCertificatesInput): (a: Place, b: Place) => number {
  const sign = SortOrder === "DESCENDING" ? -1 : 1;
  return SortBy === undefined ? byArn : (a, b) => sign * (a.createdAt - b.createdAt || byArn(a, b));
}

/** The place after which the next page starts: it stays right when that certificate is deleted meanwhile. */
const tokenAfter = ({ arn, createdAt }: Place): string => Buffer.from(`${createdAt} ${arn}`).toString("base64url");

function readToken(token: string): Place | undefined {
  const match = /^(\d+) (\S+)$/.exec(Buffer.from(token, "base64url").toString());
  return match === null ? undefined : { createdAt: Number(match[1]), arn: match[2] ?? "" };
}

/** An empty list filters nothing. */
const hasOneOf = (asked: readonly string[], usages: readonly string[]): boolean =>
  asked.length === 0 || usages.some((usage) => asked.includes(usage));

// Assumed: a certificate is shown that has one of the usages asked for; ANY, NONE and CUSTOM are usages like the others.
function filter(input: ListCertificatesInput): (certificate: Certificate) => boolean {
  const { keyTypes = [], keyUsage = [], extendedKeyUsage = [], exportOption, managedBy } = input.Includes ?? {};
  const keys = keyTypes.length > 0 ? keyTypes : LISTED_KEY_ALGORITHMS;
  const statuses = input.CertificateStatuses ?? [];
  // Nothing that is modelled can be exported, or is managed by another service.
  if (exportOption === "ENABLED" || managedBy !== undefined) return () => false;
  return (certificate) =>
    keys.includes(certificate.keyAlgorithm) &&
    (statuses.length === 0 || statuses.includes(certificate.status)) &&
    hasOneOf(keyUsage, keyUsages(certificate)) &&
    hasOneOf(extendedKeyUsage, extendedKeyUsages(certificate));
}

/** Source: ACM API reference "CertificateSummary", checked 2026-11-23. */
function summary(certificate: Certificate, inUse: boolean): unknown {
  const names = certificate.domains.map(display);
  const { issuedAt, notBefore, notAfter, type } = certificate;
  return {
    CertificateArn: certificate.arn,
    DomainName: names[0],
    SubjectAlternativeNameSummaries: names.slice(0, ACM_LIMITS.namesListed),
    HasAdditionalSubjectAlternativeNames: names.length > ACM_LIMITS.namesListed,
    Status: certificate.status,
    Type: type,
    KeyAlgorithm: answeredKeyAlgorithm(certificate.keyAlgorithm),
    KeyUsages: keyUsages(certificate),
    ExtendedKeyUsages: extendedKeyUsages(certificate),
    ExportOption: "DISABLED",
    InUse: inUse,
    RenewalEligibility: renewalEligibility(certificate, inUse),
    CreatedAt: certificate.createdAt,
    ...(issuedAt === undefined ? {} : { IssuedAt: issuedAt }),
    ...(notBefore === undefined ? {} : { NotBefore: notBefore }),
    ...(notAfter === undefined ? {} : { NotAfter: notAfter }),
  };
}
