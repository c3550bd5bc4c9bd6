import { wildcardBase } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { ApiRegion, ApiSection, CertificateSection, Manifest } from "../manifest/manifest.ts";
import { zoneFor } from "../resource/kind.ts";
import type { AnySpec, Scope, ZoneRef } from "../resource/kind.ts";
import { kindOf } from "../resource/kinds.ts";
import type { ApiDomainSpec } from "../resource/api-domain.ts";
import type { BasePathMappingSpec } from "../resource/base-path-mapping.ts";
import type { CertificateSpec } from "../resource/certificate.ts";
import type { EndpointProbeSpec } from "../resource/endpoint-probe.ts";
import type { CheckUserSpec } from "../resource/check-user.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import type { IssuanceSpec } from "../resource/issuance.ts";
import type { RecordRouting, RecordSetSpec } from "../resource/record-spec.ts";
import type { NameSpec } from "../resource/swap.ts";
import type { ValidationRecordSpec } from "../resource/validation-record.ts";
import { checkedHost } from "./checked-host.ts";
import { sharedHomes } from "./check-home.ts";
import type { HomeFor } from "./check-home.ts";
import type { Desired } from "./desired.ts";

/** What the manifest wants to exist, one entry a resource, in an order in which it can come to be. */
export function desire(manifest: Manifest, scope: Scope): readonly Desired[] {
  const found = new Map<string, Desired>();
  const certificates: CertificateSpec[] = [];
  const sections = new Map(manifest.certificates.map((section) => [section.label, section]));
  const add: Add = (kind, spec) => {
    const { address, references } = kindOf(kind);
    found.set(address(spec), { kind, address: address(spec), spec, references: references(spec) });
  };
  const homeFor = sharedHomes(manifest, scope);
  for (const api of manifest.apis) {
    const zone = zoneFor(api.name, scope);
    if (zone === undefined) continue;
    const base = { account: scope.account, owner: scope.owner, zone, name: api.name };
    for (const region of api.regions) {
      const certificate = certificateSpec(sections.get(api.certificate), manifest, region, scope);
      certificates.push(certificate);
      addRegion(add, { manifest, api, region, base, certificate, homeFor });
    }
  }
  for (const spec of unique(certificates)) {
    add("certificate", spec);
    add<IssuanceSpec>("issuance", { account: spec.account, certificate: spec });
  }
  for (const spec of validationRecords(unique(certificates), scope)) add("validation-record", spec);
  return inOrder([...found.values()]);
}

type Add = <Spec extends AnySpec>(kind: string, spec: Spec) => void;

interface RegionParts {
  readonly manifest: Manifest;
  readonly api: ApiSection;
  readonly region: ApiRegion;
  readonly base: NameSpec;
  readonly certificate: CertificateSpec;
  readonly homeFor: HomeFor;
}

function addRegion(add: Add, parts: RegionParts): void {
  const { api, region, base } = parts;
  add("api-domain", domainSpec(parts));
  const mappings = region.mappings.map((mapping): BasePathMappingSpec => ({
    ...base,
    region: region.region,
    ...mapping,
  }));
  for (const mapping of mappings) add("base-path-mapping", mapping);
  const check = endpointCheck(parts);
  const gate =
    check === undefined || api.healthCheck?.gate === "none"
      ? undefined
      : ({ ...check, role: "gate", child: check } satisfies HealthCheckSpec);
  if (check !== undefined) add("health-check", check);
  if (gate !== undefined) add("health-check", gate);
  const top = gate ?? check;
  if (top?.shared === true)
    add<CheckUserSpec>("check-user", { ...homeOf(top), region: top.region, top, user: api.name, userZone: base.zone });
  add("endpoint-probe", probeSpec(parts, mappings));
  for (const type of recordTypes(api)) {
    add<RecordSetSpec>("record-set", {
      ...base,
      type,
      region: region.region,
      setIdentifier: api.routing.policy === "simple" ? "" : `${parts.manifest.name}/${region.region}`,
      routing: recordRouting(api, region),
      evaluateTargetHealth: api.evaluateTargetHealth,
      ...(api.cnameTtl === undefined ? {} : { ttl: api.cnameTtl }),
      healthCheck: gate ?? check,
    });
  }
}

/** A CNAME leads to whatever addresses its target has; aliases are of one type each. */
function recordTypes({ cnameTtl, ipAddressType }: ApiSection): readonly RecordSetSpec["type"][] {
  if (cnameTtl !== undefined) return ["CNAME"];
  return ipAddressType === "dualstack" ? ["A", "AAAA"] : ["A"];
}

function recordRouting({ routing }: ApiSection, { region }: ApiRegion): RecordRouting {
  switch (routing.policy) {
    case "weighted":
      return { policy: "weighted", weight: routing.weights[region] ?? 0 };
    case "failover":
      return { policy: "failover", failover: region === routing.primary ? "PRIMARY" : "SECONDARY" };
    default:
      return routing;
  }
}

