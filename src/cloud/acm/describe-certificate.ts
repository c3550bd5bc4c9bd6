import { createHash } from "node:crypto";
import { display, wildcardBase } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Step } from "../call.ts";
import type { Certificate } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { answeredKeyAlgorithm, consumersOf, findCertificate } from "./certificate.ts";

/** Source: ACM API reference "CertificateDetail", checked 2026-11-23. Names have no trailing dot, records have one. */
export const describeCertificate: Step = (cloud, call) => {
  const sought = findCertificate(cloud, call);
  if ("no" in sought) return sought.no;
  const { found } = sought;
  const consumers = consumersOf(regionOf(cloud, call.account, call.region), call.account, found);
  return succeeded(cloud, { Certificate: detail(found, consumers) });
};

function detail(certificate: Certificate, consumers: readonly string[]): unknown {
  const names = certificate.domains.map(display);
  return {
    CertificateArn: certificate.arn,
    DomainName: names[0],
    SubjectAlternativeNames: names,
    ...(certificate.type === "AMAZON_ISSUED"
      ? { DomainValidationOptions: certificate.domains.map((domain) => domainValidation(certificate, domain)) }
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
    RenewalEligibility: renewalEligibility(certificate, consumers.length > 0),
    Options: {
      CertificateTransparencyLoggingPreference: certificate.transparencyLogging ? "ENABLED" : "DISABLED",
      Export: "DISABLED",
    },
  };
}

/** Only what is in use is renewed. Source: ACM guide "Managed certificate renewal", checked 2026-11-23. */
export function renewalEligibility(certificate: Certificate, inUse: boolean): "ELIGIBLE" | "INELIGIBLE" {
  return inUse && certificate.type === "AMAZON_ISSUED" && certificate.status === "ISSUED" ? "ELIGIBLE" : "INELIGIBLE";
}

function domainValidation(certificate: Certificate, domain: DomainName): unknown {
  const record = certificate.validation?.[wildcardBase(domain)];
  return {
    DomainName: display(domain),
    ValidationDomain: display(domain),
    ValidationStatus: validationStatus(certificate),
    ...(record === undefined ? {} : { ResourceRecord: { Name: record.name, Type: "CNAME", Value: record.value } }),
    ValidationMethod: "DNS",
  };
}

function validationStatus({ status }: Certificate): string {
  if (status === "PENDING_VALIDATION") return "PENDING_VALIDATION";
  return status === "VALIDATION_TIMED_OUT" || status === "FAILED" ? "FAILED" : "SUCCESS";
}

/** What only an issued certificate has. */
function issuedPart(certificate: Certificate): Readonly<Record<string, unknown>> {
  if (certificate.issuedAt === undefined) return {};
  const serial = createHash("sha256").update(certificate.arn).digest("hex").slice(0, 32);
  return {
    Serial: serial.replace(/..(?=.)/g, "$&:"),
    IssuedAt: certificate.issuedAt,
    NotBefore: certificate.notBefore,
    NotAfter: certificate.notAfter,
    KeyUsages: [{ Name: "DIGITAL_SIGNATURE" }],
    ExtendedKeyUsages: [{ Name: "TLS_WEB_SERVER_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.1" }],
  };
}
