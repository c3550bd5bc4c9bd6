import type { Call } from "../cloud/call.ts";

/** Calls that make something new to which nothing leads yet, or only look: no answer of any name can show them. */
const UNSEEN = new Set(["RequestCertificate", "AddTagsToCertificate", "CreateDomainName", "CreateBasePathMapping", "TagResource", "CreateHealthCheck", "Probe"]);

interface BatchChange {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Type: string; readonly Name: string };
}

interface Batch {
  readonly ChangeBatch: { readonly Changes: readonly BatchChange[] };
}

/** Whether a call can change what a client is answered, or what it meets there. */
export function isVisible(call: Call): boolean {
  if (UNSEEN.has(call.operation)) return false;
  if (call.operation !== "ChangeResourceRecordSets") return true;
  const { Changes } = (call.input as Batch).ChangeBatch;
  return !Changes.every((change) => isMarker(change) || isValidationRecord(change));
}

/** No client asks for a marker, and each swap of it stands for itself: the next one is made from whatever it left. */
const isMarker = ({ ResourceRecordSet: { Type, Name } }: BatchChange): boolean => Type === "TXT" && Name.startsWith("_signalbox.");

const isValidationRecord = ({ Action, ResourceRecordSet: { Type, Name } }: BatchChange): boolean => Action === "CREATE" && Type === "CNAME" && Name.startsWith("_");
