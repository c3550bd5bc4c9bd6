import type { Step } from "../call.ts";
import type { AcmConfiguration } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { ACM_LIMITS, ACM_TIMES } from "./limits.ts";

interface PutAccountConfigurationInput {
  readonly ExpiryEvents?: { readonly DaysBeforeExpiry?: number };
  readonly IdempotencyToken?: string;
}

const INITIAL: AcmConfiguration = { daysBeforeExpiry: ACM_LIMITS.daysBeforeExpiry, tokens: {} };

/** Source: ACM API reference "GetAccountConfiguration", checked 2026-11-23. It is kept for each Region. */
export const getAccountConfiguration: Step = (cloud, call) => {
  const { daysBeforeExpiry } = regionOf(cloud, call.account, call.region).acmConfiguration ?? INITIAL;
  return succeeded(cloud, { ExpiryEvents: { DaysBeforeExpiry: daysBeforeExpiry } });
};

/**
 * A token that was used within the hour is the same request again, and changes nothing any more.
 * Source: ACM API reference "PutAccountConfiguration", checked 2026-11-23.
 */
// Assumed: what is left out stays as it is.
export const putAccountConfiguration: Step = (cloud, call) => {
  const { ExpiryEvents: events, IdempotencyToken: token = "" } = call.input as PutAccountConfigurationInput;
  const state = regionOf(cloud, call.account, call.region);
  const { daysBeforeExpiry, tokens } = state.acmConfiguration ?? INITIAL;
  const recent = Object.entries(tokens).filter(([, at]) => cloud.now < at + ACM_TIMES.tokenRemembered);
  if (recent.some(([used]) => used === token)) return succeeded(cloud);
  const acmConfiguration = {
    daysBeforeExpiry: events?.DaysBeforeExpiry ?? daysBeforeExpiry,
    tokens: Object.fromEntries([...recent, [token, cloud.now]]),
  };
  return succeeded(withRegion(cloud, call.account, { ...state, acmConfiguration }));
};
