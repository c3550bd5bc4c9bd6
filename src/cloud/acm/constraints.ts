import type { Constraint, Constraints, ServiceConstraints } from "../constraint.ts";
import { ACM_LENGTHS, KEY_ALGORITHMS } from "./limits.ts";

const ARN: Constraint = {
  min: 20,
  max: 2_048,
  pattern: /arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(\/[\w+=,.@-]+)*/,
};

const AUTHORITY_ARN: Constraint = {
  min: 20,
  max: 2_048,
  pattern: /arn:[\w+=/,.@-]+:acm-pca:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(\/[\w+=,.@-]+)*/,
};

const DOMAIN_NAME: Constraint = {
  min: 1,
  max: ACM_LENGTHS.name,
  pattern: /(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])/,
};

const TOKEN: Constraint = { min: 1, max: 32, pattern: /\w+/ };

const TAG_TEXT = /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u;

const TAGS: Constraint = {
  min: 1,
  max: ACM_LENGTHS.tags,
  each: {
    members: {
      Key: { min: 1, max: ACM_LENGTHS.tagKey, pattern: TAG_TEXT },
      Value: { min: 0, max: ACM_LENGTHS.tagValue, pattern: TAG_TEXT },
    },
  },
};

const SWITCH: Constraint = { values: ["ENABLED", "DISABLED"] };

const OPTIONS: Constraint = {
  members: { CertificateTransparencyLoggingPreference: SWITCH, Export: SWITCH },
};

const STATUSES = ["PENDING_VALIDATION", "ISSUED", "INACTIVE", "EXPIRED", "VALIDATION_TIMED_OUT", "REVOKED", "FAILED"];

const KEY_USAGES = [
  "DIGITAL_SIGNATURE",
  "NON_REPUDIATION",
  "KEY_ENCIPHERMENT",
  "DATA_ENCIPHERMENT",
  "KEY_AGREEMENT",
  "CERTIFICATE_SIGNING",
  "CRL_SIGNING",
  "ENCIPHER_ONLY",
  "DECIPHER_ONLY",
  "ANY",
  "CUSTOM",
];

const EXTENDED_KEY_USAGES = [
  "TLS_WEB_SERVER_AUTHENTICATION",
  "TLS_WEB_CLIENT_AUTHENTICATION",
  "CODE_SIGNING",
  "EMAIL_PROTECTION",
  "TIME_STAMPING",
  "OCSP_SIGNING",
  "IPSEC_END_SYSTEM",
  "IPSEC_TUNNEL",
  "IPSEC_USER",
  "ANY",
  "NONE",
  "CUSTOM",
];

const MANAGED_BY: Constraint = { values: ["CLOUDFRONT"] };

const REQUEST: Constraints = {
  DomainName: DOMAIN_NAME,
  ValidationMethod: { values: ["EMAIL", "DNS", "HTTP"] },
  SubjectAlternativeNames: { min: 1, max: 100, each: DOMAIN_NAME },
  IdempotencyToken: TOKEN,
  DomainValidationOptions: {
    min: 1,
    max: 100,
    each: { members: { DomainName: DOMAIN_NAME, ValidationDomain: DOMAIN_NAME } },
  },
  Options: OPTIONS,
  CertificateAuthorityArn: AUTHORITY_ARN,
  Tags: TAGS,
  KeyAlgorithm: { values: KEY_ALGORITHMS },
  ManagedBy: MANAGED_BY,
};

const LIST: Constraints = {
  CertificateStatuses: { each: { values: STATUSES } },
  Includes: {
    members: {
      keyTypes: { each: { values: KEY_ALGORITHMS } },
      keyUsage: { each: { values: KEY_USAGES } },
      extendedKeyUsage: { each: { values: EXTENDED_KEY_USAGES } },
      exportOption: SWITCH,
      managedBy: MANAGED_BY,
    },
  },
  NextToken: { min: 1, max: 10_000, pattern: /[\t\n\r\x20-\xff]*/ },
  MaxItems: { min: 1, max: 1_000 },
  SortBy: { values: ["CREATED_AT"] },
  SortOrder: { values: ["ASCENDING", "DESCENDING"] },
};

/** Lengths, ranges, patterns and values of members. Source: ACM API reference, each operation's page, checked 2026-11-23. */
export const ACM_CONSTRAINTS: ServiceConstraints = {
  code: "ValidationException",
  operations: {
    RequestCertificate: REQUEST,
    DescribeCertificate: { CertificateArn: ARN },
    ListCertificates: LIST,
    DeleteCertificate: { CertificateArn: ARN },
    AddTagsToCertificate: { CertificateArn: ARN, Tags: TAGS },
    RemoveTagsFromCertificate: { CertificateArn: ARN, Tags: TAGS },
    ListTagsForCertificate: { CertificateArn: ARN },
    UpdateCertificateOptions: { CertificateArn: ARN, Options: OPTIONS },
    GetCertificate: { CertificateArn: ARN },
    RenewCertificate: { CertificateArn: ARN },
    PutAccountConfiguration: {
      ExpiryEvents: { members: { DaysBeforeExpiry: { min: 1 } } },
      IdempotencyToken: TOKEN,
    },
  },
};
