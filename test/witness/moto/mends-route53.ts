import { isDeepStrictEqual } from "node:util";
import type { Answer, Call, Send } from "../../../src/cloud/call.ts";
import { changed, outputOf, refuse, succeed } from "./answers.ts";
import type { Mends } from "./mends.ts";

export interface Record53 {
  readonly Name: string;
  readonly Type: string;
  readonly SetIdentifier?: string;
  readonly [member: string]: unknown;
}

interface Batch {
  readonly HostedZoneId: string;
  readonly ChangeBatch: {
    readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: Record53 }[];
  };
}

interface Check {
  readonly Id: string;
  readonly CallerReference: string;
  readonly HealthCheckVersion: number;
  readonly HealthCheckConfig: unknown;
}

/** More than any zone here has: moto's pages lose records. */
const ALL = "100000";

export function route53Mends(moto: Send): Mends {
  let changes = 0;
  const recordsOf = async (call: Call): Promise<readonly Record53[]> => {
    const { HostedZoneId } = call.input as { readonly HostedZoneId: string };
    const listing = { ...call, operation: "ListResourceRecordSets", input: { HostedZoneId, MaxItems: ALL } };
    const { ResourceRecordSets } = await outputOf<{ readonly ResourceRecordSets: readonly Record53[] }>(moto, listing);
    return inOrder(ResourceRecordSets.map(asAwsHasIt));
  };
  return {
    ...healthCheckMends(moto),
    "route53:ListResourceRecordSets": async (call) => succeed(pageOf(await recordsOf(call), call)),
    "route53:ChangeResourceRecordSets": async (call) => {
      const { HostedZoneId, ChangeBatch } = call.input as Batch;
      const before = new Map((await recordsOf(call)).map((record) => [keyOf(record), record]));
      const { after, wrong } = apply(before, ChangeBatch.Changes);
      if (wrong.length > 0) return refuse("InvalidChangeBatch", `[${wrong.join(", ")}]`);
      const Changes = netChanges(before, after);
      const input = { HostedZoneId, ChangeBatch: { Changes } };
      const answer = Changes.length === 0 ? succeed({ ChangeInfo: {} }) : await moto({ ...call, input });
      changes += 1;
      const told = { Id: `/change/C${String(changes).padStart(13, "0")}`, Status: "PENDING", SubmittedAt: Date.now() };
      return changed(answer, () => ({ ChangeInfo: told }));
    },
  };
}

/** Route 53 writes names out with their dot, `*` as an octal code, and no TTL on an alias. */
function asAwsHasIt({ TTL, AliasTarget, ...record }: Record53): Record53 {
  const Name = fullName(record.Name).replace(/^\*/, String.raw`\052`);
  const target = AliasTarget as { readonly DNSName: string } | undefined;
  return target === undefined
    ? { ...record, Name, TTL }
    : { ...record, Name, AliasTarget: { ...target, DNSName: fullName(target.DNSName) } };
}

const fullName = (name: string): string => (name.endsWith(".") ? name : `${name}.`).toLowerCase();

const keyOf = ({ Name, Type, SetIdentifier = "" }: Record53): string =>
  [reversed(fullName(Name).replace(/^\*/, String.raw`\052`)), Type, SetIdentifier].join(" ");

/** `www.example.com.` → `com.example.www.`: the order of a listing. */
const reversed = (name: string): string => `${name.split(".").slice(0, -1).toReversed().join(".")}.`;

const inOrder = (records: readonly Record53[]): readonly Record53[] =>
  records.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

interface Start {
  readonly StartRecordName?: string;
  readonly StartRecordType?: string;
  readonly StartRecordIdentifier?: string;
  readonly MaxItems?: number | string;
}

function pageOf(records: readonly Record53[], call: Call): unknown {
  const input = call.input as Start;
  const { StartRecordName: Name, StartRecordType: Type = "", StartRecordIdentifier = "" } = input;
  const start = Name === undefined ? "" : keyOf({ Name, Type, SetIdentifier: StartRecordIdentifier }).trimEnd();
  const from = records.filter((record) => keyOf(record) >= start);
  const size = Math.min(Number(input.MaxItems ?? 300), 300);
  const next = from[size];
  return {
    ResourceRecordSets: from.slice(0, size),
    IsTruncated: next !== undefined,
    MaxItems: String(size),
    ...(next === undefined
      ? {}
      : { NextRecordName: next.Name, NextRecordType: next.Type, NextRecordIdentifier: next.SetIdentifier }),
  };
}

/** The zone after the whole batch, or everything that is wrong with the batch. */
function apply(
  before: ReadonlyMap<string, Record53>,
  changes: Batch["ChangeBatch"]["Changes"],
): { readonly after: ReadonlyMap<string, Record53>; readonly wrong: readonly string[] } {
  const after = new Map(before);
  const wrong: string[] = [];
  for (const { Action, ResourceRecordSet: asked } of changes) {
    const record = asAwsHasIt(asked);
    const key = keyOf(record);
    const current = after.get(key);
    const complaint = complaintOf(Action, record, current);
    if (complaint !== undefined) wrong.push(complaint);
    else if (Action === "DELETE") after.delete(key);
    else after.set(key, record);
  }
  return { after, wrong };
}

