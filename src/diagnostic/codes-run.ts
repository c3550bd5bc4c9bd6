import type { CodeEntry } from "./code-entry.ts";

/** Codes of the proof and of the run. In alphabetical order. */
export const runCodes = [
  {
    code: "CERTIFICATE_DOES_NOT_COVER",
    severity: "error",
    title: "Clients would meet a certificate for another name",
    explanation:
      "In a state that the plan can pass through, the name leads to an endpoint whose bound certificate is missing, not issued, or does not cover the name.",
    fix: "A certificate that covers the name must be issued and bound before a record leads there.",
  },
  {
    code: "CONTESTED",
    severity: "error",
    title: "Two runs undo each other",
    explanation:
      "What this run took out of service came back while it ran: another run with a different version of the manifest wants it.",
    fix: "Find the other run (its manifest has the same name and scope), and agree on one version.",
  },
  {
    code: "MODEL_DIVERGENCE",
    severity: "error",
    title: "AWS did what the model says it cannot",
    explanation:
      "The proof rests on a model of AWS. AWS accepted a call that the model refuses, so what was proved about the rest of the plan no longer counts.",
    fix: "Please report it with the call from the journal. Running the command again plans from what is live now.",
  },
  {
    code: "NAME_GOES_DARK",
    severity: "error",
    title: "A name would stop answering",
    explanation:
      "In a state that the plan can pass through, the name has no record any more, and clients get no answer.",
    fix: "Add a Region before the last one goes, or list the name under `retire`.",
  },
  {
    code: "NOT_CONVERGING",
    severity: "error",
    title: "There is always something left to do",
    explanation:
      "The run planned and executed again and again, and live still differs from the manifest: something changes it as fast as the run follows.",
    fix: "Look for another writer, then run the command again.",
  },
  {
    code: "NOT_PROVED",
    severity: "error",
    title: "Too large to prove",
    explanation: "The plan can pass through more states than are searched. A plan that is not proved is not run.",
    fix: "Change fewer names or Regions at once.",
  },
  {
    code: "OTHER_THAN_PROVED",
    severity: "error",
    title: "A call that was not proved",
    explanation:
      "What was proved is what runs: before each call it is compared with the one of the proof. They differ, because live has moved, so the call was not sent.",
    fix: "Nothing: Signalbox looks again, plans and proves anew. If it persists, look for another writer.",
  },
  {
    code: "PLAN_CANNOT_FINISH",
    severity: "error",
    title: "A plan that waits for ever",
    explanation:
      "In the model the plan comes to a state in which every remaining step waits for something that never happens.",
    fix: "Look at what it waits for; the message names it.",
  },
  {
    code: "PROBE_FAILED",
    severity: "error",
    title: "An endpoint did not pass its probe",
    explanation:
      "Before a Region is published its endpoint is asked directly, over TLS with the name as SNI. It did not answer, showed a certificate that does not cover the name, or lacked the search string.",
    fix: "Mend the endpoint, then run the command again. The Regions that serve now are untouched.",
  },
  {
    code: "REFUSED_BY_AWS",
    severity: "error",
    title: "AWS refused a call",
    explanation:
      "The message has AWS's own code and words. What had been written before it is kept, and everything that depends on the call is left undone.",
    fix: "Mend the cause (often a permission or a quota), then run the command again: it goes on from where it stopped.",
  },
  {
    code: "REFUSED_BY_MODEL",
    severity: "error",
    title: "AWS would refuse a call of the plan",
    explanation:
      "The plan was run on the model of AWS first, and the model refused one of its calls as AWS would. Nothing was sent.",
    fix: "Mend what the message names, then plan again.",
  },
  {
    code: "TARGET_MISSING",
    severity: "error",
    title: "Clients would be led to nothing",
    explanation:
      "In a state that the plan can pass through, a record (or an answer that resolvers still hold) leads to an endpoint that does not exist. Such names fail, and can be taken over.",
    fix: "The endpoint must exist before a record points to it, and stay until its drain has passed.",
  },
] as const satisfies readonly CodeEntry[];
