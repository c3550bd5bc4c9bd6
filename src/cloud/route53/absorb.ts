import { domainName } from "../../dns/domain-name.ts";
import type { Call } from "../call.ts";
import type { Account, Cloud, HealthCheck, HostedZone, RecordSet, ZoneChange } from "../cloud.ts";
import { accountOf, withAccount, withZone } from "../edit.ts";
import { withQuota } from "../quotas.ts";
import { Table } from "../table.ts";
import { ACCOUNT_LIMITS } from "./account-limits.ts";
import type { ZoneOutput } from "./hosted-zone.ts";
import { bareId } from "./identifiers.ts";
import { startKey } from "./list-record-sets.ts";
import type { ListRecordSetsInput } from "./list-record-sets.ts";
import { recordKey } from "./record-order.ts";
import { withTagSet } from "./tags.ts";
import type { ResourceTagSet } from "./tags.ts";

/** Folds the output of one read call into what is known. */
type Absorb = (cloud: Cloud, call: Call, output: never) => Cloud;

const ABSORBERS: Readonly<Record<string, Absorb>> = {
  ListHostedZones: absorbZones,
  ListHostedZonesByName: absorbZones,
  GetHostedZone: absorbZone,
  ListResourceRecordSets: absorbRecordSets,
  ListHealthChecks: absorbHealthChecks,
  GetHealthCheck: absorbHealthCheck,
  GetChange: absorbChange,
  ListTagsForResource: absorbTags,
  ListTagsForResources: absorbTags,
  GetAccountLimit: absorbAccountLimit,
};

/**
 * The Cloud with what a read of live Route 53 answered in it: the way in which `observe` builds a Cloud, and by which a
 * narrow read refreshes a part of one. Outputs have the shapes that the modelled operations answer. Throws for an
 * operation that is not such a read.
 */
export function absorbRoute53(cloud: Cloud, call: Call, output: unknown): Cloud {
  const absorb = ABSORBERS[call.operation];
  if (absorb === undefined) throw new Error(`the output of route53:${call.operation} cannot be absorbed`);
  return absorb(cloud, call, output as never);
}

/** A listing only adds and refreshes zones: no run of ours deletes one, and a page does not tell what is not there. */
function absorbZones(cloud: Cloud, call: Call, output: { readonly HostedZones?: readonly ZoneOutput[] }): Cloud {
  return (output.HostedZones ?? []).reduce(
    (next, zone) => withZone(next, call.account, mergedZone(next, call, zone)),
    cloud,
  );
}

interface GetZoneOutput {
  readonly HostedZone: ZoneOutput;
  readonly DelegationSet?: { readonly NameServers?: readonly string[] };
}

function absorbZone(cloud: Cloud, call: Call, output: GetZoneOutput): Cloud {
  const zone = mergedZone(cloud, call, output.HostedZone);
  return withZone(cloud, call.account, { ...zone, nameServers: output.DelegationSet?.NameServers ?? zone.nameServers });
}

/** The zone with its record sets and name servers kept, as listings do not tell them. */
function mergedZone(cloud: Cloud, call: Call, zone: ZoneOutput): HostedZone {
  const id = bareId(zone.Id);
  const known = accountOf(cloud, call.account).zones.get(id);
  return {
    id,
    name: domainName(zone.Name),
    callerReference: zone.CallerReference ?? "",
    private: zone.Config?.PrivateZone ?? false,
    ...(zone.Config?.Comment === undefined ? {} : { comment: zone.Config.Comment }),
    nameServers: known?.nameServers ?? [],
    recordSets: known?.recordSets ?? Table.empty(),
  };
}

interface ListRecordSetsOutput {
  readonly ResourceRecordSets?: readonly RecordSet[];
  readonly IsTruncated?: boolean;
  readonly NextRecordName?: string;
  readonly NextRecordType?: RecordSet["Type"];
  readonly NextRecordIdentifier?: string;
}

/**
 * A page replaces what it covers: everything from its start to the next page's, or to the end of the zone. So pages fold
 * one after another, and a narrow listing refreshes its part only.
 */
