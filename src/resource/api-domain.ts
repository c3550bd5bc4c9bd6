import type { ApiDomain, Cloud, RecordSet } from "../cloud/cloud.ts";
import type { Call, Region } from "../cloud/call.ts";
import { domainNameArn } from "../cloud/arn.ts";
import { isRegional } from "../cloud/apigateway/domain-shape.ts";
import { accountOf, regionOf } from "../cloud/edit.ts";
import { nameKeyPrefix } from "../cloud/route53/record-order.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { liveCertificate } from "./certificate.ts";
import type { CertificateSpec } from "./certificate.ts";
import { isGone, underClaim } from "./claim.ts";
import type { Deletion } from "./claim.ts";
import { drainOver, entryOf, nameReads } from "./condemned.ts";
import type { CondemnedSpec } from "./condemned.ts";
import { foreignReferrer, inWords, referredTo } from "./foreign-reference.ts";
import { issuance } from "./issuance.ts";
import { call, done, lost, oneByOne, wait, zoneFor } from "./kind.ts";
import type { Change, Difference, Kind, Next, Observed } from "./kind.ts";
import { MAPPING_TAG, isOurs, missingTags, ownerTags } from "./ownership.ts";
import { markerName } from "./marker.ts";
import { targetOf } from "./record-endpoint.ts";
import { listAt } from "./validation-record.ts";
import { guardHolds, guardOf, markerOf, movedOn, zoneOf } from "./swap.ts";
import type { NameSpec } from "./swap.ts";

