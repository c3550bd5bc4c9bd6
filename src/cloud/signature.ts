import type { Call, Fault } from "./call.ts";
import { MINUTE } from "./instant.ts";
import type { Instant } from "./instant.ts";

/**
 * How much older than now the date of a request's signature may be, in milliseconds, at the most: most services refuse
 * it after five minutes, the common error RequestExpired speaks of fifteen.
 * Source: IAM guide "AWS Signature Version 4 for API requests" (replay attacks) and "Common Errors" of the API references, checked 2026-11-23.
 */
export const SIGNATURE_WINDOW = 15 * MINUTE;

/** So long after that nothing that was let in can be under way any more; clocks that differ, those of AWS's answers among them, are covered by it too. */
// Assumed: API Gateway applies a request that it let in within two minutes; the page of its limits gives integrations 29 seconds and says nothing of itself.
export const SIGNATURE_MARGIN = 2 * MINUTE;

/** Repeats, to an AWS that is not the real one, the date that a request was signed with: the clock of the embedded AWS is its own, so other requests are dated by another. */
export const SIGNED_AT_HEADER = "x-signalbox-signed-at";

/** AWS's refusal of a request that comes too late; undefined for one in time, and for all that are signed when they are sent. */
// Assumed: the words and the status, which are those that are widely reported; the figure in them is that of the service.
export function expiredFault({ signedAt }: Call, now: Instant): Fault | undefined {
  if (signedAt === undefined || now - signedAt <= SIGNATURE_WINDOW) return undefined;
  const earliest = stamp(now - SIGNATURE_WINDOW);
  return {
    code: "InvalidSignatureException",
    message: `Signature expired: ${stamp(signedAt)} is now earlier than ${earliest} (${stamp(now)} - ${SIGNATURE_WINDOW / MINUTE} min.)`,
    status: 403,
  };
}

/** As in X-Amz-Date: `20260101T000000Z`. */
const stamp = (at: Instant): string => new Date(at).toISOString().replace(/[-:]|\.\d+/gu, "");