function absorbRecordSets(cloud: Cloud, call: Call, output: ListRecordSetsOutput): Cloud {
  const input = call.input as ListRecordSetsInput;
  const zone = accountOf(cloud, call.account).zones.get(bareId(input.HostedZoneId));
  if (zone === undefined) throw new Error(`the zone ${input.HostedZoneId} must be read before its record sets`);
  const read = new Map((output.ResourceRecordSets ?? []).map((record) => [recordKey(record), record]));
  let recordSets = zone.recordSets;
  for (const key of keysBetween(recordSets, startKey(input), endKey(output))) {
    if (!read.has(key)) recordSets = recordSets.delete(key);
  }
  for (const [key, record] of read) recordSets = recordSets.set(key, record);
  return withZone(cloud, call.account, { ...zone, recordSets });
}

/** Where the page ends, exclusive; undefined is the end of the zone. */
function endKey(output: ListRecordSetsOutput): string | undefined {
  if (output.IsTruncated !== true) return undefined;
  if (output.NextRecordName !== undefined && output.NextRecordType !== undefined) {
    const { NextRecordName: Name, NextRecordType: Type, NextRecordIdentifier: identifier } = output;
    return recordKey({ Name, Type, ...(identifier === undefined ? {} : { SetIdentifier: identifier }) });
  }
  const last = output.ResourceRecordSets?.at(-1);
  return last === undefined ? "" : `${recordKey(last)}\0`;
}

function keysBetween(table: Table<RecordSet>, start: string | undefined, end: string | undefined): readonly string[] {
  const keys: string[] = [];
  for (const [key] of table.entries(start)) {
    if (end !== undefined && key >= end) break;
    keys.push(key);
  }
  return keys;
}

interface ListHealthChecksOutput {
  readonly HealthChecks?: readonly HealthCheck[];
}

/** The first page begins anew, since pages come in no order that we could rely on; the others add to it. */
function absorbHealthChecks(cloud: Cloud, call: Call, output: ListHealthChecksOutput): Cloud {
  const account = accountOf(cloud, call.account);
  const marker = (call.input as { readonly Marker?: string }).Marker;
  const first =
    marker === undefined || marker === "" ? { ...account, healthChecks: Table.empty<HealthCheck>() } : account;
  return withAccount(cloud, (output.HealthChecks ?? []).reduce(withHealthCheck, first));
}

function absorbHealthCheck(cloud: Cloud, call: Call, output: { readonly HealthCheck: HealthCheck }): Cloud {
  return withAccount(cloud, withHealthCheck(accountOf(cloud, call.account), output.HealthCheck));
}

function withHealthCheck(account: Account, check: HealthCheck): Account {
  return {
    ...account,
    healthChecks: account.healthChecks.set(check.Id, check),
    callerReferences: account.callerReferences.set(check.CallerReference, { id: check.Id, burnt: false }),
  };
}

interface GetChangeOutput {
  readonly ChangeInfo: { readonly Id: string; readonly Status: string; readonly SubmittedAt?: number };
}

/** The truth about a change replaces what the model predicted: INSYNC by now, or still under way without an end in sight. */
function absorbChange(cloud: Cloud, call: Call, output: GetChangeOutput): Cloud {
  const account = accountOf(cloud, call.account);
  const { Id, Status, SubmittedAt: submittedAt = cloud.now } = output.ChangeInfo;
  const id = bareId(Id);
  const known: ZoneChange = account.changes.get(id) ?? { id, zoneId: "", submittedAt, insyncAt: Infinity, names: [] };
  const insyncAt = Status === "INSYNC" ? Math.min(known.insyncAt, cloud.now) : Infinity;
  return withAccount(cloud, { ...account, changes: account.changes.set(id, { ...known, insyncAt }) });
}

interface TagsOutput {
  readonly ResourceTagSet?: ResourceTagSet;
  readonly ResourceTagSets?: readonly ResourceTagSet[];
}

function absorbTags(cloud: Cloud, call: Call, output: TagsOutput): Cloud {
  const { ResourceTagSet: one, ResourceTagSets: sets = one === undefined ? [] : [one] } = output;
  return withAccount(cloud, sets.reduce(withTagSet, accountOf(cloud, call.account)));
}

interface AccountLimitOutput {
  readonly Limit: { readonly Type: string; readonly Value: number };
}

/** AWS tells the quota that holds, raised or not. */
function absorbAccountLimit(cloud: Cloud, call: Call, { Limit }: AccountLimitOutput): Cloud {
  const key = Object.hasOwn(ACCOUNT_LIMITS, Limit.Type) ? ACCOUNT_LIMITS[Limit.Type] : undefined;
  return key === undefined ? cloud : withQuota(cloud, call.account, key, Limit.Value);
}
