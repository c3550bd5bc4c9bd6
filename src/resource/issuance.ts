import type { Certificate, Cloud, ValidationRecord } from "../cloud/cloud.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { cnameLeadsTo, publicZones } from "../cloud/acm/public-dns.ts";
import { accountOf } from "../cloud/edit.ts";
import { address } from "./address.ts";
import type { Address } from "./address.ts";
import { certificate, deadCertificate, liveCertificate } from "./certificate.ts";
import type { CertificateSpec } from "./certificate.ts";
import { done, lost, wait, oneByOne } from "./kind.ts";
import type { AnySpec, Kind, Next, Observed } from "./kind.ts";
import { validationRecordAddress } from "./validation-record.ts";
import { display, wildcardBase } from "../dns/domain-name.ts";
import { longestZone } from "../dns/zone-match.ts";

/** The wait until ACM has issued a certificate. It writes nothing: it is a step of its own so that plans show what they wait for. */
export interface IssuanceSpec extends AnySpec {
  readonly certificate: CertificateSpec;
}

const addressOf = (spec: CertificateSpec): Address => address("issuance", spec.label, spec.region, spec.keyAlgorithm);

export const issuance: Kind<IssuanceSpec> = {
  name: "issuance",
  ensured: true,
  address: (spec) => addressOf(spec.certificate),
  names: (spec) => spec.certificate.domains,
  references: (spec) => [
    certificate.address(spec.certificate),
    ...spec.certificate.domains.map((domain) => validationRecordAddress(wildcardBase(domain))),
  ],
  observe(cloud, scope) {
    const found: Observed<IssuanceSpec>[] = [];
    for (const { spec, ours, id } of certificate.observe(cloud, scope)) {
      const live = accountOf(cloud, scope.account).regions.get(spec.region)?.certificates.get(id);
      if (!ours || live?.status !== "ISSUED") continue;
      found.push({
        address: addressOf(spec),
        spec: { account: spec.account, certificate: spec },
        ours,
        edited: false,
        id,
      });
    }
    return found;
  },
  compare(desired, _observed, cloud) {
    const live = liveCertificate(cloud, desired.certificate);
    return live?.status === "ISSUED"
      ? []
      : [{ field: "status", before: live?.status ?? "(no certificate)", after: "ISSUED" }];
  },
  next: oneByOne(issued),
  probe: (change, cloud) => {
    const spec = change.after?.certificate;
    return spec === undefined
      ? undefined
      : certificate.probe({ address: change.address, before: undefined, after: spec, guard: undefined }, cloud);
  },
  permissions: { read: ["acm:DescribeCertificate"], write: [] },
};

function issued(spec: IssuanceSpec, cloud: Cloud): Next {
  const live = liveCertificate(cloud, spec.certificate);
  if (live?.status === "ISSUED") return done;
  if (live !== undefined) {
    const missing = missingRecord(live, cloud);
    return missing === undefined
      ? wait("ACM to see the validation record and issue")
      : lost(`the validation record ${display(missing.name)}`);
  }
  const dead = deadCertificate(cloud, spec.certificate);
  // A refusal would come again, and every request counts against the yearly quota; one that was lost is asked for again.
  return { do: "stop", replan: dead === undefined, diagnostic: notIssued(spec.certificate, dead) };
}

/**
 * A record that ACM asks for and that a hosted zone of ours does not hold: somebody took it away, or what stood there
 * when the plan was made is another account's. Nothing would come of waiting.
 */
function missingRecord(live: Certificate, cloud: Cloud): ValidationRecord | undefined {
  const zones = publicZones(cloud);
  return Object.values(live.validation ?? {}).find(
    ({ name, value }) => longestZone(name, zones) !== undefined && !cnameLeadsTo(name, value, zones),
  );
}

const notIssued = (spec: CertificateSpec, dead: Certificate | undefined): Diagnostic => ({
  code: "CERTIFICATE_NOT_ISSUED",
  severity: "error",
  subject: addressOf(spec),
  message:
    dead === undefined
      ? "The certificate was lost while Signalbox waited for its issuance."
      : `ACM did not issue the certificate: ${dead.status}${dead.failureReason === undefined ? "" : `, ${dead.failureReason}`}.`,
  help: "Mend the reason, then run the command again: it requests another one. `signalbox explain CERTIFICATE_NOT_ISSUED` says more.",
});
