import type { Call } from "./call.ts";
import type { Cloud } from "./cloud.ts";
import type { Instant } from "./instant.ts";
import { Table } from "./table.ts";

/** What one request to delete an API Gateway domain, or a mapping on the way there, is known by: the domain, and the date that its claim gave it. */
export interface Claimed {
  readonly account: string;
  readonly region: string;
  /** As the request names it. */
  readonly domainName: string;
  readonly signedAt: Instant;
}

/** gone: AWS has answered the deletion of the domain. doubtful: a request of the claim was refused, or its answer lost, so the claim has no other. */
export type ClaimEnd = "gone" | "doubtful";

const keyOf = ({ account, region, domainName, signedAt }: Claimed): string =>
  `${account} ${region} ${domainName} ${signedAt}`;

/** Undefined for calls that are signed when they are sent. */
function claimedBy({ account, region, input, signedAt }: Call): Claimed | undefined {
  const { domainName } = (input ?? {}) as { readonly domainName?: string };
  return signedAt === undefined || domainName === undefined ? undefined : { account, region, domainName, signedAt };
}

export const claimEnd = (cloud: Cloud, claimed: Claimed): ClaimEnd | undefined => cloud.claims?.get(keyOf(claimed));

/** AWS has answered: once it is the domain's own deletion, the claim has done its work. */
export const answered = (cloud: Cloud, call: Call): Cloud =>
  call.operation === "DeleteDomainName" ? withEnd(cloud, call, "gone") : cloud;

/** It is not known what became of the request, or it may not be sent again. */
export const doubted = (cloud: Cloud, call: Call): Cloud => withEnd(cloud, call, "doubtful");

function withEnd(cloud: Cloud, call: Call, end: ClaimEnd): Cloud {
  const claimed = claimedBy(call);
  return claimed === undefined
    ? cloud
    : { ...cloud, claims: (cloud.claims ?? Table.empty<ClaimEnd>()).set(keyOf(claimed), end) };
}
