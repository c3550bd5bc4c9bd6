import type { Call } from "../cloud/call.ts";
import type { RecordSet } from "../cloud/cloud.ts";

interface BatchChange {
  readonly Action: string;
  readonly ResourceRecordSet: RecordSet;
}

/** A change batch, as a call has it. */
export interface Batch {
  readonly zone: string;
  readonly changes: readonly BatchChange[];
}

interface Input {
  readonly HostedZoneId: string;
  readonly ChangeBatch?: { readonly Changes?: readonly BatchChange[] };
}

/** Undefined: the call is no change batch. */
export function batchOf(call: Call): Batch | undefined {
  if (call.service !== "route53" || call.operation !== "ChangeResourceRecordSets") return undefined;
  const { HostedZoneId, ChangeBatch } = call.input as Input;
  return { zone: HostedZoneId.replace(/^\/?hostedzone\//u, ""), changes: ChangeBatch?.Changes ?? [] };
}

/** Record sets that the batch takes away or replaces. */
export const takenBy = (batch: Batch): readonly RecordSet[] =>
  batch.changes.filter(({ Action }) => Action !== "CREATE").map((change) => change.ResourceRecordSet);

/** A member of a call's input, where it is a text. */
export function textIn(call: Call, member: string): string | undefined {
  const value = (call.input as Readonly<Record<string, unknown>> | undefined)?.[member];
  return typeof value === "string" ? value : undefined;
}
