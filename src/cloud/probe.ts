import { covers } from "../tls/coverage.ts";
import { display, domainName, parseDomainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { unfit } from "./acm/certificate.ts";
import { NO_PATH } from "./apigateway/base-path-mapping.ts";
import { restApiIn } from "./apigateway/rest-api.ts";
import type { Step } from "./call.ts";
import type { ApiDomain, RegionalState } from "./cloud.ts";
import { regionOf, withRegion } from "./edit.ts";
import { refused, succeeded } from "./outcome.ts";
import type { Table } from "./table.ts";

/**
 * A direct check of a regional endpoint before it is published: connect to `address` (not to what DNS says), offer
 * `sni`, ask for `path` with `host`, and expect `searchString` in the body when there is one. Hosts have no trailing dot.
 */
export interface ProbeInput {
  readonly address: { readonly host: string };
  readonly sni: string;
  readonly host: string;
  readonly path: string;
  readonly searchString?: string;
}

/** Under which key of `RegionalState.probes` a passed probe is kept. */
export function probeKey(input: ProbeInput): string {
  return JSON.stringify([input.address.host, input.sni, input.host, input.path, input.searchString ?? null]);
}

/** In the model an endpoint answers when everything that it is made of stands; otherwise the fault says what is missing. */
const probe: Step = (cloud, call) => {
  const input = call.input as ProbeInput;
  const state = regionOf(cloud, call.account, call.region);
  const failure = failureOf(state, input);
  if (failure !== undefined) return refused("ProbeFailed", `${input.address.host}: ${failure}`, 502);
  return succeeded(withRegion(cloud, call.account, { ...state, probes: state.probes.set(probeKey(input), cloud.now) }));
};

export const PROBE: Readonly<Record<string, Step>> = { Probe: probe };

function failureOf(state: RegionalState, input: ProbeInput): string | undefined {
  const parsed = parseDomainName(input.sni);
  if (!parsed.ok) return `${input.sni} is not a host name`;
  const domain = domainAt(state, input.address.host);
  if (domain === undefined) return `no API Gateway domain in ${state.region} has this regional domain name`;
  if (!covers(domain.name, parsed.name)) return `it serves ${display(domain.name)}, not ${input.sni}`;
  return certificateFailure(state, domain, parsed.name) ?? mappingFailure(state, domain, input.path);
}

const domainAt = (state: RegionalState, host: string): ApiDomain | undefined =>
  domainsByHost(state.domains).get(domainName(host));

/** Tables never change, so what was found in one stays true. */
const byHost = new WeakMap<Table<ApiDomain>, ReadonlyMap<DomainName, ApiDomain>>();

function domainsByHost(domains: Table<ApiDomain>): ReadonlyMap<DomainName, ApiDomain> {
  const known = byHost.get(domains);
  if (known !== undefined) return known;
  const found = new Map<DomainName, ApiDomain>();
  for (const domain of domains)
    if (domain.regionalDomainName !== "") found.set(domainName(domain.regionalDomainName), domain);
  byHost.set(domains, found);
  return found;
}

function certificateFailure(state: RegionalState, domain: ApiDomain, sni: DomainName): string | undefined {
  const certificate = state.certificates.get(domain.regionalCertificateArn ?? "");
  if (certificate === undefined) return `its certificate ${domain.regionalCertificateArn ?? "(none)"} does not exist`;
  return unfit(certificate, sni, "apigateway");
}

/** The first segment of the path chooses the mapping; `(none)` takes what no other mapping takes. */
function mappingFailure(state: RegionalState, domain: ApiDomain, path: string): string | undefined {
  const segment = path.replace(/^\//, "").split(/[/?]/, 1)[0] ?? "";
  const mapping = domain.mappings?.get(segment) ?? domain.mappings?.get(NO_PATH);
  if (mapping === undefined) return `no base path mapping takes ${path}`;
  const api = restApiIn(state, mapping.restApiId);
  if (api === "not looked at") return undefined;
  if (api === "absent") return `REST API ${mapping.restApiId} does not exist`;
  const { stage } = mapping;
  const absent = stage !== undefined && api.stages !== undefined && !api.stages.includes(stage);
  return absent ? `REST API ${mapping.restApiId} has no stage ${stage}` : undefined;
}
