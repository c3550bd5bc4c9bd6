import { parent, wildcardBase } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import { valuesAt } from "./public-dns.ts";
import type { PublicZones } from "./public-dns.ts";

/** A CAA record's value taken apart; the tag in lower case (RFC 8659 §4.1). */
interface CaaRecord {
  readonly flags: number;
  readonly tag: string;
  readonly value: string;
}

/** The names of Amazon's certificate authorities. Source: ACM guide "Configure a CAA record", checked 2026-11-23. */
const AMAZON: ReadonlySet<string> = new Set(["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"]);

/** A property that is critical and not understood forbids every issuance (RFC 8659 §4.1). */
const CRITICAL = 128;

// Assumed: ACM understands the properties that are registered and say nothing about certificates of servers.
const UNDERSTOOD: ReadonlySet<string> = new Set([
  "issue",
  "issuewild",
  "iodef",
  "contactemail",
  "contactphone",
  "issuemail",
  "issuevmc",
]);

/**
 * Whether the CAA records let Amazon issue for the name: those closest to it, at it or above it; for a wildcard its
 * `issuewild` ones where there are any. No `issue` record is no restriction.
 * Source: RFC 8659 §3 and §4; ACM guide "Configure a CAA record", checked 2026-11-23.
 */
export function caaAllows(domain: DomainName, zones: PublicZones): boolean {
  const records = closestRecords(wildcardBase(domain), zones);
  if (records.some(({ flags, tag }) => flags >= CRITICAL && !UNDERSTOOD.has(tag))) return false;
  const ofWildcards = domain.startsWith("*.") ? records.filter(({ tag }) => tag === "issuewild") : [];
  const governing = ofWildcards.length > 0 ? ofWildcards : records.filter(({ tag }) => tag === "issue");
  return governing.length === 0 || governing.some(({ value }) => AMAZON.has(issuer(value)));
}

function closestRecords(name: DomainName, zones: PublicZones): readonly CaaRecord[] {
  for (let at: DomainName | undefined = name; at !== undefined; at = parent(at)) {
    const values = valuesAt(at, "CAA", zones);
    if (values.length > 0) return values.flatMap(parseCaa);
  }
  return [];
}

/** `0 issue "amazon.com"`; nothing when it is not of that form. */
function parseCaa(text: string): readonly CaaRecord[] {
  const match = /^(\d{1,3})\s+([A-Za-z0-9]+)\s+(?:"(.*)"|(\S*))$/s.exec(text.trim());
  if (match === null) return [];
  const [, flags = "", tag = "", quoted, bare = ""] = match;
  return [{ flags: Number(flags), tag: tag.toLowerCase(), value: quoted ?? bare }];
}

/** What stands before the parameters; `;` alone names nobody (RFC 8659 §4.2). */
const issuer = (value: string): string => (value.split(";", 1)[0] ?? "").trim().toLowerCase().replace(/\.$/, "");
