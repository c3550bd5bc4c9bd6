import type { ApiDomain, Cloud, HealthCheckConfig, RecordSet } from "../cloud/cloud.ts";
import type { Region } from "../cloud/call.ts";
import { executeApiHost } from "../cloud/apigateway/hosts.ts";
import { accountOf } from "../cloud/edit.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import { policyOf } from "../cloud/route53/routing-policy.ts";
import { domainName, escapeForRoute53 } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type {
  ApiRegion,
  ApiSection,
  CertificateSection,
  HealthCheckSection,
  Manifest,
  RoutingSection,
} from "../manifest/manifest.ts";
import { liveDomain, ourMappings } from "../resource/api-domain.ts";
import { certificate } from "../resource/certificate.ts";
import type { CertificateSpec } from "../resource/certificate.ts";
import { findHealthChecks } from "../resource/health-check-owner.ts";
import type { HealthCheckSpec } from "../resource/health-check-identity.ts";
import { successorsIn } from "../desired/renames.ts";
import { zoneFor } from "../resource/kind.ts";
import type { Scope } from "../resource/kind.ts";
import { recordDigest } from "../resource/marker.ts";
import type { MarkedRecord } from "../resource/marker.ts";
import { regionAt } from "../resource/record-endpoint.ts";
import { isOurs } from "../resource/ownership.ts";
import { markerOf, zoneOf } from "../resource/swap.ts";
import type { NameSpec } from "../resource/swap.ts";

export interface ManifestBefore {
  readonly manifest: Manifest;
  /** Names that were in service in a form that no manifest describes. */
  readonly unclear: readonly DomainName[];
}

/**
 * The manifest under which `before` would have needed no change, as far as a manifest can say it: `manifest`, which a
 * run then brought about, with every name put back to what was there. Names that were not in service are in `retire`.
 * It is a guess that must be held against `before`: whoever uses it makes a plan of the two, and refuses one with steps.
 */
export function manifestBefore(before: Cloud, scope: Scope, manifest: Manifest): ManifestBefore {
  const names = [
    ...new Set([...manifest.apis.map((api) => api.name), ...successorsIn(manifest).keys(), ...manifest.retire]),
  ].toSorted();
  const apis: ApiSection[] = [];
  const retire: DomainName[] = [];
  const unclear: DomainName[] = [];
  const certificates = new Map(manifest.certificates.map((each) => [each.label, each]));
  for (const name of names) {
    const was = nameBefore(before, scope, manifest, name);
    if (was === "absent") retire.push(name);
    else if (was === "unclear") unclear.push(name);
    else {
      apis.push(was.api);
      certificates.set(was.certificate.label, was.certificate);
    }
  }
  const sections = [...certificates.values()].toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const tags = tagsBefore(before, scope, manifest);
  return { manifest: { ...manifest, tags, certificates: sections, apis, retire }, unclear };
}

interface NameBefore {
  readonly api: ApiSection;
  readonly certificate: CertificateSection;
}

interface RegionBefore {
  readonly region: Region;
  readonly record: RecordSet;
  readonly domain: ApiDomain;
  /** The record was changed by hand: it does not tell what the name is like. */
  readonly edited: boolean;
}

function nameBefore(
  before: Cloud,
  scope: Scope,
  manifest: Manifest,
  name: DomainName,
): NameBefore | "absent" | "unclear" {
  const zone = zoneFor(name, scope);
  if (zone === undefined) return "absent";
  const base: NameSpec = { account: scope.account, owner: scope.owner, zone, name };
  const marked = ownMarks(before, base);
  if (marked.length === 0) return "absent";
  const regions = marked.flatMap((mark) => regionBefore(before, base, mark));
  const [first] = regions.toSorted((a, b) => Number(a.edited) - Number(b.edited) || (a.region < b.region ? -1 : 1));
  const bound = first === undefined ? undefined : certificateBefore(before, scope, first, manifest);
  const sections = regions.map(regionSection).toSorted((a, b) => (a.region < b.region ? -1 : 1));
  const whole = regions.length === marked.length && sections.every(({ mappings }) => mappings.length > 0);
  const routing = first === undefined ? undefined : routingBefore(first, regions);
  if (first === undefined || bound === undefined || routing === undefined || !whole) return "unclear";
  const written = manifest.apis.find((api) => api.name === name);
  return {
    api: {
      name,
      zone: zone.name,
      certificate: bound.label,
      securityPolicy: first.domain.securityPolicy,
      endpointAccessMode:
        written !== undefined && written.endpointAccessMode === undefined ? undefined : first.domain.endpointAccessMode,
      ipAddressType: first.domain.ipAddressType === "dualstack" ? "dualstack" : "ipv4",
      routing,
      cnameTtl: first.record.Type === "CNAME" ? first.record.TTL : undefined,
      evaluateTargetHealth: first.record.AliasTarget?.EvaluateTargetHealth ?? false,
      healthCheck: healthCheckBefore(before, scope, base, first),
      regions: sections,
    },
    certificate: bound,
  };
}

/** As the record that tells what the name is like has it; undefined: by a policy that no manifest has. */
function routingBefore({ record }: RegionBefore, regions: readonly RegionBefore[]): RoutingSection | undefined {
  const policy = policyOf(record);
  switch (policy) {
    case "latency":
    case "simple":
      return { policy };
    case "weighted":
      return { policy, weights: Object.fromEntries(regions.map((each) => [each.region, each.record.Weight ?? 0])) };
    case "failover": {
      const primary = regions.find((each) => each.record.Failover === "PRIMARY");
      return primary === undefined || regions.length !== 2 ? undefined : { policy, primary: primary.region };
    }
    default:
      return undefined;
  }
}

