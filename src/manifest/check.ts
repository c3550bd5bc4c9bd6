import * as accounts from "./check-accounts.ts";
import * as apis from "./check-apis.ts";
import * as certificates from "./check-certificates.ts";
import * as edges from "./check-edges.ts";
import * as header from "./check-header.ts";
import * as healthChecks from "./check-health-checks.ts";
import * as names from "./check-names.ts";
import * as regionalHosts from "./check-regional-hosts.ts";
import * as regions from "./check-regions.ts";
import * as renames from "./check-renames.ts";
import * as routing from "./check-routing.ts";
import type { Draft } from "./draft.ts";
import type { Report } from "./report.ts";

/** A rule that ties several values of a manifest together, or a value to what AWS allows. */
type Rule = (draft: Draft, report: Report) => void;

/** Every rule speaks in every run; a manifest is good when none of them reports an error. */
const rules: readonly Rule[] = [
  header.nameHoldsNoRegion, // set identifiers are <name>/<region>
  header.datesExist, // of what is ignored until then
  header.tagsAreAllowed, // AWS's limits, and prefixes that are not the user's
  accounts.accountLabelsAreAllowed,
  accounts.accountsAreDistinct, // by id: a call is addressed to an account, not to a label
  accounts.rolesAreOfTheirAccounts, // and what it says of a role is whole
  accounts.accountsAreKnown, // by zones and quotas
  accounts.accountsAreUsed, // a remark
  accounts.quotasAreKnown, // and not below AWS's own
  names.namesAreDistinct, // compared as DNS compares them
  names.namesAreInZones, // or their records could not be written
  names.retiredNamesAreGone, // not in apis as well
  renames.previousNamesAreGone, // not in apis or retire as well, and each taken over once
  renames.previousKeysAreGone, // of certificates
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
  healthChecks.sharedChecksAgree, // two names on one endpoint's check
  healthChecks.sharingNamesFitOneMarker, // some hundreds of them
  routing.regionsFollowThePolicy, // weight and role only where they count, and always there
  routing.weightsDoNotSumToZero, // Route 53 would answer with all alike
  routing.policyHasItsRegions, // failover two, simple one
  routing.rolesAreDistinct, // one primary, one secondary
  routing.healthDecides, // a warning: whether health changes an answer
  routing.apexIsNoCname, // SOA and NS stand there
  routing.recordHasItsKeys, // ttl and evaluateTargetHealth
  regionalHosts.regionalHostsHaveARegion, // or all Regions would have one host
  regionalHosts.regionalHostsAreNames, // in a zone, and covered
  edges.listenersAreNamedOnce, // by load balancer or by ARN
  edges.listenersHoldTheirCertificates, // as many as they take, and all known
  edges.edgeNamesAreCovered, // of load balancers and sites
  edges.namesAreInOneSection,
  edges.siteKeysAreAccepted, // by CloudFront
  edges.siteFunctionsFitTheRuntime, // events, and a role where one is needed
  edges.otherRegionsExist, // of load balancers, ARNs and schedules
];

export function check(draft: Draft, report: Report): void {
  for (const rule of rules) rule(draft, report);
}
