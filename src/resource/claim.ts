import type { Region } from "../cloud/call.ts";
import { claimEnd } from "../cloud/claims.ts";
import type { ClaimEnd } from "../cloud/claims.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Instant } from "../cloud/instant.ts";
import { SIGNATURE_MARGIN, SIGNATURE_WINDOW } from "../cloud/signature.ts";
import { display } from "../dns/domain-name.ts";
import { call, wait } from "./kind.ts";
import type { Guard, Next } from "./kind.ts";
import type { Claim, Entry } from "./marker.ts";
import { swapCall } from "./swap.ts";
import type { NameSpec } from "./swap.ts";

// The fenced claim of the write protocol: an API Gateway domain is deleted by its name, without a condition, so a request
// that is late could take the one that another run has made since. Hence only who has claimed it in the marker sends
// one, once, signed as of the claim; and nobody else sends one, or lets the name be used again, before AWS refuses that one.

/** How long a claim holds, in milliseconds. */
const CLAIM_HOLDS = SIGNATURE_WINDOW + SIGNATURE_MARGIN;

/** An API Gateway domain by its name. */
export interface ClaimedSpec extends NameSpec {
  readonly region: Region;
}

/** The date that all requests of a claim are signed with: when it was made. */
const signedAt = ({ notAfter }: Claim): Instant => notAfter - CLAIM_HOLDS;

function endOf({ account, region, name }: ClaimedSpec, claim: Claim, cloud: Cloud): ClaimEnd | undefined {
  return claimEnd(cloud, { account, region, domainName: display(name), signedAt: signedAt(claim) });
}

/** Whether AWS has answered the deletion that the entry's claim is for. */
export const isGone = (spec: ClaimedSpec, { claim }: Entry, cloud: Cloud): boolean =>
  claim !== undefined && endOf(spec, claim, cloud) === "gone";

/** What a claim lets one send. */
export interface Deletion {
  readonly operation: "DeleteDomainName" | "DeleteBasePathMapping";
  readonly input: { readonly domainName: string; readonly basePath?: string };
}

/**
 * Rules e to g of the write protocol: claims what has drained, or sends a claim's request. `now` is AWS's, as its last
 * answer told.
 */
export function underClaim(spec: ClaimedSpec, entry: Entry, guard: Guard, deletion: Deletion, cloud: Cloud): Next {
  const { claim, target, incarnation } = entry;
  if (claim === undefined || !(cloud.now < claim.notAfter)) {
    const claimed = { target, notAfter: cloud.now + CLAIM_HOLDS };
    return swapCall([{ spec, guard, delta: { condemn: [{ target, incarnation }], claim: [claimed] } }], cloud);
  }
  if (!claim.nonce.startsWith(`${guard.nonce}.`))
    return wait("the claim of another run, whose request may still be on its way", claim.notAfter);
  if (endOf(spec, claim, cloud) === "doubtful")
    return wait("AWS to refuse a request whose answer is not known, should it still be on its way", claim.notAfter);
  const { account, region } = spec;
  return call({ account, region, service: "apigateway", ...deletion, signedAt: signedAt(claim) });
}
