import { DAY, HOUR, MINUTE, SECOND } from "../instant.ts";

/** Lengths. Source: ACM API reference "RequestCertificate" and "Tag", checked 2026-11-23. */
export const ACM_LENGTHS = {
  /** Octets of the primary name: it becomes the Common Name. */
  primaryName: 64,
  name: 253,
  tags: 50,
  tagKey: 128,
  tagValue: 256,
  // Assumed: the page without MaxItems; the reference names no default. A small one makes every reader follow NextToken.
  pageDefault: 100,
} as const;

export const ACM_LIMITS = {
  /** How many CNAMEs ACM follows to a validation record's value. Source: ACM guide "DNS validation", checked 2026-11-23. */
  cnames: 5,
  /** How many names a listing shows of a certificate. Source: ACM API reference "CertificateSummary", checked 2026-11-23. */
  namesListed: 100,
  /** Days before expiry at which events start. Source: ACM API reference "PutAccountConfiguration", checked 2026-11-23. */
  daysBeforeExpiry: 45,
} as const;

/**
 * Requests per second, for each operation, Region and account; more is a ThrottlingException.
 * Source: ACM guide "Quotas" (API rate quotas), checked 2026-11-23.
 */
export const ACM_RATES: Readonly<Record<string, number>> = {
  RequestCertificate: 5,
  DescribeCertificate: 10,
  ListCertificates: 1,
  DeleteCertificate: 10,
  AddTagsToCertificate: 5,
  RemoveTagsFromCertificate: 5,
  ListTagsForCertificate: 10,
  UpdateCertificateOptions: 5,
  GetCertificate: 10,
  RenewCertificate: 5,
  GetAccountConfiguration: 1,
  PutAccountConfiguration: 1,
};

export const ACM_TIMES = {
  /** How long an idempotency token is remembered. Source: ACM API reference "RequestCertificate", checked 2026-11-23. */
  tokenRemembered: HOUR,
  /**
   * After a request the validation record is missing for some seconds (ACM API reference "RequestCertificate",
   * checked 2026-11-23).
   */
  // Assumed: the figure; the reference says "several seconds".
  validationRecordAfter: 5 * SECOND,
  /** From every CNAME in place to ISSUED. The guide says that it can take up to 30 minutes ("DNS validation", checked 2026-11-23). */
  // Assumed: the figure; it is what is usually seen.
  issuedAfter: 5 * MINUTE,
  /** Without validation until then the request is dead. Source: ACM guide "DNS validation", checked 2026-11-23. */
  validationTimeout: 72 * HOUR,
  /** Of public certificates since 2026-02-18. Source: ACM guide "Certificate characteristics", checked 2026-11-23. */
  validity: 198 * DAY,
  /** The quota of requests counts this far back. Source: ACM guide "Quotas", checked 2026-11-23. */
  requestsCounted: 365 * DAY,
  /** How long before its end a certificate is renewed. */
  // Assumed: the figure, as events and notices begin then (API reference "PutAccountConfiguration"); older copies of the guide say 60 days.
  renewedBefore: 45 * DAY,
  /** Until ACM notices that a domain took a certificate, or let go of it. */
  // Assumed: the figure; no page has one, and up to a quarter of an hour is reported. Who bears the refusal is right either way.
  useNoticedAfter: 2 * MINUTE,
  /** A request may be invisible to DescribeCertificate for this long. */
  // Assumed: the figure, generously; the reference says "several seconds".
  visibleWithin: 5 * MINUTE,
} as const;

/** What ACM itself issues; the other algorithms can only be imported. Source: ACM API reference "RequestCertificate", checked 2026-11-23. */
export const REQUESTABLE_KEY_ALGORITHMS: readonly string[] = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

/** What ListCertificates shows when it is not asked for more. Source: ACM API reference "Filters", checked 2026-11-23. */
export const LISTED_KEY_ALGORITHMS: readonly string[] = ["RSA_1024", "RSA_2048"];

/** Every key algorithm there is: ask ListCertificates for all of them to see every certificate. */
export const KEY_ALGORITHMS: readonly string[] = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
];

export type CertificateConsumer = "apigateway" | "loadbalancer" | "cloudfront";

/**
 * Which keys each consumer takes. What is not listed is not confirmed by AWS's pages and counts as refused.
 * Source: ACM guide "Prerequisites for importing certificates" and CloudFront guide "Size of the public key",
 * checked 2026-11-23.
 */
export const ACCEPTED_KEY_ALGORITHMS: Readonly<Record<CertificateConsumer, readonly string[]>> = {
  apigateway: ["RSA_2048", "EC_prime256v1", "EC_secp384r1"],
  loadbalancer: KEY_ALGORITHMS,
  cloudfront: ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1"],
};
