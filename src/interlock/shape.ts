import type { Account, Certificate, Cloud, HealthCheck, HostedZone, RecordSet, RegionalState } from "../cloud/cloud.ts";
import { DAY } from "../cloud/instant.ts";
import type { Instant } from "../cloud/instant.ts";
import { accountOf } from "../cloud/edit.ts";
import { recordKey } from "../cloud/route53/record-order.ts";
import { isRegion } from "../cloud/region.ts";
import { domainName, escapeForRoute53, labels } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { markedName, parseMarker, recordDigest } from "../resource/marker.ts";
import type { MarkerSpec } from "../resource/marker-record.ts";
import { isHomeName, referencePrefix } from "../resource/health-check-identity.ts";
import type { CheckIdentity } from "../resource/health-check-identity.ts";
import type { Step } from "../plan/plan.ts";
import type { Cone } from "./cones.ts";

/** Beyond this nothing of a certificate can fall due while a plan runs: its renewal begins 60 days before its end. */
const FAR = 180 * DAY;

/**
 * The cone and all that it can depend on, as text, with what is only a name renamed in the order of its appearance.
 * Two cones with one text differ by a renaming, and nothing that is proved depends on what something is called: what
 * holds for one holds for the other. Hashes do depend on names, so they are not compared but told by what they say:
 * whether a marker's digest is that of the live record, which check a caller reference is of. Undefined: the cone has
 * something that this text does not tell, and is proved by itself.
 */
export function shapeOf(cone: Cone, cloud: Cloud): string | undefined {
  const naming = new Naming(renamable(cone, cloud));
  const found = facts(cone, cloud, naming);
  return found === undefined ? undefined : naming.rename(JSON.stringify(found));
}

/** The names that are given in place of those of the cone. */
class Naming {
  readonly #own: ReadonlySet<string>;
  readonly #given = new Map<string, string>();

  constructor(own: ReadonlySet<string>) {
    this.#own = own;
  }

