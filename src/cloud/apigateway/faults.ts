import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";

/** API Gateway's errors with their HTTP statuses. Source: API Gateway API reference (errors of each operation), checked 2026-11-23. */
export const badRequest = (message: string): Outcome => refused("BadRequestException", message, 400);

export const notFound = (what: string): Outcome =>
  refused("NotFoundException", `Invalid ${what} identifier specified`, 404);

export const conflict = (message: string): Outcome => refused("ConflictException", message, 409);

/** It carries a Retry-After header, though a quota does not come back by waiting (API reference "LimitExceededException", checked 2026-11-23). */
// Assumed: the figure.
export const limitExceeded = (message: string): Outcome => ({
  ok: false,
  fault: { code: "LimitExceededException", message, status: 429, retryAfterSeconds: 1 },
});
