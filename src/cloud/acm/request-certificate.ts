import { createHash } from "node:crypto";
import type { DomainName } from "../../dns/domain-name.ts";
import { certificateArn } from "../arn.ts";
import type { Call, Outcome, Step } from "../call.ts";
import type { Certificate, RegionalState } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { notEmulated, refused, succeeded } from "../outcome.ts";
import { certificateNames } from "./certificate-names.ts";
import { ACM_QUOTAS, ACM_TIMES, KEY_ALGORITHMS, REQUESTABLE_KEY_ALGORITHMS } from "./limits.ts";
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
  const fault = "fault" in names ? names.fault : (tokenFault(input) ?? keyFault(input) ?? tagFault(input.Tags ?? []));
  if (fault !== undefined) return fault;
  const domains = "names" in names ? names.names : [];

  const remembered = rememberedArn(state, input.IdempotencyToken, cloud.now);
  if (remembered !== undefined) return succeeded(cloud, { CertificateArn: remembered });
  if (state.certificates.size >= ACM_QUOTAS.certificates) return tooMany(call);

  const arn = certificateArn(call.region, call.account, ids("certificate"));
  const made = state.certificates.get(arn) ?? newCertificate(arn, domains, input, cloud.now);
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

function tokenFault({ IdempotencyToken: token }: RequestCertificateInput): Outcome | undefined {
  if (token === undefined || /^\w{1,32}$/.test(token)) return undefined;
  return refused(
    "ValidationException",
    `Value '${token}' at 'idempotencyToken' must satisfy the pattern \\w+ and 32 characters`,
  );
}

function keyFault({ KeyAlgorithm: algorithm = "RSA_2048" }: RequestCertificateInput): Outcome | undefined {
  if (REQUESTABLE_KEY_ALGORITHMS.includes(algorithm)) return undefined;
  if (!KEY_ALGORITHMS.includes(algorithm))
    return refused("ValidationException", `Value '${algorithm}' at 'keyAlgorithm' is not a key algorithm`);
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

function tooMany(call: Call): Outcome {
  const message = `Cannot request more certificates than ${ACM_QUOTAS.certificates} in ${call.region} in this account.`;
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
