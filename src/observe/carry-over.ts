import type { Account, Cloud, RegionalState } from "../cloud/cloud.ts";
import { accountOf, withAccount } from "../cloud/edit.ts";
import { emptyRegion } from "../cloud/empty.ts";

/**
 * What an earlier round of the same run learnt and no listing tells: burnt caller references, idempotency tokens that
 * led to nothing. Everything else is read afresh; the run's own changes of zones are forgotten, so that a drain
 * never counts from a change that an earlier plan made.
 */
export function carryOver(learnt: Cloud, fresh: Cloud): Cloud {
  let cloud = fresh;
  for (const known of learnt.accounts) cloud = withAccount(cloud, mergeAccount(known, accountOf(cloud, known.id)));
  return cloud;
}

function mergeAccount(known: Account, fresh: Account): Account {
  let { callerReferences, regions } = fresh;
  for (const [reference, value] of known.callerReferences.entries())
    if (value.burnt && !callerReferences.has(reference)) callerReferences = callerReferences.set(reference, value);
  for (const region of known.regions)
    regions = regions.set(region.region, mergeRegion(region, regions.get(region.region) ?? emptyRegion(region.region)));
  return { ...fresh, callerReferences, regions };
}

/** Of the tokens only those whose certificate is gone: they must not be used again. */
function mergeRegion(known: RegionalState, fresh: RegionalState): RegionalState {
  let { certificateRequests } = fresh;
  for (const [token, request] of known.certificateRequests.entries()) {
    if (!known.certificates.has(request.arn)) certificateRequests = certificateRequests.set(token, request);
  }
  return { ...fresh, certificateRequests };
}
