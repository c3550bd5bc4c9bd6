import { parseDomainName, escapeForRoute53 } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { RecordType } from "../../dns/record-type.ts";
import type { AliasTarget, RecordSet } from "../cloud.ts";
import { bareId } from "./identifiers.ts";
import { policiesOf } from "./routing-policy.ts";

export const CHANGE_ACTIONS = ["CREATE", "DELETE", "UPSERT"] as const;
type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** What may stand where a record set is expected: every member is still to be checked. */
export interface ChangeInput {
  readonly Action?: string;
  readonly ResourceRecordSet?: Partial<Omit<RecordSet, "AliasTarget" | "Type">> & {
    readonly Type?: string;
    readonly AliasTarget?: Partial<AliasTarget>;
  };
}

/** A change whose record set is in the form in which AWS stores it. */
export interface Change {
  readonly action: ChangeAction;
  readonly name: DomainName;
  readonly record: RecordSet;
}

export type CheckedChange =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly problem: string };

const RECORD_TYPES: Readonly<Record<RecordType, true>> = {
  A: true,
  AAAA: true,
  CAA: true,
  CNAME: true,
  DS: true,
  HTTPS: true,
  MX: true,
  NAPTR: true,
  NS: true,
  PTR: true,
  SOA: true,
  SPF: true,
  SRV: true,
  SSHFP: true,
  SVCB: true,
  TLSA: true,
  TXT: true,
};

export const RECORD_TYPE_NAMES: readonly string[] = Object.keys(RECORD_TYPES);

/**
 * Checks the form of one change, whatever is in the zone, and brings its record set to AWS's stored form. These are
 * the mistakes that AWS answers with InvalidInput before it looks at the zone; lengths, ranges and single values are
 * the front end's.
 * Source: API Reference, ResourceRecordSet and AliasTarget, checked 2026-11-23.
 */
export function checkChange(input: ChangeInput): CheckedChange {
  const { Action: action, ResourceRecordSet: given } = input;
  if (!isAction(action)) return { ok: false, problem: `Invalid Action: ${action}` };
  if (given?.Name === undefined || given.Type === undefined)
    return { ok: false, problem: "Missing field 'Name' or 'Type' in Change" };
  if (!isRecordType(given.Type)) return { ok: false, problem: `Invalid Type: ${given.Type}` };
  const where = `in Change with [Action=${action}, Name=${given.Name}, Type=${given.Type}, SetIdentifier=${given.SetIdentifier ?? null}]`;
  const parsed = parseDomainName(given.Name);
  if (!parsed.ok) return { ok: false, problem: `The domain name '${given.Name}' ${parsed.problem} ${where}` };
  const alias = given.AliasTarget === undefined ? undefined : storedAlias(given.AliasTarget);
  if (given.AliasTarget !== undefined && alias === undefined) {
    return { ok: false, problem: `Missing or invalid field in AliasTarget ${where}` };
  }
  const record = storedForm(given, parsed.name, given.Type, alias);
  const problem = contentProblem(record) ?? policyProblem(record);
  if (problem !== undefined) return { ok: false, problem: `${problem} ${where}` };
  return { ok: true, change: { action, name: parsed.name, record } };
}

function isAction(action: string | undefined): action is ChangeAction {
  return CHANGE_ACTIONS.some((known) => known === action);
}

function isRecordType(type: string): type is RecordType {
  return Object.hasOwn(RECORD_TYPES, type);
}

/** AWS stores an alias's target in lower case, with the trailing dot, and its zone without prefix. */
function storedAlias(alias: Partial<AliasTarget>): AliasTarget | undefined {
  const { HostedZoneId: zoneId, DNSName: target, EvaluateTargetHealth: evaluate } = alias;
  if (zoneId === undefined || target === undefined || evaluate === undefined) return undefined;
  const parsed = parseDomainName(target);
  if (!parsed.ok) return undefined;
  return { HostedZoneId: bareId(zoneId), DNSName: escapeForRoute53(parsed.name), EvaluateTargetHealth: evaluate };
}

type GivenRecord = NonNullable<ChangeInput["ResourceRecordSet"]>;

/** Members that are absent, or empty, or false where false is the default, are not stored. */
function storedForm(given: GivenRecord, name: DomainName, type: RecordType, alias: AliasTarget | undefined): RecordSet {
  const { AliasTarget: _alias, ResourceRecords: values, MultiValueAnswer: multivalue, ...rest } = given;
  const present = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return {
    ...Object.fromEntries(present),
    Name: escapeForRoute53(name),
    Type: type,
    ...(multivalue === true ? { MultiValueAnswer: true } : {}),
    ...(values === undefined || values.length === 0 ? {} : { ResourceRecords: values.map(({ Value }) => ({ Value })) }),
    ...(alias === undefined ? {} : { AliasTarget: alias }),
  };
}

function contentProblem(record: RecordSet): string | undefined {
  const expected =
    "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]";
  const hasTtl = record.TTL !== undefined;
  const hasValues = record.ResourceRecords !== undefined;
  if (record.AliasTarget !== undefined) return hasTtl || hasValues ? `${expected}, but found more than one` : undefined;
  if (record.TrafficPolicyInstanceId !== undefined) return undefined;
  return hasTtl && hasValues ? undefined : `${expected}, but found none`;
}

function policyProblem(record: RecordSet): string | undefined {
  const policies = policiesOf(record);
  const expected =
    "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer]";
  if (policies.length > 1) return `${expected}, but found more than one`;
  if (record.SetIdentifier === undefined) {
    return policies.length === 0 ? undefined : "Invalid request: Missing field 'SetIdentifier'";
  }
  return policies.length === 0 ? `${expected}, but found none` : undefined;
}
