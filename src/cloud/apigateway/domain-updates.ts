import type { ApiDomain, RegionalState } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import type { Outcome } from "../call.ts";
import { conflict } from "./faults.ts";
import { API_GATEWAY_TIMES } from "./limits.ts";

/**
 * While a domain is UPDATING it takes no other change.
 * Source: API Gateway API reference "DomainName" (domainNameStatus), checked 2026-11-23.
 */
// Assumed: the code and the wording, as they are widely reported of UpdateDomainName; a deletion counts as a change of
// the domain too. Mappings and tags are resources of their own, and are taken.
export function updatingFault({ status }: ApiDomain): Outcome | undefined {
  return status === "UPDATING" ? conflict("There is already an update in progress") : undefined;
}

/** The domain as it is shown while it is being updated: with its new settings, and a status that says so. */
export function beginUpdate(domain: ApiDomain, now: Instant): ApiDomain {
  return { ...domain, status: "UPDATING", updateDueAt: now + API_GATEWAY_TIMES.updateTakes };
}

/** The Region with every update over that is due by `now`. */
export function tickDomains(state: RegionalState, now: Instant): RegionalState {
  let { domains } = state;
  for (const domain of state.domains) {
    if (domain.updateDueAt !== undefined && domain.updateDueAt <= now)
      domains = domains.set(domain.name, available(domain));
  }
  return domains === state.domains ? state : { ...state, domains };
}

const available = ({ updateDueAt: _due, ...domain }: ApiDomain): ApiDomain => ({ ...domain, status: "AVAILABLE" });

/** When the next update is over; Infinity when none is under way. */
export function nextDomainEvent({ domains }: RegionalState): Instant {
  let due = Infinity;
  for (const { updateDueAt = Infinity } of domains) due = Math.min(due, updateDueAt);
  return due;
}
