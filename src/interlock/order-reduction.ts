import type { Call } from "../cloud/call.ts";
import type { Step, StepId } from "../plan/plan.ts";

/** A step that is about to send this call. */
export interface Calling {
  readonly step: Step;
  readonly call: Call;
}

/**
 * Which of the calls that may come next have to be tried first, each in turn (partial-order reduction):
 * one that the name's clients cannot notice commutes with all others, so it is taken at once; one that only adds an
 * answer is taken at once when everything that takes something away waits for it anyway; otherwise all orders are tried.
 */
export function chosenCalls(
  calls: readonly Calling[],
  steps: readonly Step[],
  isUnnoticed: (calling: Calling) => boolean,
): readonly Calling[] {
  const hidden = calls.find(({ call }) => effectOf(call) === "none") ?? calls.find(isUnnoticed);
  if (hidden !== undefined) return [hidden];
  const takers = steps.filter(takes);
  const before = predecessors(steps);
  const giving = calls.find(
    ({ step, call }) =>
      effectOf(call) === "gives" && takers.every((taker) => taker.id === step.id || before(taker).has(step.id)),
  );
  return giving === undefined ? calls : [giving];
}

const takes = (step: Step): boolean => step.action === "update" || step.action === "delete";

const MEMO = new WeakMap<readonly Step[], (step: Step) => ReadonlySet<StepId>>();

/** All steps that must be done before a step, directly or not. */
function predecessors(steps: readonly Step[]): (step: Step) => ReadonlySet<StepId> {
  const known = MEMO.get(steps);
  if (known !== undefined) return known;
  const sets = new Map<StepId, Set<StepId>>();
  for (const step of steps) sets.set(step.id, new Set(step.after.flatMap((id) => [id, ...(sets.get(id) ?? [])])));
  const found = (step: Step): ReadonlySet<StepId> => sets.get(step.id) ?? new Set();
  MEMO.set(steps, found);
  return found;
}

/** Calls that make something new to which nothing leads yet, or only look: no answer of any name can show them. */
const HIDDEN = new Set([
  "RequestCertificate",
  "AddTagsToCertificate",
  "CreateDomainName",
  "CreateBasePathMapping",
  "TagResource",
  "CreateHealthCheck",
  "Probe",
]);

interface BatchChange {
  readonly Action: string;
  readonly ResourceRecordSet: { readonly Type: string; readonly Name: string };
}

interface Batch {
  readonly ChangeBatch: { readonly Changes: readonly BatchChange[] };
}

/** What a call can do to what clients are answered, or to what they meet there. */
function effectOf(call: Call): "none" | "gives" | "takes" {
  if (HIDDEN.has(call.operation)) return "none";
  if (call.operation !== "ChangeResourceRecordSets") return "takes";
  const { Changes } = (call.input as Batch).ChangeBatch;
  if (Changes.every((change) => isMarker(change) || isValidationRecord(change))) return "none";
  return Changes.every((change) => isMarker(change) || change.Action === "CREATE") ? "gives" : "takes";
}

/** No client asks for a marker, and each swap of it stands for itself: the next one is made from whatever it left. */
const isMarker = ({ ResourceRecordSet: { Type, Name } }: BatchChange): boolean =>
  Type === "TXT" && Name.startsWith("_signalbox.");

const isValidationRecord = ({ Action, ResourceRecordSet: { Type, Name } }: BatchChange): boolean =>
  Action === "CREATE" && Type === "CNAME" && Name.startsWith("_");
