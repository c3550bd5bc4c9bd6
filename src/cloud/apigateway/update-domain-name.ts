import type { Call, Outcome, Step } from "../call.ts";
import type { ApiDomain } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { findDomain, withDomain } from "./domain-name.ts";
import { certificateFault, domainOutput, settingsFault } from "./domain-shape.ts";
import { beginUpdate, updatingFault } from "./domain-updates.ts";
import { badRequest } from "./faults.ts";
import { readPatches } from "./patch.ts";

/** What each path replaces. Source: API Gateway API reference "Patch operations" (UpdateDomainName), checked 2026-11-23. */
const PATHS: Readonly<Record<string, (domain: ApiDomain, value: string) => ApiDomain>> = {
  "/regionalCertificateArn": (domain, value) => ({ ...domain, regionalCertificateArn: value }),
  "/securityPolicy": (domain, value) => ({ ...domain, securityPolicy: value }),
  "/endpointAccessMode": (domain, value) => withAccessMode(domain, value),
  "/endpointConfiguration/ipAddressType": (domain, value) => ({ ...domain, ipAddressType: value }),
  "/endpointConfiguration/types/0": (domain, value) => ({ ...domain, endpointTypes: [value] }),
  "/routingMode": (domain, value) => ({ ...domain, routingMode: value }),
};

const UNMODELLED = [
  "/regionalCertificateName",
  "/certificateArn",
  "/certificateName",
  "/mutualTlsAuthentication/truststoreUri",
  "/mutualTlsAuthentication/truststoreVersion",
  "/ownershipVerificationCertificateArn",
  "/policy",
  "/managementPolicy",
];

// Assumed: an empty value takes the access mode away, as leaving an enhanced policy needs.
function withAccessMode({ endpointAccessMode: _old, ...domain }: ApiDomain, value: string): ApiDomain {
  return value === "" ? domain : { ...domain, endpointAccessMode: value };
}

/**
 * All patches or none. The new settings are shown at once, with the status UPDATING for some minutes.
 * Source: API Gateway API reference "UpdateDomainName" and "DomainName" (domainNameStatus), checked 2026-11-23.
 */
// Assumed: patches that change nothing start no update.
export const updateDomainName: Step = (cloud, call) => {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought.no;
  const updating = updatingFault(sought.found);
  if (updating !== undefined) return updating;
  const patched = patch(sought.found, call);
  if ("no" in patched) return patched.no;
  const swapped = patched.domain.regionalCertificateArn !== sought.found.regionalCertificateArn;
  const state = regionOf(cloud, call.account, call.region);
  const fault = (swapped ? certificateFault(state, patched.domain) : undefined) ?? settingsFault(patched.domain);
  if (fault !== undefined) return fault;
  if (shown(patched.domain) === shown(sought.found)) return succeeded(cloud, domainOutput(sought.found));
  const domain = beginUpdate(patched.domain, cloud.now);
  return succeeded(withDomain(cloud, call, domain), domainOutput(domain));
};

const shown = (domain: ApiDomain): string => JSON.stringify(domainOutput(domain));

function patch(found: ApiDomain, call: Call): { readonly domain: ApiDomain } | { readonly no: Outcome } {
  const read = readPatches(call);
  if ("no" in read) return read;
  let domain = found;
  for (const { path, value } of read.patches) {
    if (UNMODELLED.includes(path)) return { no: notEmulated(call, `the patch path ${path}`) };
    const replace = PATHS[path];
    if (replace === undefined) return { no: badRequest(`Invalid patch path ${path}`) };
    domain = replace(domain, value);
  }
  if (domain.endpointTypes[0] !== found.endpointTypes[0])
    return { no: notEmulated(call, "a change of the endpoint type") };
  return { domain };
}
