import type { CodeEntry } from "./code-entry.ts";

/** Codes of reading the estate and of planning. In alphabetical order. */
export const planCodes = [
  {
    code: "API_NOT_FOUND",
    severity: "error",
    title: "A REST API that does not exist",
    explanation:
      "Signalbox gives REST APIs their name and does not create them. There is none with this id in this Region and account.",
    fix: "Deploy the REST API first, or correct `restApi`. The id differs from Region to Region.",
  },
  {
    code: "CANNOT_READ",
    severity: "error",
    title: "A part of the estate cannot be read",
    explanation:
      "AWS did not answer a read, or refused it. What cannot be read is unknown, never absent: a denied Region that counted as an empty one would be emptied. Names that depend on it are not planned (a warning, and NOT_PLANNED at each of them); where nothing can be planned, it is an error.",
    fix: "Give the credentials the permission that the message names (`signalbox iam-policy --read-only` lists them all), or wait until AWS answers.",
  },
  {
    code: "CERTIFICATE_NOT_ISSUED",
    severity: "error",
    title: "ACM did not issue a certificate",
    explanation:
      "Frequent causes: a CAA record that does not allow Amazon, a validation record that resolvers do not see because the name is delegated elsewhere, a name that ACM does not issue for, or no proof within 72 hours.",
    fix: "Look at the certificate's failure reason in ACM, mend the cause, and run the command again: it requests another one.",
  },
  {
    code: "CHANGED_SINCE_PLAN",
    severity: "error",
    title: "A name changed since the plan was made",
    explanation:
      "Every write to a name replaces its marker, in the same batch. The marker is no longer the one that the plan was made from, so another run or a person has written in between.",
    fix: "Run the command again: it plans from what is live now.",
  },
  {
    code: "DELEGATED_AWAY",
    severity: "error",
    title: "The zone does not answer for the name",
    explanation:
      "An NS record below the zone's apex sends resolvers elsewhere for this name and all below it. Records written here would never be asked for.",
    fix: "Add the zone that is delegated to under `zones:`. If nothing is behind that NS record, remove it.",
  },
  {
    code: "EDITED_BY_HAND",
    severity: "warning",
    title: "Something of ours was edited by hand",
    explanation:
      "It is not as Signalbox last wrote it. An edit by hand may be an emergency fix, so it is shown and asked about, never reverted in silence.",
    fix: "`--overwrite ADDRESS` puts back what the manifest says; `--accept-live ADDRESS` keeps the edit.",
  },
  {
    code: "FOREIGN_IN_THE_WAY",
    severity: "error",
    title: "Something foreign is in the way",
    explanation:
      "A resource that Signalbox did not create stands where the manifest wants one. What is not ours is never touched.",
    fix: "Remove it, or give the name up in the manifest.",
  },
  {
    code: "FOREIGN_MAPPING",
    severity: "error",
    title: "A domain that still carries somebody else's mapping",
    explanation:
      "The API Gateway domain is to go, but a base path mapping that is not ours still uses it. Deleting the domain would break that API.",
    fix: "Move the mapping to another domain first.",
  },
  {
    code: "FOREIGN_REFERENCE",
    severity: "error",
    title: "Something foreign needs what is to go",
    explanation:
      "A record set or a calculated health check that is not ours refers to an endpoint or a health check of ours. Deleting that would break it.",
    fix: "Point the foreign thing elsewhere first, then run the command again.",
  },
  {
    code: "HELD_BACK",
    severity: "remark",
    title: "Changes that wait for a decision",
    explanation:
      "An edit by hand on a name holds all changes of that name back until it is decided; the other names go on.",
    fix: "Decide the edit with `--overwrite` or `--accept-live`.",
  },
  {
    code: "LIMIT_EXCEEDED",
    severity: "error",
    title: "More changes than one run may make",
    explanation:
      "The manifest's `limits` bound what one run may delete, update and take out of service, so that a mistake stays small.",
    fix: "Change less at once, or lift this one limit for one run with `--lift LIMIT`. The order and the drain stay as they are.",
  },
  {
    code: "MARKER_UNREADABLE",
    severity: "error",
    title: "A marker that this version cannot read",
    explanation:
      "The TXT record that says who owns the name was written by another version, or changed by hand. To guess would risk what it protects.",
    fix: "Use the version that wrote it. If nothing manages the name any more, remove the marker.",
  },
  {
    code: "NAME_OWNED_ELSEWHERE",
    severity: "error",
    title: "Another manifest owns the name",
    explanation:
      "The name's marker carries another manifest's name or scope. Two manifests for one name would undo each other.",
    fix: "Retire the name there first, or give it up here.",
  },
  {
    code: "NOT_EDITED",
    severity: "warning",
    title: "Nothing to overwrite or accept",
    explanation:
      "The address given to `--overwrite` or `--accept-live` was not changed by hand, so there is nothing to decide.",
    fix: "Leave the option out, or correct the address; `signalbox plan` lists those that need a decision.",
  },
  {
    code: "NOT_PLANNED",
    severity: "warning",
    title: "A name is left as it is, as a part of it is unknown",
    explanation:
      "Something that the name stands on (its zone, a Region, an account) could not be read, so nobody can say what would have to be changed. The other names go on.",
    fix: "Give the permissions that the CANNOT_READ messages name, and run the command again.",
  },
  {
    code: "NOT_REGIONAL",
    severity: "error",
    title: "A domain that is not regional",
    explanation:
      "Only REGIONAL custom domains of API Gateway can stand behind latency records; the existing one is of another type.",
    fix: "Use another name, or migrate that domain to REGIONAL first.",
  },
  {
    code: "ORPHAN",
    severity: "warning",
    title: "A name of ours that the manifest does not mention",
    explanation:
      "It is in neither `apis` nor `retire`. A name that is merely absent is kept: only `retire` takes one out of service.",
    fix: "Put it back into the manifest, or list it under `retire`.",
  },
  {
    code: "PLAN_FILE_UNREADABLE",
    severity: "error",
    title: "A plan file that cannot be used",
    explanation: "It is not a plan, it was changed after it was written, or another version wrote it.",
    fix: "Make it again with `signalbox plan --out`.",
  },
  {
    code: "PLAN_STALE",
    severity: "error",
    title: "A plan that live has overtaken",
    explanation:
      "Every change of a saved plan counts as long as live is its before or its after. For this one live is neither.",
    fix: "Look at what changed, and make a new plan.",
  },
  {
    code: "REGION_NOT_ENABLED",
    severity: "warning",
    title: "A Region that the account has not enabled",
    explanation:
      "Regions launched since 2019 are off until an account's owner enables them; AWS then knows no credentials there. What such a Region holds is unknown, so nothing that depends on it is planned.",
    fix: "Enable the Region (`aws account enable-region --region-name REGION`), or take it out of the manifest.",
  },
  {
    code: "SCOPE_MISMATCH",
    severity: "error",
    title: "A copy of another estate's manifest",
    explanation:
      "Markers in the zones carry this manifest's name with another scope. Two files of one name would fight over the same set identifiers and tags.",
    fix: "Write the scope of the live estate into this file if it is that manifest; otherwise give this one a name of its own.",
  },
  {
    code: "STAGE_NOT_FOUND",
    severity: "error",
    title: "A stage that does not exist",
    explanation:
      "The REST API has no such stage in this Region, so a mapping to it would answer every request with an error.",
    fix: "Deploy the stage first, or correct `stage`.",
  },
  {
    code: "QUOTA_EXCEEDED",
    severity: "warning",
    title: "More than AWS gives by default",
    explanation:
      "While the plan runs there would be more health checks, certificates or API Gateway domains than the default quota allows. What replaces is made before what it replaces goes, so the peak counts.",
    fix: "Have the quota raised, or change less at once.",
  },
  {
    code: "RETIRED_AND_GONE",
    severity: "remark",
    title: "A retired name that is gone",
    explanation: "The name is listed under `retire`, and everything of it that was ours has gone.",
    fix: "Take the name off the list.",
  },
  {
    code: "UNDER_DRILL",
    severity: "error",
    title: "A Region under a failover drill",
    explanation:
      "The gate's threshold is above the number of its children, which is how a drill takes a Region out. A gate under drill is neither changed nor deleted.",
    fix: "Let the drill end, or bring the Region back, and run the command again.",
  },
  {
    code: "WRONG_ACCOUNT",
    severity: "error",
    title: "Credentials of another account",
    explanation:
      "The manifest says which account it is for, and the credentials are of another one. Nothing was read or written.",
    fix: "Choose the credentials of that account (AWS_PROFILE, `--profile`), or correct `account`.",
  },
  {
    code: "ZONE_AMBIGUOUS",
    severity: "error",
    title: "Two hosted zones of one name",
    explanation:
      "The account has several public hosted zones of this name, and only one of them is delegated to. Records in the other are never asked for.",
    fix: "Pin the right one with `id:`; its name servers are those that the parent zone names.",
  },
  {
    code: "ZONE_NOT_FOUND",
    severity: "error",
    title: "A hosted zone that does not exist",
    explanation:
      "The account has no public hosted zone of this name (and id). Signalbox writes into hosted zones and does not create them yet.",
    fix: "Create the hosted zone first, or use the credentials of the account that has it.",
  },
] as const satisfies readonly CodeEntry[];
