import { createHash } from "node:crypto";
import { display, wildcardBase } from "../../dns/domain-name.ts";
import type { Step } from "../call.ts";
import type { Certificate, CertificateRenewal } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { answeredKeyAlgorithm, findCertificate } from "./certificate.ts";
import { consumersOf } from "./certificate-use.ts";
import { extendedKeyUsages, keyUsages } from "./key-usage.ts";
import { renewalEligibility } from "./renewal.ts";

/** Source: ACM API reference "CertificateDetail", checked 2026-11-23. Names have no trailing dot, records have one. */
export const describeCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { found } = sought;
  const consumers = consumersOf(regionOf(cloud, call.account, call.region), call.account, found, cloud.now);
  return succeeded(cloud, { Certificate: detail(found, consumers) });
};

function detail(certificate: Certificate, consumers: readonly string[]): unknown {
  const names = certificate.domains.map(display);
  return {
    CertificateArn: certificate.arn,
    DomainName: names[0],
    SubjectAlternativeNames: names,
    ...(certificate.type === "AMAZON_ISSUED"
      ? { DomainValidationOptions: domainValidations(certificate, validationStatus(certificate)) }
      : {}),
    Subject: `CN=${names[0]}`,
    Issuer: "Amazon",
    CreatedAt: certificate.createdAt,
    Status: certificate.status,
    KeyAlgorithm: answeredKeyAlgorithm(certificate.keyAlgorithm),
    SignatureAlgorithm: certificate.keyAlgorithm.startsWith("RSA") ? "SHA256WITHRSA" : "SHA256WITHECDSA",
    InUseBy: consumers,
    ...(certificate.failureReason === undefined ? {} : { FailureReason: certificate.failureReason }),
    Type: certificate.type,
    ...issuedPart(certificate),
    ...renewalPart(certificate),
    RenewalEligibility: renewalEligibility(certificate, consumers.length > 0),
    Options: {
      CertificateTransparencyLoggingPreference: certificate.transparencyLogging ? "ENABLED" : "DISABLED",
      Export: "DISABLED",
    },
  };
}

function domainValidations(certificate: Certificate, status: string): readonly unknown[] {
  return certificate.domains.map((domain) => {
    const record = certificate.validation?.[wildcardBase(domain)];
    return {
      DomainName: display(domain),
      ValidationDomain: display(domain),
      ValidationStatus: status,
      ...(record === undefined ? {} : { ResourceRecord: { Name: record.name, Type: "CNAME", Value: record.value } }),
      ValidationMethod: "DNS",
    };
  });
}

// Assumed: the names of a certificate are told as validated together, when it is issued.
function validationStatus({ status }: Certificate): string {
  if (status === "PENDING_VALIDATION") return "PENDING_VALIDATION";
  return status === "VALIDATION_TIMED_OUT" || status === "FAILED" ? "FAILED" : "SUCCESS";
}

/** Object identifiers. Source: ACM API reference "ExtendedKeyUsage", checked 2026-11-23. */
const OIDS: Readonly<Record<string, string>> = { TLS_WEB_SERVER_AUTHENTICATION: "1.3.6.1.5.5.7.3.1" };

/** What only an issued certificate has. */
function issuedPart(certificate: Certificate): Readonly<Record<string, unknown>> {
  if (certificate.issuedAt === undefined) return {};
  const serial = createHash("sha256").update(`${certificate.arn} ${certificate.notBefore}`).digest("hex").slice(0, 32);
  return {
    Serial: serial.replace(/..(?=.)/g, "$&:"),
    IssuedAt: certificate.issuedAt,
    NotBefore: certificate.notBefore,
    NotAfter: certificate.notAfter,
    KeyUsages: keyUsages(certificate).map((Name) => ({ Name })),
    ExtendedKeyUsages: extendedKeyUsages(certificate).map((Name) => ({ Name, OID: OIDS[Name] })),
  };
}

/** Of a renewal that was begun. Source: ACM API reference "RenewalSummary", checked 2026-11-23. */
function renewalPart(certificate: Certificate): Readonly<Record<string, unknown>> {
  const { renewal } = certificate;
  if (renewal === undefined) return {};
  const summary = {
    RenewalStatus: renewal.status,
    DomainValidationOptions: domainValidations(certificate, RENEWAL_VALIDATION[renewal.status]),
    ...(renewal.reason === undefined ? {} : { RenewalStatusReason: renewal.reason }),
    UpdatedAt: renewal.updatedAt,
  };
  return { RenewalSummary: summary };
}

const RENEWAL_VALIDATION: Readonly<Record<CertificateRenewal["status"], string>> = {
  PENDING_AUTO_RENEWAL: "PENDING_VALIDATION",
  PENDING_VALIDATION: "PENDING_VALIDATION",
  SUCCESS: "SUCCESS",
  FAILED: "FAILED",
};
