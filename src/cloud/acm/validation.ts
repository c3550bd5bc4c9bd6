import { createHash } from "node:crypto";
import type { DomainName } from "../../dns/domain-name.ts";
import { domainName, parent, parseDomainName, wildcardBase } from "../../dns/domain-name.ts";
import { longestZone } from "../../dns/zone-match.ts";
import { subtreeKeyPrefix } from "../route53/record-order.ts";
import type { PublicZones } from "./public-dns.ts";
import type { AccountId } from "../call.ts";
import type { Certificate, RecordSet, ValidationRecord } from "../cloud.ts";

const VALIDATION_SUFFIX = ".acm-validations.aws.";

/**
 * The CNAME that proves control of a name: one for each account and name, the same in every Region, for ever, and
 * shared by a wildcard and its parent. Source: ACM guide "DNS validation", checked 2026-11-23.
 */
export function validationRecord(account: AccountId, domain: DomainName): ValidationRecord {
  const name = wildcardBase(domain);
  const bytes = createHash("sha256").update(`${account} ${name}`).digest();
  const value = createHash("sha256").update(`value ${account} ${name}`).digest();
  const letters = Array.from(value.subarray(16, 26), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
  return {
    name: `_${bytes.toString("hex", 0, 16)}.${name}` as DomainName,
    value: `_${value.toString("hex", 0, 16)}.${letters}${VALIDATION_SUFFIX}` as DomainName,
  };
}

/** The CNAMEs of a whole certificate, by the name without `*.`. */
export function validationRecords(
  account: AccountId,
  domains: readonly DomainName[],
): NonNullable<Certificate["validation"]> {
  return Object.fromEntries(domains.map((each) => [wildcardBase(each), validationRecord(account, each)]));
}

/**
 * The validation records that stand in DNS already: the record of an account and name is the same for ever, so what
 * stands is what ACM asks for again. For Clouds that were observed: AWS's own records cannot be computed, and the
 * model would wait for another.
 * Source: ACM guide "DNS validation", checked 2026-11-23.
 */
// Assumed: it is this account's. Where another account left one, the run finds out when ACM tells its own, and makes that one, too.
export function standingRecords(
  account: AccountId,
  domains: readonly DomainName[],
  zones: PublicZones,
): NonNullable<Certificate["validation"]> {
  const standing = domains.map(wildcardBase).flatMap((base) => {
    const records = (longestZone(base, zones) ?? []).flatMap((zone) => [
      ...zone.recordSets.startingWith(`${subtreeKeyPrefix(base)}_`),
    ]);
    const own = validationRecord(account, base).name;
    const proofs = records.filter((each) => provedBy(each) === base);
    const record = proofs.find((each) => domainName(each.Name) === own) ?? proofs[0];
    if (record === undefined) return [];
    const value = domainName(record.ResourceRecords?.[0]?.Value ?? "");
    return [[base, { name: domainName(record.Name), value }] as const];
  });
  return Object.fromEntries(standing);
}

/** The name that a record set proves to ACM, without `*.`; undefined when it is no validation record. */
export function provedBy(record: RecordSet): DomainName | undefined {
  const value = record.ResourceRecords?.[0]?.Value;
  if (record.Type !== "CNAME" || value === undefined || !record.Name.startsWith("_")) return undefined;
  const target = parseDomainName(value);
  return target.ok && target.name.endsWith(VALIDATION_SUFFIX) ? parent(domainName(record.Name)) : undefined;
}
