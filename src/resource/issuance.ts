import { accountOf } from "../cloud/edit.ts";
import { address } from "./address.ts";
import type { Address } from "./address.ts";
import { certificate, isUsable, liveCertificate, single } from "./certificate.ts";
import type { CertificateSpec } from "./certificate.ts";
import { done, wait } from "./kind.ts";
import type { AnySpec, Kind, Observed } from "./kind.ts";
import { validationRecordAddress } from "./validation-record.ts";
import { wildcardBase } from "../dns/domain-name.ts";

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
  next: (changes, cloud) =>
    single(changes, (change) => {
      const spec = change.after;
      if (spec === undefined) return done;
      const live = liveCertificate(cloud, spec.certificate);
      if (live?.status === "ISSUED") return done;
      if (live !== undefined && isUsable(live)) return wait("ACM to see the validation record and issue");
      return {
        do: "stop",
        replan: true,
        diagnostic: {
          code: "CERTIFICATE_NOT_ISSUED",
          severity: "error",
          subject: change.address,
          message: "The certificate was lost or refused while Signalbox waited for its issuance.",
          help: "Run the command again: it requests another one. `signalbox explain CERTIFICATE_NOT_ISSUED` lists why ACM refuses.",
        },
      };
    }),
  probe: (change, cloud) => {
    const spec = change.after?.certificate;
    return spec === undefined
      ? undefined
      : certificate.probe({ address: change.address, before: undefined, after: spec, guard: undefined }, cloud);
  },
  permissions: { read: ["acm:DescribeCertificate"], write: [] },
};
