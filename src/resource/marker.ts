import type { Region } from "../cloud/call.ts";
import type { RecordSet } from "../cloud/cloud.ts";
import type { Instant } from "../cloud/instant.ts";
import { display, domainName, escapeForRoute53, wildcardBase } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { remembered } from "../dns/remembered.ts";
import { quoteTxt, unquoteTxt } from "../dns/txt.ts";
import { shortHash } from "./ownership.ts";

/**
 * The ownership marker of a name: one TXT record set beside it, readable with `dig`. Every batch that touches
 * the name deletes the exact old marker and creates the next, which makes the batch a compare-and-swap of
 * the whole name.
 */
export interface Marker {
  readonly manifest: string;
  readonly scope: string;
  /** Grows by one with every swap. */
  readonly generation: number;
  /** Differs with every swap, so that equal content is not taken for an unchanged marker. */
  readonly nonce: string;
  /** The largest TTL, in seconds, that answers of this name have had. */
  readonly maxTtl: number;
  readonly records: readonly MarkedRecord[];
  readonly entries: readonly Entry[];
  readonly tombs: readonly Tomb[];
  /** Of a home marker: whose check several names share, and who they are. */
  readonly home?: Home;
  /** When the last entry was released, by AWS's time: from then on the marker lingers. */
  readonly releasedAt?: Instant;
}

/** What several names share stands below their home (resource/health-check-identity.ts): they are its users. */
export interface Home {
  /** The endpoint that is checked. */
  readonly region: Region;
  readonly host: string;
  readonly users: readonly HomeUser[];
}

export interface HomeUser {
  readonly name: DomainName;
  /** Id of the hosted zone that its records are in. */
  readonly zone: string;
}

/** A home that had users and has none: nobody is answered with what is shared there, nor holds such an answer. */
export const isVacated = (marker: Marker | undefined): boolean => marker?.home?.users.length === 0;

/** A record set that we own, with the digest of what we last applied. */
export interface MarkedRecord {
  readonly type: string;
  readonly setIdentifier: string;
  readonly digest: string;
  /** Where its endpoint is, where no set identifier says so. */
  readonly region?: Region;
  /** The digest that the manifest wanted when a user accepted the live record instead. */
  readonly kept?: string;
}

/** What the entry of a base path mapping starts with. It has no drain, says nothing once its claim is over, and goes with the next swap. */
export const MAPPING_TARGET = "base-path-mapping/";

export const saysNothing = ({ target, claim }: Entry, now: Instant): boolean =>
  target.startsWith(MAPPING_TARGET) && !(now < (claim?.notAfter ?? -Infinity));

/** A thing that records of this name pointed to, on its way to deletion. */
export interface Entry {
  /** `api-domain/<region>` or `health-check/<id>`. */
  readonly target: string;
  /** Which of all that ever had this key: a regional domain name, or a health check's id. */
  readonly incarnation: string;
  /** The generation in which it was condemned. */
  readonly since: number;
  /** When the change that dropped its last reference was INSYNC; undefined while only condemned. */
  readonly drainedFrom: Instant | undefined;
  /** Whose right it is, or last was, to send the request that deletes it. */
  readonly claim?: Claim;
}

/** The right to send one request to delete a thing that is deleted by name. */
export interface Claim {
  /** The nonce of the marker that made it: it belongs to the run whose nonce that is. */
  readonly nonce: string;
  /** From then on AWS refuses its request, and what was let in has been done. */
  readonly notAfter: Instant;
}

/** The last incarnation that we deleted under a key: a stale read that still shows it is not believed. */
export interface Tomb {
  readonly target: string;
  readonly incarnation: string;
}

/** Regions in which the name has, or had, something of ours. */
export function regionsIn({ records, entries, tombs }: Marker): readonly Region[] {
  const published = records.map(({ setIdentifier, region }) => region ?? setIdentifier.split("/")[1]);
  const targets = [...entries, ...tombs].map(({ target }) => target.split("/"));
  const ended = targets.map(([kind, region]) => (ENDPOINT_TARGETS.has(kind ?? "") ? region : undefined));
  return [...published, ...ended].filter((region) => region !== undefined);
}

/** Targets that are in a Region. */
const ENDPOINT_TARGETS = new Set(["api-domain", "edge-endpoint"]);

/** Seconds that resolvers may hold a marker; nobody resolves it in production, so the lower end of Route 53's advice. */
const MARKER_TTL = 60;

export function markerName(name: DomainName): DomainName {
  return domainName(name.startsWith("*.") ? `_signalbox._wildcard.${wildcardBase(name)}` : `_signalbox.${name}`);
}

/** The name that a marker is for; undefined when this is not a marker's name. */
export function markedName(name: DomainName): DomainName | undefined {
  if (!name.startsWith("_signalbox.")) return undefined;
  const rest = name.slice("_signalbox.".length);
  return domainName(rest.startsWith("_wildcard.") ? `*.${rest.slice("_wildcard.".length)}` : rest);
}

const DIGESTS = new WeakMap<RecordSet, string>();

/** A digest of a record set exactly as it is live. */
export function recordDigest(record: RecordSet): string {
  const digest = DIGESTS.get(record) ?? shortHash(JSON.stringify(sortKeys(record)), 16);
  DIGESTS.set(record, digest);
  return digest;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sortKeys(member)]),
  );
}

