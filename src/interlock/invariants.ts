import type { Invariant } from "./invariant.ts";
import { aliasTargetExists } from "./invariants/alias-target-exists.ts";
import { batchFits } from "./invariants/batch-fits.ts";
import { certificateCoversHost } from "./invariants/certificate-covers-host.ts";
import { certificateInUseStays } from "./invariants/certificate-in-use-stays.ts";
import { clientClassesKeepAnswering } from "./invariants/client-classes-keep-answering.ts";
import { drillUndisturbed } from "./invariants/drill-undisturbed.ts";
import { foreignUntouched } from "./invariants/foreign-untouched.ts";
import { healthChecksExist } from "./invariants/health-checks-exist.ts";
import { healthyRegionStays } from "./invariants/healthy-region-stays.ts";
import { managedNameHasAnswer } from "./invariants/managed-name-has-answer.ts";
import { nameKeepsAnswering } from "./invariants/name-keeps-answering.ts";
import { quotasSuffice } from "./invariants/quotas-suffice.ts";
import { regionsRemoved } from "./invariants/regions-removed.ts";
import { validationRecordsStay } from "./invariants/validation-records-stay.ts";
import { zoneUntouched } from "./invariants/zone-untouched.ts";

export const invariants: readonly Invariant[] = [
  quotasSuffice, // what is made has room, whatever the order
  nameKeepsAnswering, // a name that answers goes on answering, from everywhere
  managedNameHasAnswer, // and one that is first published here is not emptied again
  aliasTargetExists, // no answer, current or held, leads nowhere
  certificateCoversHost, // and none leads to a certificate that is not for it
  clientClassesKeepAnswering, // or to a key that its clients cannot use
  healthChecksExist, // no answer depends on a check that is not there
  healthyRegionStays, // the last healthy Region stays
  regionsRemoved, // and no more of them go than was allowed
  certificateInUseStays, // no certificate is taken from under a domain
  validationRecordsStay, // nor a record by which one is renewed
  drillUndisturbed, // a drill is left alone
  zoneUntouched, // so is what a zone rests on
  foreignUntouched, // and whatever is not ours
  batchFits, // what goes together goes in one batch
];
