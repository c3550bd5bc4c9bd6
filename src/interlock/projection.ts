import type {
  Account,
  ApiDomain,
  CallerReference,
  Certificate,
  Cloud,
  HealthCheck,
  HostedZone,
  RecordSet,
  RegionalState,
} from "../cloud/cloud.ts";
import { nameKeyPrefix, recordKey, subtreeKeyPrefix } from "../cloud/route53/record-order.ts";
import { Table } from "../cloud/table.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { domainName, isWithin, parent, parseDomainName } from "../dns/domain-name.ts";
import { tagSafe } from "../resource/address.ts";
import { certificateAddresses } from "../resource/certificate.ts";
import type { CertificateSpec } from "../resource/certificate.ts";
import { isHomeName, referencePrefix } from "../resource/health-check-identity.ts";
import type { CheckIdentity } from "../resource/health-check-identity.ts";
import { markedName, markerName, parseMarker, renderMarker } from "../resource/marker.ts";
import { endpointOf } from "../resource/record-endpoint.ts";
import { nameOf } from "./cones.ts";
import type { Cone } from "./cones.ts";
import {
  certificatesAt,
  changesOf,
  gatesAbove,
  probesOf,
  requestsFor,
  strangersUsing,
  usesOf,
  zonesAbove,
} from "./estate.ts";
import type { Estate } from "./estate.ts";
import { domainOf, watchedIn } from "./reachable.ts";

/** All that the steps of a cone speak of: what of the Cloud they can read or change follows from it. */
interface Mentioned {
  readonly names: Set<DomainName>;
  readonly words: ReadonlySet<string>;
  readonly checks: readonly CheckIdentity[];
  /** Of certificates, as their tags have them. */
  readonly addresses: ReadonlySet<string>;
  /** Then it matters which gates count them, whoever's. */
  readonly deletesChecks: boolean;
}

/** A CNAME that leads to a CNAME, and so on: more than any sound estate needs. */
const CHAIN_MAX = 16;

/**
 * The part of the Cloud that the steps and the answers of a cone can depend on, so that a state of it costs the same
 * in a small estate and in a large one. Quotas are not looked at here: they are added up over the whole plan.
 */
export function project(cone: Cone, estate: Estate): Cloud {
  const { cloud } = estate;
  const said = mentioned(cone);
  const watched = watchedIn(cone.watched).map(({ name }) => name);
  const own = new Set([...watched, ...cone.steps.map((step) => nameOf(step)?.name ?? [])].flat());
  for (let chain = 0; chain < CHAIN_MAX && followed(cloud, said.names); chain++);
  const accounts = [...cloud.accounts].map((account): [string, Account] => {
    const zones = zonesAbove(account, said.names).map((zone) => withUsersOf(own, projectZone(zone, said.names)));
    const projected = {
      ...account,
      zones: Table.from(zones.map((zone) => [zone.id, zone])),
      changes: changesOf(account, said.names),
      ...projectChecks(account, zones, said),
      healthChecksMade: Table.empty<string>(),
      route53Tags: Table.empty<Readonly<Record<string, string>>>(),
    };
    const answers = answersIn(zones, own);
    const regions = [...account.regions].map((state) =>
      projectRegion(state, { account, answers, own, said, cone, estate }),
    );
    return [account.id, { ...projected, regions: Table.from(regions.map((state) => [state.region, state])) }];
  });
  return { ...cloud, accounts: Table.from(accounts) };
}

function mentioned(cone: Cone): Mentioned {
  const words = new Set<string>();
  const names = new Set<DomainName>();
  const checks: CheckIdentity[] = [];
  const addresses = new Set<string>();
  const visited = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") {
      if (!words.has(value) && value.endsWith(".")) addName(value, names);
      words.add(value);
    } else if (typeof value === "object" && value !== null && !visited.has(value)) {
      visited.add(value);
      if ("role" in value && "host" in value) checks.push(value as CheckIdentity);
      if ("label" in value && "keyAlgorithm" in value)
        for (const address of certificateAddresses(value as unknown as CertificateSpec))
          addresses.add(tagSafe(address));
      for (const member of Object.values(value)) visit(member);
    }
  };
  for (const { change, names: concerned } of cone.steps) visit([change, concerned]);
  for (const { name } of watchedIn(cone.watched)) addName(name, names);
  const deletesChecks = cone.steps.some(({ kind, action }) => kind === "health-check" && action === "delete");
  return { names, words, checks, addresses, deletesChecks };
}

