import { escapeForRoute53, isWithin } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { Call, Fault, Ids, Outcome } from "../call.ts";
import type { Account, Cloud, HostedZone, RecordSet } from "../cloud.ts";
import { accountOf, withAccount } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import type { Table } from "../table.ts";
import { aliasProblems } from "./alias-target.ts";
import { batchFault, zoneQuotaFault } from "./batch-limits.ts";
import { invalidChangeBatch, invalidInput, noSuchHealthCheck, noSuchHostedZone, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";
import { coexistenceProblems } from "./record-coexistence.ts";
import { recordKey, typeKeyPrefix } from "./record-order.ts";
import { checkChange } from "./record-shape.ts";
import type { Change, ChangeInput } from "./record-shape.ts";
import { valueProblems } from "./record-values.ts";
import { changeInfo, submitChange } from "./zone-change.ts";

interface Input {
  readonly HostedZoneId: string;
  readonly ChangeBatch?: { readonly Comment?: string; readonly Changes?: readonly ChangeInput[] };
}

/**
 * A change batch is a transaction: every change holds or none does. The changes are folded, in their order, over the
 * zone's persistent table, and the folded table is kept only when nothing was wrong; so a batch costs O(log n) a
 * change, and a refused one leaves nothing behind.
 * Source: API Reference, ChangeResourceRecordSets, checked 2026-11-23.
 */
// Assumed: each change is judged on the zone as the changes before it leave it: deletes must come before the creates
// that they make room for, and an alias after the target that it needs. Who sends them in that order is always right.
export function changeResourceRecordSets(cloud: Cloud, call: Call, ids: Ids): Outcome {
  const input = call.input as Input;
  const account = accountOf(cloud, call.account);
  const zone = account.zones.get(bareId(input.HostedZoneId));
  if (zone === undefined) return refuse(noSuchHostedZone(bareId(input.HostedZoneId)));

  const changes = readChanges(input.ChangeBatch?.Changes ?? []);
  if ("code" in changes) return refuse(changes);
  const unmodelled = unmodelledMember(changes);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const fault = batchFault(changes) ?? healthCheckFault(account, changes);
  if (fault !== undefined) return refuse(fault);

  const folded = foldChanges(account, zone, changes);
  if (folded.problems.length > 0) return refuse(invalidChangeBatch(folded.problems));
  const full = zoneQuotaFault(cloud, account, zone.recordSets.size, folded.recordSets.size);
  if (full !== undefined) return refuse(full);

  const zones = account.zones.set(zone.id, { ...zone, recordSets: folded.recordSets });
  const submitted = submitChange({ ...account, zones }, cloud.now, {
    id: bareId(ids("change")),
    zoneId: zone.id,
    names: namesOf(changes),
  });
  const output = { ChangeInfo: changeInfo(submitted.change, cloud.now, input.ChangeBatch?.Comment) };
  return succeeded(withAccount(cloud, submitted.account), output);
}

function readChanges(inputs: readonly ChangeInput[]): readonly Change[] | Fault {
  const changes: Change[] = [];
  const problems: string[] = [];
  for (const input of inputs) {
    const checked = checkChange(input);
    if (checked.ok) changes.push(checked.change);
    else problems.push(checked.problem);
  }
  return problems.length > 0 ? invalidInput(problems.join("; ")) : changes;
}

/** Where such record sets are in a live zone they are known as they are, and may be deleted; none is made. */
const UNMODELLED = ["CidrRoutingConfig", "GeoProximityLocation", "TrafficPolicyInstanceId"] as const;

function unmodelledMember(changes: readonly Change[]): string | undefined {
  for (const { action, record } of changes) {
    const member = UNMODELLED.find((name) => record[name] !== undefined);
    if (member !== undefined && action !== "DELETE") return member;
  }
  return undefined;
}

function healthCheckFault(account: Account, changes: readonly Change[]): Fault | undefined {
  for (const { action, record } of changes) {
    const id = record.HealthCheckId;
    if (action !== "DELETE" && id !== undefined && !account.healthChecks.has(id)) return noSuchHealthCheck(id);
  }
  return undefined;
}

interface Folded {
  readonly recordSets: Table<RecordSet>;
  readonly problems: readonly string[];
}

/** Every problem is collected, not only the first; a change that is wrong is left out for those after it. */
function foldChanges(account: Account, zone: HostedZone, changes: readonly Change[]): Folded {
  let recordSets = zone.recordSets;
  const problems = repetitionProblems(changes);
  for (const change of changes) {
    const found = changeProblems(account, zone, recordSets, change);
    problems.push(...found);
    if (found.length > 0) continue;
    const key = recordKey(change.record);
    recordSets = change.action === "DELETE" ? recordSets.delete(key) : recordSets.set(key, change.record);
  }
  problems.push(...apexProblems(zone, recordSets, changes));
  return { recordSets, problems: [...new Set(problems)] };
}

/** Of one record set a batch may hold one change, or its DELETE and then its CREATE. */
// Assumed: AWS documents only that a record set may not be deleted twice.
function repetitionProblems(changes: readonly Change[]): string[] {
  const actions = new Map<string, string>();
  const problems: string[] = [];
  for (const { action, record } of changes) {
    const key = recordKey(record);
    const before = actions.get(key);
    if (before !== undefined && !(before === "DELETE" && action === "CREATE")) {
      problems.push(
        `The request contains an invalid set of changes for a resource record set '${record.Type} ${record.Name}'`,
      );
    }
    actions.set(key, before === undefined ? action : `${before} ${action}`);
  }
  return problems;
}

function changeProblems(
  account: Account,
  zone: HostedZone,
  recordSets: Table<RecordSet>,
  change: Change,
): readonly string[] {
  const { action, name, record } = change;
  if (!isWithin(name, zone.name)) {
    return [`RRSet with DNS name ${record.Name} is not permitted in zone ${escapeForRoute53(zone.name)}`];
  }
  const current = recordSets.get(recordKey(record));
  if (action === "DELETE") return deleteProblems(record, current);
  if (action === "CREATE" && current !== undefined) {
    return [`Tried to create resource record set ${nameOf(record)} but it already exists`];
  }
  return [
    ...valueProblems(record),
    ...coexistenceProblems(zone, recordSets, record),
    ...aliasProblems(account, zone, recordSets, record),
  ];
}

/** A DELETE must repeat what is there; only the order of the values does not matter. */
function deleteProblems(record: RecordSet, current: RecordSet | undefined): readonly string[] {
  const tried = `Tried to delete resource record set ${nameOf(record)}`;
  if (current === undefined) return [`${tried} but it was not found`];
  return verbatim(record) === verbatim(current)
    ? []
    : [`${tried} but the values provided do not match the current values`];
}

/** The apex keeps its SOA and at least one NS record. */
function apexProblems(zone: HostedZone, recordSets: Table<RecordSet>, changes: readonly Change[]): readonly string[] {
  const touched = changes.some(
    ({ action, name, record }) => action === "DELETE" && name === zone.name && isZonesOwn(record),
  );
  if (!touched) return [];
  const has = (type: string): boolean => !recordSets.startingWith(typeKeyPrefix(zone.name, type)).next().done;
  return [
    ...(has("SOA") ? [] : ["A HostedZone must contain exactly one SOA record."]),
    ...(has("NS") ? [] : ["A HostedZone must contain at least one NS record for the zone itself."]),
  ];
}

const isZonesOwn = (record: RecordSet): boolean => record.Type === "NS" || record.Type === "SOA";

/** As messages name a record set. */
function nameOf(record: RecordSet): string {
  const identifier = record.SetIdentifier === undefined ? "" : `, set-identifier='${record.SetIdentifier}'`;
  return `[name='${record.Name}', type='${record.Type}'${identifier}]`;
}

/** Text that is equal for two record sets that are equal but for the order of members and of values. */
function verbatim(record: RecordSet): string {
  const values = record.ResourceRecords?.map(({ Value }) => Value).toSorted();
  return JSON.stringify({ ...record, ResourceRecords: values }, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function namesOf(changes: readonly Change[]): readonly DomainName[] {
  return [...new Set(changes.map(({ name }) => name))].toSorted();
}
