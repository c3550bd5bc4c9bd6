import type { Certificate, Cloud, HealthCheck, HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { OWNER } from "./simulate-manifests.ts";

type Thing = RecordSet | HealthCheck | Certificate | object;

/** What somebody else has in the accounts, the NS and SOA of our zones among it. */
export interface Foreign {
  readonly things: Map<string, Thing>;
  /** Notes what a person has made between two states. */
  add(before: Cloud, after: Cloud): void;
  has(zone: string, record: RecordSet): boolean;
  /** Whether there is more than the NS and SOA that every zone has. */
  any(): boolean;
}

/** All that is there at the start and is not marked as ours. */
export function strangersIn(cloud: Cloud): Foreign {
  const things = new Map<string, Thing>();
  for (const [key, thing] of thingsIn(cloud)) if (!isOurs(key, thing)) things.set(key, thing);
  for (const [key] of marked(cloud)) things.delete(key);
  return {
    things,
    add(before, after) {
      const old = new Map(thingsIn(before));
      for (const [key, thing] of thingsIn(after)) if (!old.has(key) && !isOurs(key, thing)) things.set(key, thing);
    },
    has: (zone, record) => things.has(recordIn(zone, record)),
    any: () =>
      [...things.values()].some((thing) => !("Type" in thing && (thing.Type === "NS" || thing.Type === "SOA"))),
  };
}

/** The first foreign thing that is no longer as it was. Time may pass over certificates: they are compared by what they are for. */
export function touched(foreign: Foreign, cloud: Cloud): string | undefined {
  const now = new Map(thingsIn(cloud, foreign.things));
  for (const [key, thing] of foreign.things) {
    const live = now.get(key);
    if (live !== thing && textOf(live) !== textOf(thing)) return key;
  }
  return undefined;
}

const recordIn = (zone: string, record: RecordSet): string => `record ${zone} ${recordKey(record)}`;

/** `only`: keys that matter; the others are left out. */
function* thingsIn(cloud: Cloud, only?: ReadonlyMap<string, Thing>): Generator<[string, Thing]> {
  for (const account of cloud.accounts) {
    for (const zone of account.zones) yield* recordsIn(zone, only);
    for (const check of account.healthChecks) yield [`health check ${check.Id}`, check];
    for (const { region, certificates, domains } of account.regions) {
      for (const each of certificates) yield [`certificate ${each.arn}`, each];
      for (const each of domains) yield [`domain ${region} ${each.name}`, each];
    }
  }
}

function* recordsIn(zone: HostedZone, only: ReadonlyMap<string, Thing> | undefined): Generator<[string, Thing]> {
  for (const record of zone.recordSets) {
    const key = recordIn(zone.id, record);
    if (only === undefined || only.has(key)) yield [key, record];
  }
}

const text = new WeakMap<Thing, string>();

function textOf(thing: Thing | undefined): string {
  if (thing === undefined) return "(gone)";
  const known = text.get(thing) ?? JSON.stringify("domains" in thing ? idOf(thing) : thing);
  text.set(thing, known);
  return known;
}

const idOf = ({ arn, domains, keyAlgorithm, tags }: Certificate): object => ({ arn, domains, keyAlgorithm, tags });

function isOurs(key: string, thing: Thing): boolean {
  if (key.startsWith("health check"))
    return (thing as HealthCheck).CallerReference.startsWith(`sb1.${OWNER.manifest}.`);
  if (key.startsWith("record")) return isOurMarker(thing as RecordSet) || isValidation(thing as RecordSet);
  const { tags } = thing as { readonly tags?: Readonly<Record<string, string>> };
  return tags?.["signalbox:manifest"] === OWNER.manifest && tags["signalbox:scope"] === OWNER.scope;
}

const isOurMarker = (record: RecordSet): boolean =>
  record.Name.startsWith("_signalbox.") &&
  record.ResourceRecords?.some(({ Value }) => Value.includes(`manifest=${OWNER.manifest} scope=${OWNER.scope}`)) ===
    true;

/** Ensured, not owned. */
const isValidation = (record: RecordSet): boolean =>
  record.ResourceRecords?.[0]?.Value.endsWith("acm-validations.aws.") === true;

/** Record sets that a marker of ours lists. */
function* marked(cloud: Cloud): Generator<[string]> {
  for (const { zones } of cloud.accounts) {
    for (const zone of zones) {
      for (const marker of [...zone.recordSets].filter(isOurMarker)) {
        const Name = marker.Name.slice("_signalbox.".length).replace("_wildcard.", "\\052.");
        for (const { Value } of marker.ResourceRecords ?? []) {
          const [, Type, SetIdentifier = ""] = /^"record (\S+)(?: (\S+))? digest/u.exec(Value) ?? [];
          if (Type !== undefined) yield [recordIn(zone.id, { Name, Type: Type as RecordSet["Type"], SetIdentifier })];
        }
      }
    }
  }
}
