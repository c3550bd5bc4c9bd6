import { display } from "../../dns/domain-name.ts";
import type { Call, Ids, Outcome, Region, Step } from "../call.ts";
import type { ApiDomain, Cloud } from "../cloud.ts";
import { regionOf, withRegion } from "../edit.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { quotaOf } from "../quotas.ts";
import { Table } from "../table.ts";
import {
  certificateFault,
  domainOutput,
  edgeCertificateFault,
  readName,
  regionalZone,
  settingsFault,
} from "./domain-shape.ts";
import { updatingFault } from "./domain-updates.ts";
import { badRequest, limitExceeded, notFound } from "./faults.ts";
import { DISTRIBUTION_ZONE, EDGE_CERTIFICATE_REGION, executeApiHost } from "./hosts.ts";
import { pageOf } from "./page.ts";
import type { PageInput } from "./page.ts";
import { tagFault } from "./tag-rules.ts";

interface CreateDomainNameInput {
  readonly domainName?: string;
  readonly regionalCertificateArn?: string;
  readonly certificateArn?: string;
  readonly endpointConfiguration?: { readonly types?: readonly string[]; readonly ipAddressType?: string };
  readonly securityPolicy?: string;
  readonly endpointAccessMode?: string;
  readonly routingMode?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The domain that the call names, or why there is none. */
export function findDomain(cloud: Cloud, call: Call): { readonly found: ApiDomain } | { readonly no: Outcome } {
  const name = readName((call.input as { readonly domainName?: string }).domainName);
  const found = name && regionOf(cloud, call.account, call.region).domains.get(name);
  return found === undefined ? { no: notFound("domain name") } : { found };
}

export function withDomain(cloud: Cloud, call: Call, domain: ApiDomain): Cloud {
  const state = regionOf(cloud, call.account, call.region);
  return withRegion(cloud, call.account, { ...state, domains: state.domains.set(domain.name, domain) });
}

/** Options of CreateDomainName that are not modelled. */
const UNMODELLED = [
  "certificateName",
  "certificateBody",
  "certificatePrivateKey",
  "certificateChain",
  "regionalCertificateName",
  "mutualTlsAuthentication",
  "ownershipVerificationCertificateArn",
  "policy",
];

/**
 * Regional and edge-optimized domain names. A new one is AVAILABLE at once, as in the documented example.
 * Source: API Gateway API reference "CreateDomainName" and guide "Set up a regional custom domain name", checked 2026-11-23.
 */
export const createDomainName: Step = (cloud, call, ids) => {
  const input = call.input as CreateDomainNameInput;
  const unmodelled = unmodelledOption(input);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const name = readName(input.domainName);
  if (name === undefined) return badRequest(`Invalid domain name: ${input.domainName ?? ""}`);
  const state = regionOf(cloud, call.account, call.region);
  const isEdge = (input.endpointConfiguration?.types ?? ["EDGE"])[0] === "EDGE";
  const domain: ApiDomain = {
    name,
    ...(isEdge ? edgeEndpoint(input, ids) : regionalEndpoint(input, call.region, ids)),
    ipAddressType: input.endpointConfiguration?.ipAddressType ?? "ipv4",
    securityPolicy: input.securityPolicy ?? "TLS_1_2",
    ...(input.endpointAccessMode === undefined ? {} : { endpointAccessMode: input.endpointAccessMode }),
    routingMode: input.routingMode ?? "BASE_PATH_MAPPING_ONLY",
    status: "AVAILABLE",
    tags: input.tags ?? {},
    mappings: Table.empty(),
  };
  const fault =
    takenFault(cloud, call, domain) ??
    (isEdge
      ? edgeCertificateFault(regionOf(cloud, call.account, EDGE_CERTIFICATE_REGION), domain)
      : certificateFault(state, domain)) ??
    settingsFault(domain) ??
    tagFault(domain.tags);
  if (fault !== undefined) return fault;
  const quota = quotaOf(cloud, call.account, "apigateway.domainNames");
  if (state.domains.size >= quota)
    return limitExceeded(`The limit of ${quota} domain names in ${call.region} is reached`);
  return succeeded(withDomain(cloud, call, domain), domainOutput(domain));
};

type Endpoints = Pick<
  ApiDomain,
  "regionalDomainName" | "regionalHostedZoneId" | "regionalCertificateArn" | "endpointTypes" | "edge"
>;

const regionalEndpoint = (input: CreateDomainNameInput, region: Region, ids: Ids): Endpoints => ({
  ...newRegionalHost(region, ids),
  ...(input.regionalCertificateArn === undefined ? {} : { regionalCertificateArn: input.regionalCertificateArn }),
  endpointTypes: ["REGIONAL"],
});

/** The host and hosted zone of a new regional endpoint. */
export const newRegionalHost = (
  region: Region,
  ids: Ids,
): Pick<ApiDomain, "regionalDomainName" | "regionalHostedZoneId"> => ({
  regionalDomainName: executeApiHost(ids("regional-domain"), region),
  regionalHostedZoneId: ids("regional-zone") || regionalZone(region),
});

/** Source: API Gateway guide "Set up an edge-optimized custom domain name", checked 2026-11-24. */
function edgeEndpoint({ certificateArn }: CreateDomainNameInput, ids: Ids): Endpoints {
  const distributionDomainName = `${ids("regional-domain").replaceAll("-", "")}.cloudfront.net`;
  return {
    regionalDomainName: distributionDomainName,
    regionalHostedZoneId: DISTRIBUTION_ZONE,
    endpointTypes: ["EDGE"],
    edge: { distributionDomainName, ...(certificateArn === undefined ? {} : { certificateArn }) },
  };
}

function unmodelledOption(input: CreateDomainNameInput): string | undefined {
  const types = input.endpointConfiguration?.types ?? ["EDGE"];
  if (types.length !== 1 || (types[0] !== "REGIONAL" && types[0] !== "EDGE"))
    return `endpointConfiguration.types ${types.join(", ")}`;
  const given = input as Readonly<Record<string, unknown>>;
  return UNMODELLED.find((option) => given[option] !== undefined);
}

// Assumed: BadRequestException, as its message is widely reported with (the reference also lists ConflictException), and a
// name is unique in its Region across accounts.
function takenFault(cloud: Cloud, call: Call, { name }: ApiDomain): Outcome | undefined {
  for (const account of cloud.accounts) {
    if (account.regions.get(call.region)?.domains.has(name))
      return badRequest("The domain name you provided already exists.");
  }
  return undefined;
}

export const getDomainName: Step = (cloud, call) => {
  const sought = findDomain(cloud, call);
  return "no" in sought ? sought.no : succeeded(cloud, domainOutput(sought.found));
};

export const getDomainNames: Step = (cloud, call) => {
  const input = call.input as PageInput & { readonly resourceOwner?: string };
  if (input.resourceOwner === "OTHER_ACCOUNTS") return notEmulated(call, "resourceOwner OTHER_ACCOUNTS");
  const { domains } = regionOf(cloud, call.account, call.region);
  return succeeded(cloud, pageOf(domains.entries(), input, domainOutput));
};

// Assumed: a domain that still has mappings is not deleted. AWS is reported to delete them with it; who takes them off first is safe either way.
export const deleteDomainName: Step = (cloud, call) => {
  const sought = findDomain(cloud, call);
  if ("no" in sought) return sought.no;
  const updating = updatingFault(sought.found);
  if (updating !== undefined) return updating;
  const { name, mappings } = sought.found;
  if ((mappings?.size ?? 0) > 0) return badRequest(`Domain name ${display(name)} still has base path mappings`);
  const state = regionOf(cloud, call.account, call.region);
  return succeeded(withRegion(cloud, call.account, { ...state, domains: state.domains.delete(name) }));
};
