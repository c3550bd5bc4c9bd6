import type { Call, Ids, Outcome, Region, Step } from "../call.ts";
import type { ApiDomain } from "../cloud.ts";
import { regionOf } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { findDomain, newRegionalHost, withDomain } from "./domain-name.ts";
import { certificateFault, domainOutput, isRegional, settingsFault } from "./domain-shape.ts";
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
export const updateDomainName: Step = (cloud, call, ids) => {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought.no;
  const updating = updatingFault(sought.found);
  if (updating !== undefined) return updating;
  const patched = patch(sought.found, call, ids);
  if ("no" in patched) return patched.no;
  const swapped = patched.domain.regionalCertificateArn !== sought.found.regionalCertificateArn;
  const state = regionOf(cloud, call.account, call.region);
  const added = isRegional(patched.domain) && !isRegional(sought.found);
  const fault =
    (swapped || added ? certificateFault(state, patched.domain) : undefined) ?? settingsFault(patched.domain);
  if (fault !== undefined) return fault;
  if (shown(patched.domain) === shown(sought.found)) return succeeded(cloud, domainOutput(sought.found));
  const domain = beginUpdate(patched.domain, cloud.now);
  return succeeded(withDomain(cloud, call, domain), domainOutput(domain));
};

const shown = (domain: ApiDomain): string => JSON.stringify(domainOutput(domain));

const TYPES = "/endpointConfiguration/types";

/**
 * A domain is migrated by adding the other endpoint type beside the one it has, and removing the old one when nothing
 * leads to it any more. Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type", checked
 * 2026-11-24.
 */
// Assumed: the answer to the addition names the regional endpoint already; the removal names the type in its value, and
// takes the certificate of the edge-optimized endpoint along.
function migrated(found: ApiDomain, op: string, value: string, region: Region, ids: Ids): ApiDomain | undefined {
  const { edge, ...rest } = found;
  const types = found.endpointTypes;
  if (op === "add" && value === "REGIONAL" && !isRegional(found))
    return { ...found, ...newRegionalHost(region, ids), endpointTypes: [...types, value] };
  if (op === "remove" && value === "EDGE" && edge !== undefined && isRegional(found))
    return { ...rest, endpointTypes: types.filter((type) => type !== value) };
  return undefined;
}

function patch(found: ApiDomain, call: Call, ids: Ids): { readonly domain: ApiDomain } | { readonly no: Outcome } {
  const read = readPatches(call, ["add", "remove", "replace"]);
  if ("no" in read) return read;
  let domain = found;
  for (const { op, path, value } of read.patches) {
    const moved = path === TYPES ? migrated(domain, op, value, call.region, ids) : undefined;
    if (moved !== undefined) {
      domain = moved;
      continue;
    }
    if (op === "remove" || path === TYPES || (op === "add" && path !== "/regionalCertificateArn"))
      return { no: notEmulated(call, `the patch ${op} ${path} ${value}`) };
    if (UNMODELLED.includes(path)) return { no: notEmulated(call, `the patch path ${path}`) };
    // Assumed: what is there already is replaced and not added again.
    if (op === "add" && domain.regionalCertificateArn !== undefined)
      return { no: badRequest(`Invalid patch operation 'add' on ${path}. Supported: replace`) };
    const replace = PATHS[path];
    if (replace === undefined) return { no: badRequest(`Invalid patch path ${path}`) };
    domain = replace(domain, value);
  }
  if (!domain.endpointTypes.some((type) => found.endpointTypes.includes(type)))
    return { no: notEmulated(call, "a change of the endpoint type") };
  return { domain };
}
