import type { Call, Fault } from "../cloud/call.ts";
import { MINUTE, SECOND } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";

/**
 * What to do about a refusal. throttled, transient: the same request again, later. settling: AWS has not caught up with
 * what it acknowledged; again, later, for a while. moved: live is not what the plan was made from. refused: final.
 */
export type Verdict = "throttled" | "transient" | "settling" | "moved" | "refused";

const THROTTLED = new Set([
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "ThrottledException", // Resource Groups Tagging
  "RequestLimitExceeded",
  "PriorRequestNotComplete",
  "RequestThrottled",
  "SlowDown",
]);
const TRANSIENT = new Set([
  "InternalFailure",
  "InternalServiceError",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "RequestTimeout",
  "NetworkError",
  "NoAnswer", // ours: the answer was lost
]);
/** A request was signed too long ago, because it was held up on its way out. The code stands for other things too. */
const EXPIRED = new Set(["InvalidSignatureException", "RequestExpired"]);
const MOVED = new Set([
  "InvalidChangeBatch",
  "HealthCheckVersionMismatch",
  "HealthCheckAlreadyExists",
  "ConflictException",
  "NoSuchHealthCheck",
  "NoSuchHostedZone",
]);

/** Refusals by operation that pass when AWS has caught up with itself (API Reference of each, checked 2026-11-23). */
const SETTLING: Readonly<Record<string, readonly string[]>> = {
  CreateBasePathMapping: ["BadRequestException", "NotFoundException"], // the domain was made moments ago
  CreateDomainName: ["BadRequestException"], // the certificate was issued moments ago
  DeleteCertificate: ["ResourceInUseException", "ConflictException"], // the domain let go of it moments ago
  DeleteHealthCheck: ["HealthCheckInUse"], // its gate was deleted moments ago
  AddTagsToCertificate: ["ResourceNotFoundException"], // requested moments ago
  Probe: ["ProbeFailed"], // the endpoint was made moments ago
};

export function judge(call: Call, fault: Fault): Verdict {
  if (THROTTLED.has(fault.code)) return "throttled";
  if (SETTLING[call.operation]?.includes(fault.code) === true) return "settling";
  if (call.signedAt !== undefined && EXPIRED.has(fault.code)) return "transient";
  if (TRANSIENT.has(fault.code) || fault.status >= 500) return "transient";
  return MOVED.has(fault.code) ? "moved" : "refused";
}

/** How often one run claims a thing anew when the answer to its deletion is lost or a passing refusal: each takes a quarter of an hour. */
export const CLAIMS_MAX = 4;

/** A quota that is used up does not come back by waiting: `LimitExceededException` is refused, whatever its HTTP status. */
export const RETRIES_MAX = 8;

/**
 * How long to wait before the next look when live was not what the plan was made from, in milliseconds: reads of AWS
 * lag by some seconds, and a look that is taken at once would see the same again.
 */
export const REPLAN_PAUSE = 10 * SECOND;

/** How often one request is tried again when no connection can be made. */
export const UNREACHABLE_RETRIES_MAX = 3;

/**
 * How long a settling refusal is borne before it is taken for final, in milliseconds. ACM is known to take more than
 * a quarter of an hour to notice that an API Gateway domain let go of a certificate.
 */
export const settlingMax = ({ operation }: Pick<Call, "operation">): number =>
  operation === "DeleteCertificate" ? 30 * MINUTE : 10 * MINUTE;

/** Doubling from one second to half a minute, a whole one where AWS takes minutes to notice; AWS's own Retry-After where it says one. */
export function retryAt(now: Instant, attempt: number, fault: Fault): Instant {
  const backoff =
    fault.code === "ResourceInUseException" ? MINUTE : Math.min(30 * SECOND, SECOND * 2 ** Math.min(attempt, 10));
  return now + Math.max(backoff, (fault.retryAfterSeconds ?? 0) * SECOND);
}

/** How often something that settles is looked at, in milliseconds: quickly at first, then with patience. */
export function pollInterval(reads: number): number {
  return Math.min(30 * SECOND, 2 * SECOND * 2 ** Math.min(reads, 4));
}