/** A regional API Gateway custom domain: the endpoint of a name in one Region. */
export interface ApiDomainSpec extends NameSpec {
  readonly region: Region;
  readonly certificate: CertificateSpec;
  readonly securityPolicy: string;
  readonly endpointAccessMode: string | undefined;
  readonly ipAddressType: string;
  /** Base paths of the mappings that are ours. */
  readonly mappings: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export const apiDomainAddress = (region: Region, name: DomainName): Address =>
  address("api-domain", region, namePart(name));

/** The key of its entry in the marker of its name. */
export const domainTarget = (region: Region): string => `api-domain/${region}`;

/** The live domain; one that we deleted and that only a stale read still shows does not count. */
export function liveDomain(cloud: Cloud, spec: NameSpec & { readonly region: Region }): ApiDomain | undefined {
  const live = regionOf(cloud, spec.account, spec.region).domains.get(spec.name);
  const tomb = markerOf(cloud, spec)?.tombs.find((each) => each.target === domainTarget(spec.region));
  return live !== undefined && live.regionalDomainName === tomb?.incarnation ? undefined : live;
}

/** Base paths that the domain's tags say are ours. */
export const ourMappings = (live: ApiDomain): readonly string[] =>
  Object.keys(live.tags)
    .filter((key) => key.startsWith(MAPPING_TAG))
    .map((key) => key.slice(MAPPING_TAG.length))
    .map((path) => (path === "=" ? "(none)" : path));

/**
 * The tag that says that a mapping is ours. Each has one of its own: two runs that add one each at the same time lose
 * neither. Tags allow no parentheses: `=` stands for `(none)`.
 */
export const mappingTag = (path: string): Readonly<Record<string, string>> => ({
  [`${MAPPING_TAG}${path === "(none)" ? "=" : path}`]: "ours",
});

/** The same, once it has a regional endpoint: an edge-optimized one has none that records could lead to. */
export function regionalDomain(cloud: Cloud, spec: NameSpec & { readonly region: Region }): ApiDomain | undefined {
  const live = liveDomain(cloud, spec);
  return live !== undefined && isRegional(live) ? live : undefined;
}

export function gateway(spec: { account: string; region: Region }, operation: string, input: unknown): Call {
  return { account: spec.account, region: spec.region, service: "apigateway", operation, input };
}

export const apiDomain: Kind<ApiDomainSpec> = {
  name: "api-domain",
  address: (spec) => apiDomainAddress(spec.region, spec.name),
  references: (spec) => [issuance.address({ account: spec.account, certificate: spec.certificate })],
  names: (spec) => [spec.name],
  owningName: (spec) => spec.name,
  observe(cloud, scope) {
    const found: Observed<ApiDomainSpec>[] = [];
    for (const { region, domains } of accountOf(cloud, scope.account).regions) {
      for (const live of domains) {
        const zone = zoneFor(live.name, scope);
        if (zone === undefined) continue;
        const spec = observedSpec(live, region, { account: scope.account, owner: scope.owner, zone, name: live.name });
        if (liveDomain(cloud, spec) === undefined) continue;
        found.push({
          address: apiDomainAddress(region, live.name),
          spec,
          ours: isOurs(live.tags, scope.owner),
          edited: false,
          id: live.regionalDomainName,
        });
      }
    }
    return found;
  },
  compare(desired, _observed, cloud) {
    const live = liveDomain(cloud, desired);
    return live === undefined
      ? []
      : [
          ...patches(desired, live, cloud).map(({ field, before, after }) => ({ field, before, after })),
          ...tagDifferences(desired, live),
        ];
  },
  refuse(desired, observed, cloud) {
    const live = observed === undefined ? undefined : liveDomain(cloud, desired);
    const migrates = live?.endpointTypes.includes("EDGE") === true && isOurs(live.tags, desired.owner);
    return live === undefined || isRegional(live) || migrates ? undefined : notRegional(desired, live);
  },
  refuseRemoval(observed, cloud, scope) {
    const { spec, id, address: of } = observed;
    const live = regionOf(cloud, spec.account, spec.region).domains.get(spec.name);
    const strange = [...(live?.mappings ?? [])].find(({ basePath }) => !spec.mappings.includes(basePath));
    if (strange !== undefined) return foreignMapping(spec, strange.basePath);
    const host = domainName(id);
    const referrer = foreignReferrer(cloud, scope, (record) => leadsTo(record, host));
    return referrer === undefined ? undefined : referredTo(of, inWords(referrer));
  },
  next: oneByOne(bring, remove),
  probe(change) {
    const spec = change.after ?? change.before;
    return spec === undefined ? undefined : gateway(spec, "GetDomainName", { domainName: display(spec.name) });
  },
  recheck({ before, after }) {
    if (before === undefined) return [];
    if (after !== undefined) return [listAt(after, markerName(after.name))];
    const mappings = gateway(before, "GetBasePathMappings", { domainName: display(before.name), limit: 500 });
    return [mappings, ...nameReads(before)];
  },
  condemnedAs: (observed) => ({
    name: observed.spec.name,
    target: domainTarget(observed.spec.region),
    incarnation: observed.id,
  }),
  permissions: {
    read: ["apigateway:GET"],
    write: ["apigateway:POST", "apigateway:PATCH", "apigateway:PUT", "apigateway:DELETE"],
  },
};

/** An entry's API domain, where it is not seen: its deletion comes to its end all the same. Undefined: the entry is of something else, or something has that name. */
export function unseenDomain(
  { target, incarnation, ...rest }: CondemnedSpec,
  cloud: Cloud,
): Observed<ApiDomainSpec> | undefined {
  const [kind, region = ""] = target.split("/");
  if (kind !== "api-domain" || regionOf(cloud, rest.account, region).domains.has(rest.name)) return undefined;
  const { account, owner, zone, name } = rest;
  const spec: ApiDomainSpec = {
    account,
    owner,
    zone,
    name,
    region,
    certificate: heldCertificate(rest, region),
    securityPolicy: "",
    endpointAccessMode: undefined,
    ipAddressType: "",
    mappings: [],
    tags: {},
  };
  return { address: apiDomainAddress(region, name), spec, ours: true, edited: false, id: incarnation };
}

const heldCertificate = ({ account, owner }: NameSpec, region: Region): CertificateSpec => ({
  account,
  owner,
  region,
  label: "",
  domains: [],
  keyAlgorithm: "",
  transparencyLogging: true,
  tags: {},
});

function observedSpec(live: ApiDomain, region: Region, base: NameSpec): ApiDomainSpec {
  const held = heldCertificate(base, region);
  return {
    ...base,
    region,
    certificate: live.regionalCertificateArn === undefined ? held : { ...held, arn: live.regionalCertificateArn },
    securityPolicy: live.securityPolicy,
    endpointAccessMode: live.endpointAccessMode,
    ipAddressType: live.ipAddressType,
    mappings: ourMappings(live),
    tags: {},
  };
}

const leadsTo = (record: RecordSet, host: DomainName): boolean => targetOf(record) === host;

interface Patch extends Difference {
  readonly op: "add" | "replace";
  readonly path: string;
  readonly value: string;
}

/** Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type", checked 2026-11-24. */
const regionalBeside = ({ endpointTypes }: ApiDomain): Patch => ({
  op: "add",
  path: "/endpointConfiguration/types",
  value: "REGIONAL",
  field: "endpointType",
  before: endpointTypes.join(", "),
  after: "REGIONAL",
});

const opOf = (path: string, live: ApiDomain): Patch["op"] =>
  path === "/regionalCertificateArn" && !isRegional(live) ? "add" : "replace";

/** What UpdateDomainName would have to replace (patch paths: facts of UpdateDomainName in the API Gateway API Reference, checked 2026-11-23). */
function patches(spec: ApiDomainSpec, live: ApiDomain, cloud: Cloud): readonly Patch[] {
  const arn = liveCertificate(cloud, spec.certificate)?.arn;
  const rows: readonly (readonly [string, string, string | undefined, string | undefined])[] = [
    ["certificate", "/regionalCertificateArn", live.regionalCertificateArn, arn ?? "(new certificate)"],
    ["securityPolicy", "/securityPolicy", live.securityPolicy, spec.securityPolicy],
    [
      "endpointAccessMode",
      "/endpointAccessMode",
      live.endpointAccessMode,
      spec.endpointAccessMode ?? live.endpointAccessMode,
    ],
    ["ipAddressType", "/endpointConfiguration/ipAddressType", live.ipAddressType, spec.ipAddressType],
  ];
  const settings = rows.flatMap(([field, path, before, after]): readonly Patch[] =>
    before === after || after === undefined
      ? []
      : [{ op: opOf(path, live), field, path, value: after, before: before ?? "(none)", after }],
  );
  return isRegional(live) ? settings : [regionalBeside(live), ...settings];
}

const wantedTags = (spec: ApiDomainSpec): Readonly<Record<string, string>> => ({
  ...spec.tags,
  ...ownerTags(spec.owner, apiDomainAddress(spec.region, spec.name)),
  ...Object.fromEntries(spec.mappings.flatMap((mapping) => Object.entries(mappingTag(mapping)))),
});

const tagDifferences = (spec: ApiDomainSpec, live: ApiDomain): readonly Difference[] =>
  Object.entries(missingTags(wantedTags(spec), live.tags)).map(([key, after]) => ({
    field: `tags.${key}`,
    before: live.tags[key] ?? "(none)",
    after,
  }));

function bring(spec: ApiDomainSpec, cloud: Cloud, { before, guard }: Change<ApiDomainSpec>): Next {
  const held = liveCertificate(cloud, spec.certificate);
  if (held === undefined) return lost("its certificate");
  if (held.status !== "ISSUED") return wait("its certificate");
  const live = liveDomain(cloud, spec);
  if (live === undefined) return call(gateway(spec, "CreateDomainName", creation(spec, held.arn)));
  if (!isOurs(live.tags, spec.owner)) return { do: "stop", replan: true, diagnostic: foreignDomain(spec) };
  if (isBusy(live)) return busy;
  const patched = patches(spec, live, cloud);
  if (patched.length > 0 && guard !== undefined && !guardHolds(guard, markerOf(cloud, spec))) return movedOn(spec);
  if (patched.length > 0 && isOtherThanPlanned(before, live, spec, held.arn)) return lost("what the domain was");
  if (patched.length > 0) {
    const patchOperations = patched.map(({ op, path, value }) => ({ op, path, value }));
    return call(gateway(spec, "UpdateDomainName", { domainName: display(spec.name), patchOperations }));
  }
  const tags = missingTags(wantedTags(spec), live.tags);
  return Object.keys(tags).length === 0 ? done : call(tagCall(spec, tags));
}

/**
 * Another run has made or changed it since the plan was made. AWS puts no condition on the update, so what was proved of
 * it, who is served before and after, is held against what stands there now; and so is the marker, which tells whether
 * the name has come into service since.
 */
function isOtherThanPlanned(
  before: ApiDomainSpec | undefined,
  live: ApiDomain,
  after: ApiDomainSpec,
  certificateArn: string,
): boolean {
  if (before === undefined) return true;
  return (
    ![before.certificate.arn, certificateArn].includes(live.regionalCertificateArn) ||
    ![before.securityPolicy, after.securityPolicy].includes(live.securityPolicy)
  );
}

/** Meanwhile a domain takes no other change. */
export const isBusy = ({ status }: ApiDomain): boolean => status === "UPDATING" || status === "PENDING";

const busy: Next = wait("API Gateway to finish the update");

export function tagCall(
  spec: { account: string; region: Region; name: DomainName },
  tags: Readonly<Record<string, string>>,
): Call {
  return gateway(spec, "TagResource", {
    resourceArn: domainNameArn(spec.region, display(spec.name)),
    tags,
  });
}

function creation(spec: ApiDomainSpec, certificateArn: string): unknown {
  return {
    domainName: display(spec.name),
    regionalCertificateArn: certificateArn,
    endpointConfiguration: { types: ["REGIONAL"], ipAddressType: spec.ipAddressType },
    securityPolicy: spec.securityPolicy,
    ...(spec.endpointAccessMode === undefined ? {} : { endpointAccessMode: spec.endpointAccessMode }),
    tags: wantedTags(spec),
  };
}

/**
 * Only after its drain and under a claim; its own mappings first, and never while it carries a mapping that is not ours.
 * That it is not seen is no reason to leave it out: while there is an entry, the deletion is sent, and its answer counts.
 */
function remove(spec: ApiDomainSpec, cloud: Cloud, change: Change<ApiDomainSpec>): Next {
  const live = regionOf(cloud, spec.account, spec.region).domains.get(spec.name);
  const entry = entryOf(markerOf(cloud, spec), domainTarget(spec.region));
  if (entry === undefined && live === undefined) return done;
  if (entry === undefined || (live !== undefined && live.regionalDomainName !== entry.incarnation))
    return lost("its drain");
  const drained = drainOver(cloud, spec, entry.target, entry.incarnation);
  if (drained !== true) return drained;
  if (isGone(spec, entry, cloud)) return done;
  if (isAnswered(spec, entry.incarnation, cloud)) return lost("its last reference: a record points to it again");
  const paths = [...(live?.mappings ?? [])].map((mapping) => mapping.basePath);
  const mine = new Set(live === undefined ? [] : ourMappings(live));
  const strange = paths.find((path) => !mine.has(path));
  if (strange !== undefined) return { do: "stop", replan: false, diagnostic: foreignMapping(spec, strange) };
  if (live !== undefined && isBusy(live)) return busy;
  return underClaim(spec, entry, guardOf(change), deletionOf(spec, paths[0]), cloud);
}

/** Of the mapping that is to go next, or of the domain. */
function deletionOf({ name }: ApiDomainSpec, basePath: string | undefined): Deletion {
  const input = { domainName: display(name) };
  return basePath === undefined
    ? { operation: "DeleteDomainName", input }
    : { operation: "DeleteBasePathMapping", input: { ...input, basePath } };
}

function isAnswered(spec: ApiDomainSpec, incarnation: string, cloud: Cloud): boolean {
  const host = domainName(incarnation);
  const zone = zoneOf(cloud, spec);
  const records = zone === undefined ? [] : [...zone.recordSets.startingWith(nameKeyPrefix(spec.name))];
  return records.some((record) => leadsTo(record, host));
}

const subject = (spec: ApiDomainSpec): string => apiDomainAddress(spec.region, spec.name);

const foreignDomain = (spec: ApiDomainSpec): Diagnostic => ({
  code: "FOREIGN_IN_THE_WAY",
  severity: "error",
  subject: subject(spec),
  message: `${spec.region} already has an API Gateway domain ${display(spec.name)} that is not ours.`,
  help: "Delete it, or give the name up in the manifest; Signalbox does not touch what is not its own.",
});

const foreignMapping = (spec: ApiDomainSpec, basePath: string): Diagnostic => ({
  code: "FOREIGN_MAPPING",
  severity: "error",
  subject: subject(spec),
  message: `The domain ${display(spec.name)} in ${spec.region} still carries the base path mapping ${basePath}, which is not ours.`,
  help: "Move that mapping to another domain first; the domain goes at the next run.",
});

const notRegional = (spec: ApiDomainSpec, live: ApiDomain): Diagnostic => ({
  code: "NOT_REGIONAL",
  severity: "error",
  subject: subject(spec),
  message: `The API Gateway domain ${display(spec.name)} in ${spec.region} is ${live.endpointTypes.join(", ")}; only REGIONAL ones can be behind latency records.`,
  help: "Create the service under a name of its own, or migrate that domain to REGIONAL first.",
});
