import type { Call, Fault } from "./call.ts";
import { regionFacts } from "./region.ts";

/**
 * Whether this is how AWS refuses in a Region that the account has not enabled: it does not know the credentials
 * there. Source: Account Management Reference, "Enable or disable AWS Regions in your account" (opt-in Regions have no
 * IAM data before they are enabled), checked 2026-11-23.
 */
// Assumed: the codes, as users report them; the page names none. With credentials that are wrong everywhere, the first call of all, to a default Region, fails alike.
export function isRegionNotEnabled({ region }: Pick<Call, "region">, { code }: Fault): boolean {
  return regionFacts(region)?.optIn === true && CODES.has(code);
}

const CODES = new Set(["UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure"]);