  rename(text: string): string {
    return text.replace(TOKEN, (token) => {
      if (!this.#own.has(token)) return token;
      const known = this.#given.get(token) ?? `§${this.#given.size}`;
      this.#given.set(token, known);
      return known;
    });
  }

  /** By what is said of them, and not by what they are called: AWS's own identifiers come in any order. */
  sorted<T>(values: Iterable<T>, said: (value: T) => unknown): readonly T[] {
    const texts = [...values].map((value) => [this.#masked(JSON.stringify(said(value))), value] as const);
    return texts.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
  }

  #masked(text: string): string {
    return text.replace(TOKEN, (token) => (this.#own.has(token) ? (this.#given.get(token) ?? "§") : token));
  }
}

/** Members that hold one of a few words stand as they are, and so do keys: a name may be spelled like one of them. */
const TOKEN =
  /"(?:kind|action|role|type|Type|status|region|Region|state|keyAlgorithm|securityPolicy|ipAddressType|endpointAccessMode|routingMode|Failover|policy|failover)":"[^"]*"|"[A-Za-z0-9]+":|[A-Za-z0-9_-]+/gu;

/** Words that have a meaning inside of texts. */
const RESERVED = new Set([
  ..."com cn aws amazonaws execute-api acm-validations amazon execute api arn acm apigateway route53".split(" "),
  ..."api-domain health-check gate record-set certificate marker condemned signalbox sb1 none REGIONAL".split(" "),
  ..."_signalbox _wildcard _gate check-user user endpoint signalbox-probe RSA_1024 RSA_2048 RSA_3072 RSA_4096".split(
    " ",
  ),
  ..."EC_prime256v1 EC_secp384r1 EC_secp521r1 A AAAA CNAME TXT NS SOA CAA PTR MX".split(" "),
]);

/** Whatever is of this cone alone: labels below its zones, identifiers that AWS made, and nonces. */
function renamable(cone: Cone, cloud: Cloud): ReadonlySet<string> {
  const words = new Set<string>();
  const zones = new Set<string>();
  const addText = (text: string): void => {
    for (const word of text.match(/[A-Za-z0-9_-]+/gu) ?? []) words.add(word);
  };
  for (const account of cloud.accounts) {
    for (const zone of account.zones) {
      for (const label of labels(zone.name)) zones.add(label);
      for (const { Name } of zone.recordSets) addText(Name);
    }
    for (const check of account.healthChecks)
      addText(`${check.Id} ${check.HealthCheckConfig.FullyQualifiedDomainName}`);
    for (const { certificates, domains } of account.regions) {
      for (const { arn, domains: covered, validation } of certificates) {
        words.add(arn.slice(arn.lastIndexOf("/") + 1));
        addText(`${covered.join(" ")} ${JSON.stringify(Object.values(validation ?? {}))}`);
      }
      for (const { name, regionalDomainName, mappings } of domains) {
        addText(`${name} ${regionalDomainName}`);
        for (const { restApiId } of mappings ?? []) words.add(restApiId);
      }
    }
  }
  for (const { change, names } of cone.steps) {
    const spec = (change.after ?? change.before) as Spoken | undefined;
    addText(names.join(" "));
    if (change.guard?.basis !== undefined) addText(change.guard.basis);
    for (const text of [
      spec?.host,
      spec?.restApi,
      spec?.child?.host,
      spec?.name,
      ...labelsOf(spec),
      ...labelsOf(spec?.certificate),
    ])
      if (text !== undefined) addText(text);
  }
  const isName = (word: string): boolean => !zones.has(word) && !RESERVED.has(word) && !isRegion(word);
  return new Set([...words].filter((word) => isName(word) && !/^\d{1,12}$/u.test(word)));
}

interface Spoken {
  readonly name?: string;
  readonly host?: string;
  readonly restApi?: string;
  readonly label?: string;
  readonly previousLabel?: string;
  readonly child?: { readonly host?: string };
  readonly certificate?: Pick<Spoken, "label" | "previousLabel">;
}

const labelsOf = (spec: Pick<Spoken, "label" | "previousLabel"> | undefined): readonly (string | undefined)[] => [
  spec?.label,
  spec?.previousLabel,
];

function facts(cone: Cone, cloud: Cloud, naming: Naming): unknown {
  const references = new Map<string, CheckIdentity>();
  for (const { change } of cone.steps) for (const spec of [change.before, change.after]) noteChecks(spec, references);
  const accounts: unknown[] = [];
  // Health checks first: what they check tells them apart, and condemned ones are known by their ids alone.
  for (const account of cloud.accounts) accounts.push(checkFacts(account, references, naming));
  for (const account of cloud.accounts) {
    const zones = [...account.zones].map((zone) => zoneFacts(zone, naming));
    const regions = [...account.regions].map((state) => regionFacts(state, cloud.now, naming));
    if (zones.includes(undefined) || regions.includes(undefined)) return undefined;
    accounts.push([zones, [...account.changes], regions.filter((each) => each !== null)]);
  }
  if (!cone.steps.every((step) => isMarkerAsItStands(step, cloud))) return undefined;
  return [accounts, cone.watched ?? null, stepFacts(cone, naming), cloud.now, [...cloud.quotas.entries()]];
}

function checkFacts(account: Account, references: ReadonlyMap<string, CheckIdentity>, naming: Naming): unknown {
  const checks = naming.sorted(
    [...account.healthChecks].map((each) => [
      referenceFact(each.CallerReference, references),
      each.HealthCheckConfig,
      each,
    ]),
    ([reference, config]) => [reference, config],
  );
  const made = [...account.callerReferences.entries()].map(([reference, each]) => [
    referenceFact(reference, references),
    each,
  ]);
  // Named here, in this order.
  naming.rename(JSON.stringify(checks.map(([, , each]) => (each as HealthCheck).Id)));
  return [
    account.id,
    checks.map(([reference, , each]) => [{ ...(each as HealthCheck), CallerReference: "" }, reference]),
    naming.sorted(made, (each) => each),
  ];
}

/** Null: there is nothing there. Undefined: tokens of requests are hashes. */
function regionFacts(state: RegionalState, now: Instant, naming: Naming): unknown {
  const { region, certificates, domains, probes, certificateRequests, certificateUses } = state;
  if (certificateRequests.size > 0) return undefined;
  if (certificates.size + domains.size + probes.size === 0) return null;
  const order = [...certificates].map(({ createdAt }) => createdAt).toSorted((a, b) => a - b);
  const told = [...certificates].map((each) => certificateFacts(each, order, now));
  return [
    { region },
    naming.sorted(told, (each) => each),
    [...domains].map(({ mappings, ...each }) => [each, mappings === undefined ? null : [...mappings]]),
    [...probes.entries()],
    certificateUses === undefined ? null : naming.sorted(certificateUses, (each) => each),
  ];
}

/** The marker that a step is to delete, verbatim, is told by the zone; a home marker with its users in the cone. */
function isMarkerAsItStands({ change }: Step, cloud: Cloud): boolean {
  const { live, zone, name } = (change.before ?? {}) as Partial<MarkerSpec>;
  if (live?.Type !== "TXT" || zone === undefined || (name !== undefined && isHomeName(name))) return true;
  const standing = accountOf(cloud, zone.account).zones.get(zone.id)?.recordSets.get(recordKey(live));
  return JSON.stringify(standing) === JSON.stringify(live);
}

function saidOf({ kind, action, change, names }: Step): unknown {
  const { before, after, guard } = change;
  const { live } = (before ?? {}) as { readonly live?: RecordSet };
  const read = live?.Type === "TXT" ? { ...before, live: null } : (before ?? null);
  return [{ kind, action }, read, after ?? null, guard ?? null, names];
}

/** In an order of their own: that of the plan goes by identifiers, too. */
function stepFacts(cone: Cone, naming: Naming): unknown {
  const steps = naming.sorted(cone.steps, saidOf);
  const places = new Map(steps.map((step, place) => [step.id, place]));
  const waits = (step: Step): readonly number[] =>
    step.after.map((id) => places.get(id) ?? -1).toSorted((a, b) => a - b);
  return steps.map((step) => [saidOf(step), waits(step)]);
}

/** Which check a reference is of, in words: the reference itself is a hash of them. */
function noteChecks(spec: unknown, into: Map<string, CheckIdentity>): void {
  if (typeof spec !== "object" || spec === null) return;
  if ("role" in spec && "host" in spec) into.set(referencePrefix(spec as CheckIdentity), spec as CheckIdentity);
  for (const member of Object.values(spec)) noteChecks(member, into);
}

function referenceFact(reference: string, references: ReadonlyMap<string, CheckIdentity>): unknown {
  const dot = reference.lastIndexOf(".") + 1;
  const check = references.get(reference.slice(0, dot));
  if (check === undefined) return reference;
  const { role, region, host, shared, name } = check;
  return [{ role, region }, host, shared, name, Number(reference.slice(dot))];
}

/** Undefined: a marker says something of a record that only its hash tells. */
function zoneFacts(zone: HostedZone, naming: Naming): unknown {
  const { recordSets, ...rest } = zone;
  const records: unknown[] = [];
  for (const record of recordSets) {
    const name = record.Type === "TXT" ? markedName(domainName(record.Name)) : undefined;
    const told = name === undefined ? record : markerFacts(record, name, zone, naming);
    if (told === undefined) return undefined;
    records.push(told);
  }
  return [rest, records];
}

function markerFacts(record: RecordSet, name: DomainName, zone: HostedZone, naming: Naming): unknown {
  const marker = parseMarker(record);
  if (marker === undefined) return record;
  const { records, entries, ...rest } = marker;
  const told: unknown[] = [];
  for (const { type, setIdentifier, digest, region, kept } of records) {
    const Type = type as RecordSet["Type"];
    const live = zone.recordSets.get(recordKey({ Name: escapeForRoute53(name), Type, SetIdentifier: setIdentifier }));
    if (kept !== undefined || live === undefined || recordDigest(live) !== digest) return undefined;
    told.push([{ type }, setIdentifier, region ?? null]);
  }
  return [record.Name, rest, told, naming.sorted(entries, (each) => each)];
}

/** Of a certificate that is issued only the order matters in which they were asked for, and no end that is far. */
function certificateFacts(certificate: Certificate, order: readonly Instant[], now: Instant): unknown {
  const { createdAt, issuedAt: _issued, notBefore: _from, notAfter, ...rest } = certificate;
  if (certificate.status !== "ISSUED" || certificate.renewal !== undefined) return certificate;
  return {
    ...rest,
    created: order.indexOf(createdAt),
    ends: notAfter === undefined || notAfter - now > FAR || notAfter,
  };
}
