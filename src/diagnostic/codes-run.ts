import type { CodeEntry } from "./code-entry.ts";

/** Codes of the proof and of the run. In alphabetical order. */
export const runCodes = [
  {
    code: "BATCH_TOO_LARGE",
    severity: "error",
    title: "A change of one name does not fit into one batch",
    explanation:
      "A swap of a name is one change batch, whole or nothing, and this one would be larger than Route 53 takes.",
    fix: "Change fewer Regions of the name at once.",
  },
  {
    code: "CERTIFICATE_DOES_NOT_COVER",
    severity: "error",
    title: "Clients would meet a certificate for another name",
    explanation:
      "In a state that the plan can pass through, the name leads to an endpoint whose bound certificate is missing, not issued, or does not cover the name.",
    fix: "A certificate that covers the name must be issued and bound before a record leads there.",
  },
  {
    code: "CERTIFICATE_IN_USE",
    severity: "error",
    title: "A certificate would go that is in use",
    explanation:
      "In a state that the plan can pass through, a certificate is deleted that an API Gateway domain still presents.",
    fix: "Another certificate must be bound there first, or the domain must go. Please report the plan: Signalbox should not make it.",
  },
  {
    code: "CLIENTS_SHUT_OUT",
    severity: "error",
    title: "Clients would meet what they cannot use",
    explanation:
      "Some clients take RSA keys only, some ECDSA keys only, some no newer TLS than 1.2. In a state that the plan can pass through, such clients that were served near a Region are led to a certificate with the other kind of key, or to an endpoint whose security policy takes newer versions only.",
    fix: "Keep the key algorithm first in the certificate's `keyAlgorithms`, or keep a `securityPolicy` that takes their version. When no such clients are left, lift this for one run with `--lift clientClasses`.",
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
    code: "DRILL_DISTURBED",
    severity: "error",
    title: "A failover drill would be disturbed",
    explanation:
      "The plan would change or delete a gate whose threshold is above the number of its children, which is how a drill fails a Region.",
    fix: "Let the drill end, or bring the Region back, then run the command again.",
  },
  {
    code: "FOREIGN_TOUCHED",
    severity: "error",
    title: "The plan would touch what is not ours",
    explanation:
      "A call of the plan would change or delete something that no marker, tag or caller reference of ours speaks of.",
    fix: "Remove it by hand, or give the name up in the manifest. Please report the plan: Signalbox should not make it.",
  },
  {
    code: "HEALTH_CHECK_MISSING",
    severity: "error",
    title: "An answer would depend on a health check that does not exist",
    explanation:
      "In a state that the plan can pass through, a record set (or an answer that is still given) names a health check that is not there, or a gate that counts one. Route 53 does not say how healthy such a record is.",
    fix: "The check must exist before a record names it, and stay until the drain of the last one has passed.",
  },
  {
    code: "LAST_HEALTHY_REGION",
    severity: "error",
    title: "The last healthy Region would go",
    explanation:
      "In a state that the plan can pass through, all Regions that are left to a name are unhealthy, while one of those that went was not.",
    fix: "Bring another Region to health, or add one, before this one goes.",
  },
  {
    code: "MODEL_DIVERGENCE",
    severity: "error",
    title: "AWS did what the model says it cannot",
    explanation:
      "The proof rests on a model of AWS. AWS accepted a call that the model refuses, answered a write with something else than the model in a place that matters, or goes on showing what was there before a write that it acknowledged. So what was proved about the rest of the plan no longer counts.",
    fix: "Please report it with the call from the journal. Running the command again plans from what is live now.",
  },
  {
    code: "NAME_EMPTIED",
    severity: "error",
    title: "A managed name would be left without a record",
    explanation:
      "In a state that the plan can pass through, the marker of a name says that it is managed, and no record set of it is left.",
    fix: "Publish another Region before the last one goes, or list the name under `retire`.",
  },
  {
    code: "NAME_GOES_DARK",
    severity: "error",
    title: "A name would stop answering",
    explanation:
      "In a state that the plan can pass through, the name is no longer answered, everywhere or to clients near some Region.",
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
    explanation:
      "The plan can pass through more states than are searched, even with its steps one after the other. A plan that is not proved is not run.",
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
    code: "QUOTA_TOO_SMALL",
    severity: "error",
    title: "The plan needs more than a quota gives",
    explanation:
      "Everything that the plan makes is there before what it replaces goes. Added up, that is more than the quota that AWS tells, or that the manifest tells under `quotas`.",
    fix: "Have the quota raised and say so under `quotas`, or change less at once.",
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
  {
    code: "TOO_MANY_REGIONS_GONE",
    severity: "error",
    title: "A name would lose too many Regions in one run",
    explanation:
      "In a state that the plan can pass through, more Regions of a name no longer answer than `limits.regionsRemovedPerRun` lets one run take.",
    fix: "Remove one Region after the other, or lift this one limit for one run with `--lift regionsRemovedPerRun`.",
  },
  {
    code: "UNDO_NOT_POSSIBLE",
    severity: "error",
    title: "What was there cannot be brought back by itself",
    explanation:
      "A run is undone by reconciling to the manifest under which the state before it needed no change. Here there is no such manifest: something was unfinished, missing, edited by hand, or of a form that a manifest does not have.",
    fix: "Write the manifest that you want and reconcile. The first line of the journal has what was there, verbatim.",
  },
  {
    code: "UNDO_RETIRES",
    severity: "error",
    title: "To undo the run is to take a name out of service",
    explanation:
      "The run took the name into service. Before it there was no answer, so the way back ends with none. As with `retire`, that is only done where the name is written down.",
    fix: "Name it with `--retire`, or leave it in service.",
  },
  {
    code: "UNDO_STALE",
    severity: "error",
    title: "Live is not as the run left it",
    explanation:
      "Since the run that is to be undone, somebody else (or a later run) has changed what is ours. Going back to what was before would undo that as well, in silence.",
    fix: "Undo the later run first, or write the manifest that you want and reconcile.",
  },
  {
    code: "VALIDATION_RECORD_LOST",
    severity: "error",
    title: "A certificate could not be renewed any more",
    explanation: "A call of the plan would delete the CNAME by which ACM renews a certificate.",
    fix: "Validation records stay while a certificate has the name. Please report the plan: Signalbox should not make it.",
  },
  {
    code: "ZONE_TOUCHED",
    severity: "error",
    title: "The plan would touch what a hosted zone rests on",
    explanation:
      "A call of the plan would write an NS or SOA record at the apex of a zone, a DS or DNSKEY record, or the hosted zone itself.",
    fix: "Change it by hand, if it has to be. Please report the plan: Signalbox should not make it.",
  },
] as const satisfies readonly CodeEntry[];
