import type { Call } from "../cloud/call.ts";

/** Calls that make something new to which nothing leads yet, or only look: no answer of any name can show them. */
const UNSEEN = new Set(["RequestCertificate", "AddTagsToCertificate", "CreateDomainName", "CreateBasePathMapping", "TagResource", "CreateHealthCheck", "Probe"]);

interface Batch {
  readonly ChangeBatch: { readonly Changes: readonly { readonly Action: string; readonly ResourceRecordSet: { readonly Type: string; readonly Name: string } }[] };
}

/** Whether a call can change what a client is answered, or what it meets there. */
export function isVisible(call: Call): boolean {
  if (UNSEEN.has(call.operation)) return false;
  if (call.operation !== "ChangeResourceRecordSets") return true;
  const { Changes } = (call.input as Batch).ChangeBatch;
  return !Changes.every(({ Action, ResourceRecordSet }) => Action === "CREATE" && ResourceRecordSet.Type === "CNAME" && ResourceRecordSet.Name.startsWith("_"));
}
