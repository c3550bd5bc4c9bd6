import type { AccountId } from "../call.ts";
import type { Certificate, RegionalState } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import { caaAllows } from "./caa.ts";
import { cnameLeadsTo } from "./public-dns.ts";
import type { PublicZones } from "./public-dns.ts";

/** Where a certificate stands, and the span of time that passes: from `since` to `now`. */
export interface Surroundings {
  readonly state: RegionalState;
  readonly account: AccountId;
  /** Found out only when something asks for it. */
  readonly zones: () => PublicZones;
  readonly since: Instant;
  readonly now: Instant;
}

/** Whether every name's CNAME is there. Source: ACM guide "DNS validation", checked 2026-11-23. */
export function isProved(certificate: Certificate, { zones }: Surroundings): boolean {
  const records = Object.values(certificate.validation ?? {});
  return records.length > 0 && records.every(({ name, value }) => cnameLeadsTo(name, value, zones()));
}

/** Whether CAA records forbid Amazon one of the names. */
export const isForbidden = (certificate: Certificate, { zones }: Surroundings): boolean =>
  certificate.domains.some((domain) => !caaAllows(domain, zones()));