/** The addresses that our marker of the name lists: one a Region. */
function ownMarks(before: Cloud, base: NameSpec): readonly MarkedRecord[] {
  const marker = markerOf(before, base);
  const ours = marker?.manifest === base.owner.manifest && marker.scope === base.owner.scope;
  return ours ? marker.records.filter(({ type }) => type !== "AAAA") : [];
}

/** The record of a Region, and the endpoint that was there. Empty: one of them was missing. */
function regionBefore(
  before: Cloud,
  base: NameSpec,
  { type, setIdentifier, digest }: MarkedRecord,
): readonly RegionBefore[] {
  const Type = type as RecordSet["Type"];
  const key = recordKey({ Name: escapeForRoute53(base.name), Type, SetIdentifier: setIdentifier });
  const record = zoneOf(before, base)?.recordSets.get(key);
  const region = record === undefined ? undefined : (record.Region ?? regionAt(record));
  const domain = region === undefined ? undefined : liveDomain(before, { ...base, region });
  if (record === undefined || region === undefined || domain === undefined) return [];
  return [{ region, record, domain, edited: recordDigest(record) !== digest }];
}

function regionSection({ region, domain }: RegionBefore): ApiRegion {
  const ours = new Set(ourMappings(domain));
  const mappings = [...(domain.mappings ?? [])].flatMap(({ basePath, restApiId, stage }) =>
    ours.has(basePath) ? [{ basePath, restApi: restApiId, stage: stage ?? "" }] : [],
  );
  return { region, mappings: mappings.toSorted((a, b) => (a.basePath < b.basePath ? -1 : 1)) };
}

function certificateBefore(
  before: Cloud,
  scope: Scope,
  { domain }: RegionBefore,
  manifest: Manifest,
): CertificateSection | undefined {
  const bound = certificate
    .observe(before, scope)
    .find(({ id, ours }) => ours && id === domain.regionalCertificateArn)?.spec;
  if (bound === undefined) return undefined;
  const written = manifest.certificates.find(({ label }) => label === bound.label);
  return written !== undefined && isSame(written, bound)
    ? written
    : {
        label: bound.label,
        domains: bound.domains,
        keyAlgorithms: [bound.keyAlgorithm],
        transparencyLogging: bound.transparencyLogging,
      };
}

const isSame = (written: CertificateSection, bound: CertificateSpec): boolean =>
  JSON.stringify(written.domains.toSorted()) === JSON.stringify(bound.domains.toSorted()) &&
  written.keyAlgorithms[0] === bound.keyAlgorithm &&
  written.transparencyLogging === bound.transparencyLogging;

function healthCheckBefore(
  before: Cloud,
  scope: Scope,
  base: NameSpec,
  { region, record, domain }: RegionBefore,
): HealthCheckSection | undefined {
  const { healthChecks } = accountOf(before, base.zone.account);
  const top = record.HealthCheckId === undefined ? undefined : healthChecks.get(record.HealthCheckId);
  if (top === undefined) return undefined;
  const gate = top.HealthCheckConfig.Type === "CALCULATED";
  const id = gate ? top.HealthCheckConfig.ChildHealthChecks?.[0] : top.Id;
  const found = new Map(findHealthChecks(before, scope).map((each) => [each.id, each.spec]));
  const config = id === undefined ? undefined : healthChecks.get(id)?.HealthCheckConfig;
  const spec = found.get(top.Id);
  if (config === undefined || spec === undefined) return undefined;
  return {
    host: hostBefore(config, region, domain),
    path: config.ResourcePath ?? "",
    searchString: config.SearchString,
    intervalSeconds: config.RequestInterval === 10 ? 10 : 30,
    failureThreshold: config.FailureThreshold ?? 0,
    gate: gateWord(gate, spec),
  };
}

const gateWord = (gate: boolean, { shared }: HealthCheckSpec): HealthCheckSection["gate"] =>
  !gate ? "none" : shared ? "shared" : "own";

/** `api` where the check asks the execute-api host of one of the Region's own mappings. */
function hostBefore(config: HealthCheckConfig, region: Region, domain: ApiDomain): HealthCheckSection["host"] {
  const host = config.FullyQualifiedDomainName ?? "";
  const own = [...(domain.mappings ?? [])].some(({ restApiId }) => executeApiHost(restApiId, region) === host);
  return own ? "api" : domainName(host);
}

/** Of the manifest's tags those that all our API domains carried with one value. (Those of certificates are read with a lag.) */
function tagsBefore(before: Cloud, scope: Scope, manifest: Manifest): Manifest["tags"] {
  const tagged = [...accountOf(before, scope.account).regions].flatMap(({ domains }) =>
    [...domains].flatMap(({ tags }) => (isOurs(tags, scope.owner) ? [tags] : [])),
  );
  if (tagged.length === 0) return manifest.tags;
  return Object.fromEntries(
    Object.keys(manifest.tags).flatMap((key) => {
      const values = new Set(tagged.map((tags) => tags[key]));
      const [value] = values;
      return values.size === 1 && value !== undefined ? [[key, value]] : [];
    }),
  );
}
