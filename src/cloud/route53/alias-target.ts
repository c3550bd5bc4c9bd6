import { domainName, escapeForRoute53, isWithin } from "../../dns/domain-name.ts";
import type { Account, HostedZone, RecordSet } from "../cloud.ts";
import type { Table } from "../table.ts";
import { typeKeyPrefix } from "./record-order.ts";
import { DISTRIBUTION_ZONE, readExecuteApiHost } from "../apigateway/hosts.ts";

/**
 * Why an alias may not point where it does, in AWS's words; `recordSets` is the alias's own zone as it is at that point
 * of the batch, so a target that the batch makes must come before its alias.
 * Source: API Reference, AliasTarget, checked 2026-11-23.
 */
// Assumed: a target in a zone of AWS's own (API Gateway, load balancers) is not looked up; only its zone id is checked.
export function aliasProblems(
  account: Account,
  zone: HostedZone,
  recordSets: Table<RecordSet>,
  record: RecordSet,
): readonly string[] {
  const alias = record.AliasTarget;
  if (alias === undefined) return [];
  const tried = `Tried to create an alias that targets ${alias.DNSName}, type ${record.Type} in zone ${alias.HostedZoneId}`;
  const outside = `${tried}, but the alias target name does not lie within the target zone`;
  const missing = `${tried}, but that target was not found`;

  const targetZone = alias.HostedZoneId === zone.id ? { ...zone, recordSets } : account.zones.get(alias.HostedZoneId);
  if (targetZone !== undefined) {
    if (!isWithin(domainName(alias.DNSName), targetZone.name)) return [outside, missing];
    if (targetZone.id !== zone.id) return [];
    if (alias.DNSName === escapeForRoute53(record.Name)) return [missing];
    return hasAny(recordSets.startingWith(typeKeyPrefix(alias.DNSName, record.Type))) ? [] : [missing];
  }
  if (!/^Z[A-Z0-9]{1,31}$/.test(alias.HostedZoneId)) return [missing];
  if (alias.HostedZoneId === DISTRIBUTION_ZONE) {
    // Assumed: the wording.
    return alias.EvaluateTargetHealth
      ? [`EvaluateTargetHealth cannot be true for ${alias.DNSName}, a CloudFront distribution`]
      : [];
  }
  return isWrongApiGatewayZone(account, alias.DNSName, alias.HostedZoneId) ? [outside, missing] : [];
}

/** All regional API Gateway domains of a Region share one zone, so any of them that is known tells it. */
function isWrongApiGatewayZone(account: Account, target: string, zoneId: string): boolean {
  const region = readExecuteApiHost(target)?.region;
  if (region === undefined) return false;
  for (const domain of account.regions.get(region)?.domains ?? []) {
    if (domain.regionalHostedZoneId === DISTRIBUTION_ZONE) continue;
    return domain.regionalHostedZoneId !== "" && domain.regionalHostedZoneId !== zoneId;
  }
  return false;
}

function hasAny(items: Iterable<unknown>): boolean {
  for (const _ of items) return true;
  return false;
}