function certificateSpec(
  section: CertificateSection | undefined,
  manifest: Manifest,
  region: ApiRegion,
  scope: Scope,
): CertificateSpec {
  if (section === undefined) throw new Error("the manifest names a certificate that it does not have");
  return {
    account: scope.account,
    owner: scope.owner,
    region: region.region,
    label: section.label,
    ...(section.previousName === undefined ? {} : { previousLabel: section.previousName }),
    domains: section.domains,
    keyAlgorithm: firstAccepted(section),
    transparencyLogging: section.transparencyLogging,
    tags: manifest.tags,
  };
}

/** A consumer of one certificate takes the first algorithm of the list that it accepts; API Gateway accepts all that ACM issues. */
function firstAccepted(section: CertificateSection): string {
  const [first] = section.keyAlgorithms;
  if (first === undefined) throw new Error(`certificate ${section.label} has no key algorithm`);
  return first;
}

function domainSpec({ manifest, api, region, base, certificate }: RegionParts): ApiDomainSpec {
  return {
    ...base,
    region: region.region,
    certificate,
    securityPolicy: api.securityPolicy,
    endpointAccessMode: api.endpointAccessMode,
    ipAddressType: api.ipAddressType,
    mappings: region.mappings.map((mapping) => mapping.basePath),
    tags: manifest.tags,
  };
}

const homeOf = ({ account, owner, zone, name }: NameSpec): NameSpec => ({ account, owner, zone, name });

/** On the endpoint's own host, never the shared name: a check of the shared name would follow its own verdict. */
function endpointCheck({ api, region, base, homeFor }: RegionParts): HealthCheckSpec | undefined {
  const section = api.healthCheck;
  if (section === undefined) return undefined;
  const home = homeFor(section, region, base.zone.account);
  return {
    ...(home === undefined ? base : { ...base, ...home }),
    role: "endpoint",
    region: region.region,
    host: checkedHost(section, region),
    shared: home !== undefined,
    path: section.path,
    searchString: section.searchString,
    intervalSeconds: section.intervalSeconds,
    failureThreshold: section.failureThreshold,
    child: undefined,
  };
}

/** Through the custom domain the stage is the mapping's business: `/prod/healthcheck` on the API's own host is `/v1/healthcheck` here. */
function probeSpec({ api, region, base }: RegionParts, mappings: readonly BasePathMappingSpec[]): EndpointProbeSpec {
  const section = api.healthCheck;
  const mapping =
    region.mappings.find((each) => section?.host === "api" && section.path.startsWith(`/${each.stage}/`)) ??
    region.mappings[0];
  const root = mapping === undefined || mapping.basePath === "(none)" ? "" : `/${mapping.basePath}`;
  const follows = section?.host === "api" && mapping !== undefined && section.path.startsWith(`/${mapping.stage}/`);
  return {
    ...base,
    region: region.region,
    path: follows ? `${root}${section.path.slice(mapping.stage.length + 1)}` : `${root}/`,
    searchString: follows ? section.searchString : undefined,
    mappings: mappings.map((each) => kindOf("base-path-mapping").address(each)),
  };
}

function unique(specs: readonly CertificateSpec[]): readonly CertificateSpec[] {
  return [...new Map(specs.map((spec) => [kindOf("certificate").address(spec), spec])).values()];
}

/** One record proves a name for every Region of the account, and for `*.x` as for `x`. */
function validationRecords(certificates: readonly CertificateSpec[], scope: Scope): readonly ValidationRecordSpec[] {
  const byDomain = new Map<DomainName, { readonly zone: ZoneRef; readonly certificates: CertificateSpec[] }>();
  for (const spec of certificates) {
    for (const domain of new Set(spec.domains.map(wildcardBase))) {
      const zone = zoneFor(domain, scope);
      if (zone === undefined) continue;
      const known = byDomain.get(domain) ?? { zone, certificates: [] };
      known.certificates.push(spec);
      byDomain.set(domain, known);
    }
  }
  return [...byDomain].map(([domain, { zone, certificates: needing }]) => ({
    account: scope.account,
    zone,
    domain,
    certificates: needing,
  }));
}

/** References first; among equals by address, so that the order of the manifest's keys does not matter. */
function inOrder(found: readonly Desired[]): readonly Desired[] {
  const byAddress = new Map(found.map((each) => [each.address, each]));
  const placed = new Set<string>();
  const ordered: Desired[] = [];
  const place = (each: Desired): void => {
    if (placed.has(each.address)) return;
    placed.add(each.address);
    for (const reference of each.references) {
      const referred = byAddress.get(reference);
      if (referred !== undefined) place(referred);
    }
    ordered.push(each);
  };
  for (const each of found.toSorted((a, b) => (a.address < b.address ? -1 : 1))) place(each);
  return ordered;
}
