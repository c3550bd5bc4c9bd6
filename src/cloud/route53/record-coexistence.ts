import { escapeForRoute53 } from "../../dns/domain-name.ts";
import type { HostedZone, RecordSet } from "../cloud.ts";
import type { Table } from "../table.ts";
import { POLICY_RECORD_SETS_MAX } from "./limits.ts";
import { nameKeyPrefix, recordKey } from "./record-order.ts";
import { policyOf } from "./routing-policy.ts";

/**
 * Why a record set may not stand beside what else is at its name, in AWS's words; `recordSets` is the zone as it is at
 * that point of the batch. Only the record sets of that one name are looked at.
 * Source: API Reference, ResourceRecordSet; Developer Guide, "Choosing a routing policy", checked 2026-11-23.
 */
export function coexistenceProblems(
  zone: HostedZone,
  recordSets: Table<RecordSet>,
  record: RecordSet,
): readonly string[] {
  const key = recordKey(record);
  const others = [...recordSets.startingWith(nameKeyPrefix(record.Name))].filter((other) => recordKey(other) !== key);
  const siblings = others.filter((other) => other.Type === record.Type);
  const problems = [cnameProblem(zone, record, others), policyProblem(record, siblings)];
  if (siblings.length >= POLICY_RECORD_SETS_MAX) {
    // Assumed: the wording.
    problems.push(
      `Number of RRSets with DNS name ${record.Name}, type ${record.Type} exceeds ${POLICY_RECORD_SETS_MAX}`,
    );
  }
  return problems.filter((problem) => problem !== undefined);
}

/** A CNAME stands alone at its name, and never at the apex, where NS and SOA are (RFC 1034 §3.6.2). */
function cnameProblem(zone: HostedZone, record: RecordSet, others: readonly RecordSet[]): string | undefined {
  const zoneName = escapeForRoute53(zone.name);
  if (record.Type === "CNAME") {
    if (record.Name === zoneName)
      return `RRSet of type CNAME with DNS name ${record.Name} is not permitted at apex in zone ${zoneName}`;
    return others.some((other) => other.Type !== "CNAME")
      ? `RRSet of type CNAME with DNS name ${record.Name} is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName}`
      : undefined;
  }
  return others.some((other) => other.Type === "CNAME")
    ? `RRSet of type ${record.Type} with DNS name ${record.Name} is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zoneName}`
    : undefined;
}

/** Aliases have none of their own. Source: API Reference, ResourceRecordSet, TTL, checked 2026-11-24. */
const hasOtherTtl = (record: RecordSet, other: RecordSet): boolean =>
  record.TTL !== undefined && other.TTL !== undefined && record.TTL !== other.TTL;

/** One routing policy per name and type, and within it no two record sets for the same Region or role. */
function policyProblem(record: RecordSet, siblings: readonly RecordSet[]): string | undefined {
  if (siblings.length === 0) return undefined;
  const policy = policyOf(record);
  const what = `RRSet with DNS name ${record.Name}, type ${record.Type}`;
  if (policy === "simple") return `${what} cannot be created as other RRSets exist with the same name and type.`;
  const which = `${what}, SetIdentifier ${record.SetIdentifier}`;
  if (siblings.some((other) => policyOf(other) !== policy)) {
    // Assumed: the wording for policies other than weighted and multivalue.
    return policy === "multivalue"
      ? `${which} cannot be created because a non multivalue answer rrset exists with the same name and type.`
      : `${which} cannot be created as a non-${policy} set exists with the same name and type.`;
  }
  if (policy === "latency" && siblings.some((other) => other.Region === record.Region)) {
    return `${which}, and Region Name=${record.Region} cannot be created because a latency RRSet with the same name, type and region already exists.`;
  }
  if (policy === "weighted" && siblings.some((other) => hasOtherTtl(record, other))) {
    // Assumed: that it is refused, and the wording; the reference says that all of a group must have the same TTL.
    return `${which} cannot be created as a weighted RRSet with the same name and type has another TTL.`;
  }
  if (policy === "failover" && siblings.some((other) => other.Failover === record.Failover)) {
    // Assumed: the wording.
    return `${which} cannot be created because a failover RRSet with the same name, type and failover role ${record.Failover} already exists.`;
  }
  return undefined;
}
