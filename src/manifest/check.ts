import * as apis from "./check-apis.ts";
import * as certificates from "./check-certificates.ts";
import * as header from "./check-header.ts";
import * as healthChecks from "./check-health-checks.ts";
import * as names from "./check-names.ts";
import * as regions from "./check-regions.ts";
import type { Draft } from "./draft.ts";
import type { Report } from "./report.ts";

/** A rule that ties several values of a manifest together, or a value to what AWS allows. */
type Rule = (draft: Draft, report: Report) => void;

/** Every rule speaks in every run; a manifest is good when none of them reports an error. */
const rules: readonly Rule[] = [
  header.nameHoldsNoRegion, // set identifiers are <name>/<region>
  header.tagsAreAllowed, // AWS's limits, and prefixes that are not the user's
  names.namesAreDistinct, // compared as DNS compares them
  names.namesAreInZones, // or their records could not be written
  names.retiredNamesAreGone, // not in apis as well
  certificates.certificatesHaveDomains,
  certificates.domainsFitOneCertificate, // how many, and how long the first
  certificates.keyAlgorithmsAreDistinct,
  certificates.transparencyIsOn, // a warning
  certificates.certificatesAreBound, // a warning
  apis.certificateCoversName, // written, or the only one that does
  apis.accessModeFitsPolicy, // an enhanced policy needs one, a legacy one forbids it
  regions.regionsExist, // at least one, and Route 53 answers by latency to it
  regions.mappingsAreWhole, // one of the two forms, with API and stage
  regions.basePathsAreAllowed, // characters, and no two alike
  healthChecks.hostIsNotTheName, // a check of the name follows its own verdict
  healthChecks.pathHasStage, // a warning
  healthChecks.endpointsAreNotShared, // two names on one endpoint's check
];

export function check(draft: Draft, report: Report): void {
  for (const rule of rules) rule(draft, report);
}