/** Not names of one label: no zone of ours is a top-level domain, and nothing of ours stands there. */
function addName(text: string, into: Set<DomainName>): void {
  const parsed = parseDomainName(text);
  if (!parsed.ok || parent(parsed.name) === undefined) return;
  into.add(parsed.name);
  const above = parsed.name.startsWith("*.") ? parent(parsed.name) : undefined;
  if (above !== undefined) into.add(above);
}

/** Adds where CNAMEs at the names, and at what proves them, lead inside our zones. Whether there was any such. */
function followed(cloud: Cloud, names: Set<DomainName>): boolean {
  const { size } = names;
  for (const account of cloud.accounts) {
    for (const zone of zonesAbove(account, names))
      for (const record of projectZone(zone, names).recordSets) {
        const target = record.Type === "CNAME" ? record.ResourceRecords?.[0]?.Value : undefined;
        const parsed = target === undefined ? undefined : parseDomainName(target);
        if (parsed?.ok === true && zonesAbove(account, [parsed.name]).length > 0) names.add(parsed.name);
      }
  }
  return names.size > size;
}

/**
 * What stands at the names, at their markers and directly below them for ACM; and at every name above, as far as the
 * zone goes: delegations, CAA records, wildcards, and that the name exists.
 */
function projectZone(zone: HostedZone, names: Iterable<DomainName>): HostedZone {
  const found = new Map<string, RecordSet>();
  const looked = new Set<DomainName>();
  const addAll = (prefix: string): void => {
    for (const record of zone.recordSets.startingWith(prefix)) found.set(recordKey(record), record);
  };
  const addFrom = (name: DomainName): void => {
    for (let at: DomainName | undefined = name; at !== undefined && isWithin(at, zone.name); at = parent(at)) {
      if (looked.has(at)) return;
      looked.add(at);
      addAll(nameKeyPrefix(at));
      addAll(nameKeyPrefix(`*.${at}`));
      const below = zone.recordSets.startingWith(subtreeKeyPrefix(at)).next();
      if (below.done !== true) found.set(recordKey(below.value), below.value);
    }
  };
  for (const name of names) {
    if (!isWithin(name, zone.name)) continue;
    addFrom(name);
    addFrom(markerName(name));
    addAll(`${subtreeKeyPrefix(name)}_`);
  }
  return { ...zone, recordSets: Table.from(found) };
}

/**
 * Home markers with those users only that the cone is about. In the cone a gate may go when they have left it, which is
 * sooner than it does: when all have.
 */
function withUsersOf(own: ReadonlySet<DomainName>, zone: HostedZone): HostedZone {
  let { recordSets } = zone;
  for (const record of zone.recordSets) {
    const name = record.Type === "TXT" ? markedName(domainName(record.Name)) : undefined;
    const marker = name !== undefined && isHomeName(name) ? parseMarker(record) : undefined;
    const { home } = marker ?? {};
    if (name === undefined || marker === undefined || home === undefined) continue;
    const users = home.users.filter((user) => own.has(user.name));
    if (users.length === home.users.length) continue;
    recordSets = recordSets.set(recordKey(record), renderMarker(name, { ...marker, home: { ...home, users } }));
  }
  return { ...zone, recordSets };
}

const answersIn = (zones: readonly HostedZone[], names: Iterable<DomainName>): readonly RecordSet[] =>
  [...names].flatMap((name) => zones.flatMap((zone) => [...zone.recordSets.startingWith(nameKeyPrefix(name))]));

