import type { DomainName } from "../dns/domain-name.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** By each name that another takes over from, that other one. */
export const successorsIn = ({ apis }: Manifest): ReadonlyMap<DomainName, DomainName> =>
  new Map(apis.flatMap(({ name, previousName }) => (previousName === undefined ? [] : [[previousName, name]])));

/** By each old key of a certificate, the new one. */
export const renamedCertificates = ({ certificates }: Manifest): ReadonlyMap<string, string> =>
  new Map(
    certificates.flatMap(({ label, previousName }) => (previousName === undefined ? [] : [[previousName, label]])),
  );
