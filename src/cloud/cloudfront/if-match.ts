import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import { invalidIfMatch } from "./faults.ts";

/**
 * Why a change that was decided on this version is refused; undefined when it is the present one. `etag` undefined: the
 * version that there is was not read, and AWS itself has the last word.
 * Source: CloudFront API reference "UpdateDistribution" and "UpdateFunction" (errors), checked 2026-11-24.
 */
// Assumed: the wording of PreconditionFailed.
export function ifMatchFault(given: string | undefined, etag: string | undefined): Outcome | undefined {
  if (given === undefined || !/^[A-Z0-9]+$/.test(given)) return invalidIfMatch();
  if (etag === undefined || given === etag) return undefined;
  return refused(
    "PreconditionFailed",
    "The request failed because it didn't meet the preconditions in one or more request-header fields.",
    412,
  );
}