/** Checks that records or steps refer to, their children and the gates above them; and the references that are ours. */
function projectChecks(
  { healthChecks, callerReferences }: Account,
  zones: readonly HostedZone[],
  said: Mentioned,
): Pick<Account, "healthChecks" | "callerReferences"> {
  const found = new Map<string, HealthCheck>();
  const add = (id: string | undefined): void => {
    const check = id === undefined || found.has(id) ? undefined : healthChecks.get(id);
    if (check === undefined) return;
    found.set(check.Id, check);
    for (const child of check.HealthCheckConfig.ChildHealthChecks ?? []) add(child);
    if (said.deletesChecks) for (const above of gatesAbove(healthChecks, check.Id)) add(above);
  };
  const references = new Map<string, CallerReference>();
  for (const check of said.checks) {
    const prefix = referencePrefix(check);
    for (const [reference, made] of callerReferences.entries(prefix)) {
      if (!reference.startsWith(prefix)) break;
      references.set(reference, made);
      add(made.id);
    }
  }
  for (const word of said.words) add(word.slice(word.lastIndexOf("/") + 1));
  for (const zone of zones) for (const record of zone.recordSets) add(record.HealthCheckId);
  return { healthChecks: Table.from(found), callerReferences: Table.from(references) };
}

interface Place {
  readonly account: Account;
  /** Names that the cone is about. */
  readonly own: ReadonlySet<DomainName>;
  /** Record sets at these. */
  readonly answers: readonly RecordSet[];
  readonly said: Mentioned;
  readonly cone: Cone;
  readonly estate: Estate;
}

/** Domains of the names, and what their records lead to; certificates that these present, or that the steps speak of. */
function projectRegion(state: RegionalState, { account, answers, own, said, cone, estate }: Place): RegionalState {
  const certificates = new Map<string, Certificate>();
  const domains = new Map<string, ApiDomain>();
  const addCertificate = (certificate: Certificate | undefined): void => {
    if (certificate !== undefined) certificates.set(certificate.arn, certificate);
  };
  const addDomain = (domain: ApiDomain | undefined): void => {
    if (domain === undefined) return;
    domains.set(domain.name, domain);
    addCertificate(state.certificates.get(domain.regionalCertificateArn ?? ""));
  };
  for (const word of said.words) if (word.startsWith("arn:")) addCertificate(state.certificates.get(word));
  certificatesAt(state, said.addresses).forEach(addCertificate);
  // Other names on a shared certificate are proved on cones of their own.
  for (const name of said.names) if (own.has(name) || !estate.planned.has(name)) addDomain(state.domains.get(name));
  const known = new Set([...domains.values()].map((domain) => domain.regionalDomainName));
  for (const record of answers) {
    const endpoint = endpointOf(record);
    if (endpoint?.region === state.region && !known.has(endpoint.host.slice(0, -1)))
      addDomain(domainOf(estate.cloud, account.id, record));
  }
  for (const arn of presentedAtEdge(account, own)) addCertificate(state.certificates.get(arn));
  for (const arn of deleted(cone)) strangersUsing(estate, state, arn).forEach(addDomain);
  return {
    ...state,
    certificates: Table.from(certificates),
    domains: Table.from(domains),
    certificateRequests: requestsFor(state, certificates),
    certificateUses: usesOf(state, certificates, domains),
    deletedRequests: [],
    probes: probesOf(state, domains.values()),
    tagChanges: Table.empty(),
  };
}

/** Certificates that edge-optimized domains of the names present, of whatever Region. */
const presentedAtEdge = ({ regions }: Account, names: ReadonlySet<DomainName>): readonly string[] =>
  [...regions].flatMap(({ domains }) => [...names].flatMap((name) => domains.get(name)?.edge?.certificateArn ?? []));

const deleted = (cone: Cone): readonly string[] =>
  cone.steps.flatMap(({ kind, action, change }) => {
    const { arn } = (change.before ?? {}) as { readonly arn?: string };
    return kind === "certificate" && action === "delete" && arn !== undefined ? [arn] : [];
  });
