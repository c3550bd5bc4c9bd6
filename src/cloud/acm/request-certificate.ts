import { createHash } from "node:crypto";
import type { DomainName } from "../../dns/domain-name.ts";
import { certificateArn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Certificate, Cloud, RegionalState } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import type { Instant } from "../instant.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { exceedsQuota, quotaOf } from "../quotas.ts";
import type { QuotaKey } from "../quotas.ts";
import { agendaOf } from "./agenda.ts";
import { certificateNames } from "./certificate-names.ts";
import { ACM_TIMES, REQUESTABLE_KEY_ALGORITHMS } from "./limits.ts";
import { tagFault, tagMap } from "./tags.ts";
import type { Tag } from "./tags.ts";

interface RequestCertificateInput {
  readonly DomainName?: string;
  readonly ValidationMethod?: string;
  readonly SubjectAlternativeNames?: readonly string[];
  readonly IdempotencyToken?: string;
  readonly DomainValidationOptions?: readonly unknown[];
  readonly Options?: { readonly CertificateTransparencyLoggingPreference?: string; readonly Export?: string };
  readonly CertificateAuthorityArn?: string;
  readonly Tags?: readonly Tag[];
  readonly KeyAlgorithm?: string;
  readonly ManagedBy?: string;
}

/**
 * Source: ACM API reference "RequestCertificate", checked 2026-11-23. Only public certificates that are validated
 * by DNS. The validation records are not there yet: `tick` adds them some seconds later, as AWS does.
 */
export const requestCertificate: Step = (cloud, call, ids) => {
  const input = call.input as RequestCertificateInput;
  const unmodelled = unmodelledOption(input);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const names = certificateNames([input.DomainName ?? "", ...(input.SubjectAlternativeNames ?? [])]);
  const state = regionOf(cloud, call.account, call.region);
  if ("fault" in names) return names.fault;
  const fault = keyFault(input) ?? tagFault(input.Tags ?? []);
  if (fault !== undefined) return fault;

  const remembered = rememberedArn(state, input.IdempotencyToken, cloud.now);
  if (remembered !== undefined) return succeeded(cloud, { CertificateArn: remembered });
  const over = quotaFault(cloud, call, state, names.names.length);
  if (over !== undefined) return over;

  const arn = certificateArn(call.region, call.account, ids("certificate"));
  const made = state.certificates.get(arn) ?? newCertificate(arn, names.names, input, cloud.now);
  const next = remember({ ...state, certificates: state.certificates.set(arn, made) }, input, arn, cloud.now);
  return succeeded(withRegion(cloud, call.account, next), { CertificateArn: arn });
};

/** Only DNS validation is modelled. Without a method ACM takes e-mail (Service Authorization Reference, `acm:ValidationMethod`). */
function unmodelledOption(input: RequestCertificateInput): string | undefined {
  if (input.CertificateAuthorityArn !== undefined) return "CertificateAuthorityArn (private certificates)";
  if (input.ValidationMethod !== "DNS") return `ValidationMethod ${input.ValidationMethod ?? "EMAIL (the default)"}`;
  if (input.ManagedBy !== undefined) return "ManagedBy";
  if (input.Options?.Export === "ENABLED") return "Options.Export";
  if ((input.DomainValidationOptions ?? []).length > 0) return "DomainValidationOptions";
  return undefined;
}

/** Source: ACM API reference "RequestCertificate" (KeyAlgorithm), checked 2026-11-23. */
function keyFault({ KeyAlgorithm: algorithm = "RSA_2048" }: RequestCertificateInput): Outcome | undefined {
  if (REQUESTABLE_KEY_ALGORITHMS.includes(algorithm)) return undefined;
  return refused("InvalidParameterException", `The key algorithm ${algorithm} can only be imported, not requested`);
}

/**
 * The documentation knows only the token: repeated within the hour, it asks for the one certificate, whatever else
 * the request says (AWS support confirmed it for another certificate authority under the same token).
 * Source: ACM API reference "RequestCertificate", checked 2026-11-23.
 */
// Assumed: also for other names, and also when that certificate was deleted since. A caller that is safe here is safe anywhere.
function rememberedArn(state: RegionalState, token: string | undefined, now: number): string | undefined {
  if (token === undefined) return undefined;
  const request = state.certificateRequests.get(token);
  return request !== undefined && now < request.at + ACM_TIMES.tokenRemembered ? request.arn : undefined;
}

function remember(state: RegionalState, input: RequestCertificateInput, arn: string, at: number): RegionalState {
  if (input.IdempotencyToken === undefined) return state;
  const fingerprint = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  const request = { arn, at, fingerprint };
  return { ...state, certificateRequests: state.certificateRequests.set(input.IdempotencyToken, request) };
}

const requestedWithinYear = (requests: readonly Instant[], now: Instant): number =>
  requests.filter((at) => at > now - ACM_TIMES.requestsCounted).length;

/** Requests that count to the yearly quota, as far as they are known. */
export const requestedThisYear = ({ certificates, deletedRequests }: RegionalState, now: Instant): number =>
  requestedWithinYear([...agendaOf(certificates).requested, ...deletedRequests], now);

/**
 * Certificates that stand here, requests of the last year (deleted ones too), and names of one certificate. The
 * wording is the one that is widely reported. Source: ACM guide "Quotas", checked 2026-11-23.
 */
// Assumed: a request that was answered by its token's first one is not counted again; one that came to nothing is.
function quotaFault(
  cloud: Cloud,
  call: Call,
  { certificates, deletedRequests }: RegionalState,
  names: number,
): Outcome | undefined {
  const over = (key: QuotaKey, before: number, after: number): boolean =>
    exceedsQuota(cloud, call.account, key, before, after);
  if (over("acm.namesPerCertificate", 0, names)) {
    return refused("LimitExceededException", "Certificate has too many domains.");
  }
  const { requested } = agendaOf(certificates);
  if (over("acm.certificates", requested.length, requested.length + 1)) {
    const message = "Cannot request more certificates in this account. Contact Customer Service for details.";
    return refused("LimitExceededException", message);
  }
  const counted = requestedWithinYear([...requested, ...deletedRequests], cloud.now);
  if (!over("acm.requestsPerYear", counted, counted + 1)) return undefined;
  const limit = quotaOf(cloud, call.account, "acm.requestsPerYear");
  const message = `Error: you have reached your limit of ${limit} certificates in the last year.`;
  return refused("LimitExceededException", message);
}

// Assumed: a preference of DISABLED is kept and shown, though the SDK's reference says since 2026-06-12 that every certificate is logged.
function newCertificate(
  arn: string,
  domains: readonly DomainName[],
  input: RequestCertificateInput,
  createdAt: number,
): Certificate {
  return {
    arn,
    domains,
    keyAlgorithm: input.KeyAlgorithm ?? "RSA_2048",
    type: "AMAZON_ISSUED",
    status: "PENDING_VALIDATION",
    transparencyLogging: input.Options?.CertificateTransparencyLoggingPreference !== "DISABLED",
    tags: tagMap(input.Tags ?? []),
    createdAt,
    validation: undefined,
    inUseBy: [],
  };
}