/** Source of the wording: what Route 53 answers, as reports of it quote it. */
function complaintOf(action: string, record: Record53, current: Record53 | undefined): string | undefined {
  const identifier = record.SetIdentifier === undefined ? "" : `, set identifier='${record.SetIdentifier}'`;
  const name = `[name='${record.Name}', type='${record.Type}'${identifier}]`;
  if (action === "CREATE" && current !== undefined)
    return `Tried to create resource record set ${name} but it already exists`;
  if (action !== "DELETE") return undefined;
  if (current === undefined) return `Tried to delete resource record set ${name} but it was not found`;
  return isDeepStrictEqual(comparable(current), comparable(record))
    ? undefined
    : `Tried to delete resource record set ${name} but the values provided do not match the current values`;
}

/** Undefined members do not count, and values are a set. */
function comparable(record: Record53): unknown {
  const values = record["ResourceRecords"] as readonly { readonly Value: string }[] | undefined;
  const sorted = { ...record, ResourceRecords: values?.map(({ Value }) => Value).toSorted() };
  return JSON.parse(JSON.stringify(sorted)) as unknown;
}

/**
 * What brings moto from one to the other. It deletes by name and type, whatever the set identifier, or by set identifier,
 * whatever the name: so where a record goes, all of its name and type go, and those that stay are written again.
 */
function netChanges(
  before: ReadonlyMap<string, Record53>,
  after: ReadonlyMap<string, Record53>,
): readonly { readonly Action: string; readonly ResourceRecordSet: Record53 }[] {
  const shrinking = new Map<string, Record53>();
  for (const [key, record] of before) if (!after.has(key)) shrinking.set(groupOf(record), record);
  const deletions = [...shrinking.values()].map(({ SetIdentifier: _none, ...record }) => ({
    Action: "DELETE",
    ResourceRecordSet: record as Record53,
  }));
  const writes = [...after]
    .filter(([key, record]) => shrinking.has(groupOf(record)) || !isDeepStrictEqual(before.get(key), record))
    .map(([, record]) => ({ Action: "UPSERT", ResourceRecordSet: record }));
  return [...deletions, ...writes];
}

const groupOf = ({ Name, Type }: Record53): string => `${Name} ${Type}`;

/** A caller reference is taken for good, also by a check that is deleted; a check's version counts its updates. */
function healthCheckMends(moto: Send): Mends {
  const made = new Map<string, { readonly id: string; readonly config: unknown }>();
  const versions = new Map<string, number>();
  const versioned = (check: Check): Check => ({ ...check, HealthCheckVersion: versions.get(check.Id) ?? 1 });
  const one = (answer: Answer): Answer =>
    changed(answer, ({ HealthCheck, ...rest }: { readonly HealthCheck: Check }) => ({
      ...rest,
      HealthCheck: versioned(HealthCheck),
    }));
  return {
    "route53:GetHealthCheck": async (call) => one(await moto(call)),
    "route53:ListHealthChecks": async (call) =>
      changed(await moto(call), ({ HealthChecks = [] }: { readonly HealthChecks?: readonly Check[] }) => ({
        HealthChecks: HealthChecks.map(versioned),
        IsTruncated: false,
        MaxItems: "100",
        Marker: "",
      })),
    "route53:CreateHealthCheck": async (call) => {
      const { CallerReference, HealthCheckConfig: config } = call.input as Check;
      const known = made.get(CallerReference);
      if (known === undefined) {
        const answer = one(await moto(call));
        if (answer.ok === true)
          made.set(CallerReference, { id: (answer.output as { HealthCheck: Check }).HealthCheck.Id, config });
        return answer;
      }
      const again = await moto({ ...call, operation: "GetHealthCheck", input: { HealthCheckId: known.id } });
      if (again.ok === true && isDeepStrictEqual(known.config, config)) return one(again);
      const message = `A health check with the caller reference ${CallerReference} exists or existed`;
      return refuse("HealthCheckAlreadyExists", message, 409);
    },
    "route53:UpdateHealthCheck": async (call) => {
      const input = call.input as { readonly HealthCheckId: string; readonly HealthCheckVersion?: number };
      const version = versions.get(input.HealthCheckId) ?? 1;
      if (input.HealthCheckVersion !== undefined && input.HealthCheckVersion !== version)
        return refuse("HealthCheckVersionMismatch", `The version of the health check is ${version}`, 409);
      const children = await childrenOf(call);
      const answer = await moto({ ...call, input: { ...children, ...input } });
      if (answer.ok === true) versions.set(input.HealthCheckId, version + 1);
      return one(answer);
    },
    "route53:DeleteHealthCheck": async (call) => {
      const { HealthCheckId } = call.input as { readonly HealthCheckId: string };
      const there = await moto({ ...call, operation: "GetHealthCheck", input: { HealthCheckId } });
      return there.ok === true ? moto(call) : there;
    },
  };

  /** moto takes the children away where an update does not name them. */
  async function childrenOf(call: Call): Promise<object> {
    const { HealthCheckId } = call.input as { readonly HealthCheckId: string };
    const there = await moto({ ...call, operation: "GetHealthCheck", input: { HealthCheckId } });
    if (there.ok !== true) return {};
    const { HealthCheck } = there.output as { readonly HealthCheck: { readonly HealthCheckConfig: object } };
    const { ChildHealthChecks } = HealthCheck.HealthCheckConfig as { readonly ChildHealthChecks?: readonly string[] };
    return ChildHealthChecks === undefined ? {} : { ChildHealthChecks };
  }
}
