import type { Account, Cloud, RegionalState } from "../cloud/cloud.ts";
import { accountOf, withAccount } from "../cloud/edit.ts";
import { emptyRegion } from "../cloud/empty.ts";
import type { Instant } from "../cloud/instant.ts";
import { MARKER_LINGER } from "../cloud/linger.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import { domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import { parseMarker } from "../resource/marker.ts";

/**
 * What an earlier round of the same run learnt and no listing tells: burnt caller references, idempotency tokens that
 * led to nothing, and the changes of zones that the run made, as far as they count (see `watched`). Everything else is
 * read afresh.
 */
export function carryOver(learnt: Cloud, fresh: Cloud): Cloud {
  let cloud = fresh;
  for (const known of learnt.accounts)
    cloud = withAccount(cloud, mergeAccount(known, accountOf(cloud, known.id), fresh.now));
  return cloud;
}

function mergeAccount(known: Account, fresh: Account, now: Instant): Account {
  let { callerReferences, regions } = fresh;
  for (const [reference, value] of known.callerReferences.entries())
    if (value.burnt && !callerReferences.has(reference)) callerReferences = callerReferences.set(reference, value);
  for (const region of known.regions)
    regions = regions.set(region.region, mergeRegion(region, regions.get(region.region) ?? emptyRegion(region.region)));
  return { ...fresh, callerReferences, regions, changes: watched(known, fresh, now) };
}

/**
 * Of the run's own changes those whose INSYNC may still count for a drain, by the markers that they wrote: where the one
 * that stands is the one that the change wrote, or a later one. Without this two runs could bump a marker in turns
 * for ever, each refused over the other's bump. Generations begin anew with a marker that was deleted and made again,
 * so only changes that are younger than a marker without entries can get.
 */
function watched(known: Account, fresh: Account, now: Instant): Account["changes"] {
  let changes = fresh.changes;
  for (const change of known.changes) {
    if (change.submittedAt + MARKER_LINGER <= now) continue;
    const recordSets = fresh.zones.get(change.zoneId)?.recordSets;
    const standing = Object.entries(change.generations ?? {}).filter(([name, generation]) => {
      const record = recordSets?.get(recordKey({ Name: escapeForRoute53(domainName(name)), Type: "TXT" }));
      return record !== undefined && (parseMarker(record)?.generation ?? 0) >= generation;
    });
    if (standing.length === 0) continue;
    const names = standing.map(([name]) => domainName(name));
    changes = changes.set(change.id, { ...change, names, generations: Object.fromEntries(standing) });
  }
  return changes;
}

/** Of the tokens only those whose certificate is gone: they must not be used again. */
function mergeRegion(known: RegionalState, fresh: RegionalState): RegionalState {
  let { certificateRequests } = fresh;
  for (const [token, request] of known.certificateRequests.entries()) {
    if (!known.certificates.has(request.arn)) certificateRequests = certificateRequests.set(token, request);
  }
  return { ...fresh, certificateRequests };
}
