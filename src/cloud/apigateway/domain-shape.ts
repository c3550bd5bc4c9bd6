import { createHash } from "node:crypto";
import { display, parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import { unfit } from "../acm/certificate.ts";
import type { Outcome, Region } from "../call.ts";
import type { ApiDomain, EdgeEndpoint, RegionalState } from "../cloud.ts";
import { badRequest } from "./faults.ts";
import { DISTRIBUTION_ZONE, EDGE_CERTIFICATE_REGION } from "./hosts.ts";
import { EDGE_POLICIES, ENHANCED_POLICIES, LEGACY_POLICIES } from "./security-policy.ts";

/** Names as API Gateway writes them have no trailing dot; undefined when the text is no name. */
export function readName(text: string | undefined): DomainName | undefined {
  const parsed = parseDomainName(text ?? "");
  return parsed.ok ? parsed.name : undefined;
}

/** Whether it has a regional endpoint, beside an edge-optimized one or alone. */
export const isRegional = ({ endpointTypes }: ApiDomain): boolean => endpointTypes.includes("REGIONAL");

const edgeOutput = ({ distributionDomainName, certificateArn }: EdgeEndpoint): Readonly<Record<string, string>> => ({
  distributionDomainName,
  distributionHostedZoneId: DISTRIBUTION_ZONE,
  ...(certificateArn === undefined ? {} : { certificateArn }),
});

/** AWS's shape of a domain name. Source: API Gateway API reference "DomainName", checked 2026-11-23. */
export function domainOutput(domain: ApiDomain): unknown {
  return {
    domainName: display(domain.name),
    ...(isRegional(domain)
      ? { regionalDomainName: domain.regionalDomainName, regionalHostedZoneId: domain.regionalHostedZoneId }
      : {}),
    ...(domain.edge === undefined ? {} : edgeOutput(domain.edge)),
    ...(domain.regionalCertificateArn === undefined ? {} : { regionalCertificateArn: domain.regionalCertificateArn }),
    endpointConfiguration: { types: domain.endpointTypes, ipAddressType: domain.ipAddressType },
    domainNameStatus: domain.status,
    securityPolicy: domain.securityPolicy,
    ...(domain.endpointAccessMode === undefined ? {} : { endpointAccessMode: domain.endpointAccessMode }),
    routingMode: domain.routingMode,
    ...(Object.keys(domain.tags).length === 0 ? {} : { tags: domain.tags }),
  };
}

/** Values of the settings, also of those that a patch brings. Source: API Gateway API reference "DomainName", checked 2026-11-23. */
export const ROUTING_MODES: readonly string[] = [
  "BASE_PATH_MAPPING_ONLY",
  "ROUTING_RULE_ONLY",
  "ROUTING_RULE_THEN_BASE_PATH_MAPPING",
];
export const ACCESS_MODES: readonly string[] = ["BASIC", "STRICT"];
export const IP_ADDRESS_TYPES: readonly string[] = ["ipv4", "dualstack"];

/**
 * Why the settings do not go together.
 * Source: API Gateway guide "Security policies" (an enhanced policy needs an endpoint access mode, a legacy one
 * forbids it) and "IP address types for custom domain names", checked 2026-11-23.
 */
export function settingsFault(domain: ApiDomain): Outcome | undefined {
  const { securityPolicy, endpointAccessMode, ipAddressType, routingMode } = domain;
  const own: readonly string[] = isRegional(domain) ? ENHANCED_POLICIES : EDGE_POLICIES;
  const enhanced = own.includes(securityPolicy);
  if (!enhanced && !(LEGACY_POLICIES as readonly string[]).includes(securityPolicy)) {
    return badRequest(
      `Invalid security policy for ${isRegional(domain) ? "a regional" : "an edge-optimized"} domain name: ${securityPolicy}`,
    );
  }
  if (enhanced && endpointAccessMode === undefined)
    return badRequest(`endpointAccessMode must be set with security policy ${securityPolicy}`);
  if (!enhanced && endpointAccessMode !== undefined)
    return badRequest(`endpointAccessMode is not supported with security policy ${securityPolicy}`);
  if (endpointAccessMode !== undefined && !ACCESS_MODES.includes(endpointAccessMode)) {
    return badRequest(`Invalid endpoint access mode: ${endpointAccessMode}`);
  }
  if (!IP_ADDRESS_TYPES.includes(ipAddressType)) return badRequest(`Invalid IP address type: ${ipAddressType}`);
  if (!ROUTING_MODES.includes(routingMode)) return badRequest(`Invalid routing mode: ${routingMode}`);
  return undefined;
}

/**
 * Why the domain cannot present its certificate: it must exist in this Region, be issued and cover the name.
 * Source: API Gateway guide "Set up a regional custom domain name", checked 2026-11-23.
 */
export function certificateFault(state: RegionalState, domain: ApiDomain): Outcome | undefined {
  const arn = domain.regionalCertificateArn;
  if (arn === undefined || arn === "") return badRequest("A regional domain name needs a regional certificate");
  const certificate = state.certificates.get(arn);
  if (certificate === undefined)
    return badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${state.region}'.`);
  const problem = unfit(certificate, domain.name, "apigateway");
  return problem === undefined ? undefined : badRequest(`The provided certificate cannot be used: ${problem}`);
}

/**
 * The same of an edge-optimized one, whose certificate is in us-east-1; `state` is of there.
 * Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type", checked 2026-11-24.
 */
export function edgeCertificateFault(state: RegionalState, { name, edge }: ApiDomain): Outcome | undefined {
  const certificate = state.certificates.get(edge?.certificateArn ?? "");
  if (certificate === undefined)
    return badRequest(
      `Invalid certificate ARN: ${edge?.certificateArn ?? ""}. Certificate must be in '${EDGE_CERTIFICATE_REGION}'.`,
    );
  const problem = unfit(certificate, name, "apigateway");
  return problem === undefined ? undefined : badRequest(`The provided certificate cannot be used: ${problem}`);
}

/**
 * The hosted zone of API Gateway's regional endpoints, where no answer has told it: one for each Region, the same for
 * every account. Real identifiers are always read from answers (AWS General Reference, "API Gateway endpoints", checked 2026-11-23).
 */
export function regionalZone(region: Region): string {
  return `Z${createHash("sha256").update(`apigateway ${region}`).digest("hex").slice(0, 13).toUpperCase()}`;
}
