import type { Call, Fault, Service } from "./call.ts";
import { SECOND } from "./instant.ts";

/**
 * How each service refuses a call for which there is no token. Sources, checked 2026-11-23: Route 53 guide "Throttling
 * API requests"; API references, "Common Errors" and the errors of each operation (ACM ThrottlingException, API Gateway
 * TooManyRequestsException with its Retry-After, tagging ThrottledException); Elastic Load Balancing guide "Request
 * throttling for the Elastic Load Balancing API", checked 2026-11-24.
 */
// Assumed: STS and CloudFront, whose pages name no code of their own for it.
const REFUSALS: Readonly<Record<Exclude<Service, "probe">, Pick<Fault, "code" | "status">>> = {
  route53: { code: "Throttling", status: 400 },
  acm: { code: "ThrottlingException", status: 400 },
  apigateway: { code: "TooManyRequestsException", status: 429 },
  cloudfront: { code: "Throttling", status: 400 },
  elbv2: { code: "ThrottlingException", status: 400 },
  tagging: { code: "ThrottledException", status: 400 },
  sts: { code: "Throttling", status: 400 },
};

/** The service's own refusal of a call that comes too soon. `waitMs`: until a token will be there. A probe, which is no call to AWS, meets a server that is busy. */
export function throttledFault({ service }: Call, waitMs: number): Fault {
  if (service === "probe") return { code: "ProbeFailed", message: "503 Service Unavailable", status: 503 };
  const fault = { ...REFUSALS[service], message: service === "apigateway" ? "Too Many Requests" : "Rate exceeded" };
  return service === "apigateway" ? { ...fault, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / SECOND)) } : fault;
}
