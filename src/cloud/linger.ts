import { MINUTE } from "./instant.ts";

/**
 * For how long a name's marker stays after the last thing that it speaks of was deleted, in milliseconds. It closes two
 * windows that a marker that is gone cannot close any more:
 *
 * - What it says is gone (`gone` facts) must be said for as long as a read may still show it: API Gateway's reads lag.
 * - A run that read "no marker" may have looked at a target since, and its batch, which makes the marker, may be on its
 *   way. Where none stands, nothing tells that one has stood meanwhile. So that batch is signed as of the read
 *   (cloud/signature.ts): it lands within 15 + 2 minutes of it, or never. What the run looked at is deleted by others
 *   under a marker that came after the read, and that marker speaks of it through a drain of 15 minutes at least, until the
 *   deletion; with these 5 it stands for 20. So within the 17 minutes the batch meets a marker and is refused, unless
 *   nothing has been deleted; 3 minutes are left for how far a listing of the zone lags, and for clocks.
 */
// Source: AWS Signature Version 4, "Elements of an AWS API request signature" (a request is refused when its date is too old), checked 2026-11-24.
// Assumed: AWS documents no bound for how far reads of API Gateway are behind; seconds are what is seen.
export const MARKER_LINGER = 5 * MINUTE;