export function renderMarker(name: DomainName, marker: Marker): RecordSet {
  const head = fact("signalbox", [], {
    v: "1",
    manifest: marker.manifest,
    scope: marker.scope,
    generation: String(marker.generation),
    nonce: marker.nonce,
    ttl: String(marker.maxTtl),
    released: inIso(marker.releasedAt),
  });
  const records = marker.records.map((record) =>
    fact("record", [record.type, ...(record.setIdentifier === "" ? [] : [record.setIdentifier])], {
      digest: record.digest,
      region: record.region,
      kept: record.kept,
    }),
  );
  const entries = marker.entries.map((entry) =>
    fact("condemned", [entry.target], {
      is: entry.incarnation,
      since: String(entry.since),
      drained: inIso(entry.drainedFrom),
      claim: entry.claim?.nonce,
      until: inIso(entry.claim?.notAfter),
    }),
  );
  const tombs = marker.tombs.map((tomb) => fact("gone", [tomb.target], { was: tomb.incarnation }));
  const { home } = marker;
  const endpoint = home === undefined ? [] : [fact("endpoint", [home.region, home.host], {})];
  const users = (home?.users ?? []).map((user) => fact("user", [display(user.name)], { zone: user.zone }));
  const lines = [
    head,
    ...endpoint,
    ...users.toSorted(),
    ...records.toSorted(),
    ...entries.toSorted(),
    ...tombs.toSorted(),
  ];
  return {
    Name: escapeForRoute53(markerName(name)),
    Type: "TXT",
    TTL: MARKER_TTL,
    ResourceRecords: lines.map((line) => ({ Value: quoted(line) })),
  };
}

const quoted = remembered(quoteTxt);

const inIso = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

function fact(word: string, parts: readonly string[], members: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return [word, ...parts.map((part) => encodeURIComponent(part).replaceAll("%2F", "/")), ...named].join(" ");
}

/** What was parsed before: record sets are values, and a proof meets the same one in thousands of states. */
const PARSED = new WeakMap<RecordSet, { readonly marker: Marker | undefined }>();

/** Undefined: the record set is not a marker that this version can read. */
export function parseMarker(record: RecordSet): Marker | undefined {
  const known = PARSED.get(record) ?? { marker: parsed(record) };
  PARSED.set(record, known);
  return known.marker;
}

function parsed(record: RecordSet): Marker | undefined {
  const facts = (record.ResourceRecords ?? []).map(({ Value }) => factIn(Value));
  const head = facts.find((each) => each.word === "signalbox");
  const known = new Set(["signalbox", "endpoint", "user", "record", "condemned", "gone"]);
  if (head?.members["v"] !== "1" || facts.some((each) => !known.has(each.word))) return undefined;
  const { manifest, scope, generation, nonce, ttl, released } = head.members;
  if (manifest === undefined || scope === undefined || nonce === undefined || !(Number(generation) > 0))
    return undefined;
  const of = (word: string): readonly Fact[] => facts.filter((each) => each.word === word);
  const releasedAt = Date.parse(released ?? "");
  return {
    manifest,
    scope,
    nonce,
    generation: Number(generation),
    maxTtl: Number(ttl ?? 0),
    records: of("record").map(recordOf).toSorted(byJson),
    entries: of("condemned").map(entryOf).toSorted(byJson),
    tombs: of("gone")
      .map((each) => ({ target: each.parts[0] ?? "", incarnation: each.members["was"] ?? "" }))
      .toSorted(byJson),
    ...homeIn(of("endpoint"), of("user")),
    ...(Number.isNaN(releasedAt) ? {} : { releasedAt }),
  };
}

function homeIn([endpoint]: readonly Fact[], users: readonly Fact[]): { readonly home?: Home } {
  if (endpoint === undefined) return {};
  const [region = "", host = ""] = endpoint.parts;
  const named = users.map(({ parts: [name = ""], members }) => ({
    name: domainName(name),
    zone: members["zone"] ?? "",
  }));
  return { home: { region, host, users: named.toSorted(byJson) } };
}

interface Fact {
  readonly word: string;
  readonly parts: readonly string[];
  readonly members: Readonly<Record<string, string>>;
}

const factIn = remembered((value) => parseFact(unquoteTxt(value) ?? ""));

function parseFact(line: string): Fact {
  const [word = "", ...rest] = line.split(" ");
  const members: Record<string, string> = {};
  const parts: string[] = [];
  for (const piece of rest) {
    const equals = piece.indexOf("=");
    if (equals < 0) parts.push(decode(piece));
    else members[piece.slice(0, equals)] = decode(piece.slice(equals + 1));
  }
  return { word, parts, members };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function recordOf(each: Fact): MarkedRecord {
  const [type = "", setIdentifier = ""] = each.parts;
  const { digest = "", region, kept } = each.members;
  return {
    type,
    setIdentifier,
    digest,
    ...(region === undefined ? {} : { region }),
    ...(kept === undefined ? {} : { kept }),
  };
}

function entryOf(each: Fact): Entry {
  const { drained, claim, until } = each.members;
  const entry = {
    target: each.parts[0] ?? "",
    incarnation: each.members["is"] ?? "",
    since: Number(each.members["since"] ?? 0),
    drainedFrom: drained === undefined ? undefined : Date.parse(drained),
  };
  return claim === undefined ? entry : { ...entry, claim: { nonce: claim, notAfter: Date.parse(until ?? "") } };
}

const byJson = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
