import { isWithin, parseDomainName } from "../../dns/domain-name.ts";
import type { DomainName } from "../../dns/domain-name.ts";
import type { AccountId, Region } from "../call.ts";
import type { Cloud, HostedZone, RecordSet } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { latencyMs, regionFacts, regionsOf } from "../region.ts";
import { isHealthy } from "./health.ts";
import type { EndpointProbe } from "./health.ts";
import { MULTIVALUE_ANSWERS_MAX } from "./limits.ts";
import { lookUp } from "./lookup.ts";
import { policyOf } from "./routing-policy.ts";

export interface AnswerResult {
  readonly code: "NOERROR" | "NODATA" | "NXDOMAIN" | "REFERRAL";
  /**
   * The record sets that are answered, with values or as aliases that lead out of the zone. One, except that of
   * weighted ones all that may be drawn are here, of multivalue ones all that are answered together, and of policies
   * that are not modelled (geolocation and the like) all.
   */
  readonly records: readonly RecordSet[];
  /** Aliases inside the zone and CNAMEs that led there, in order. */
  readonly via: readonly RecordSet[];
}

/** Who asks: a client near this Region; "anyone" stands for every client, and every state of health, at once. */
type Viewpoint =
  | { readonly region: Region; readonly probe: EndpointProbe | undefined; readonly draws?: boolean }
  | "anyone";
type Place = {
  readonly cloud: Cloud;
  readonly accountId: AccountId;
  readonly zone: HostedZone;
  readonly viewpoint: Viewpoint;
};

/** More than any sound zone needs; a longer chain is a loop. */
const CHAIN_MAX = 16;

/**
 * What Route 53 answers to a client near `clientRegion` who asks for this name and type: by latency and by health, with
 * aliases and CNAMEs followed inside the zone and everything treated as healthy when nothing is.
 * Source: Developer Guide, "How Amazon Route 53 chooses records when health checking is configured", checked 2026-11-23.
 */
export function answer(
  cloud: Cloud,
  accountId: AccountId,
  zoneId: string,
  name: DomainName,
  type: RecordSet["Type"],
  clientRegion: Region,
  probe?: EndpointProbe,
): AnswerResult {
  return answerAt(cloud, accountId, zoneId, name, type, { region: clientRegion, probe });
}

/**
 * One answer, as a client gets it: like `answer`, but of weighted record sets one alone is drawn.
 * Source: Developer Guide, "Weighted routing", checked 2026-11-23.
 */
// Assumed: the heaviest is drawn, so that the same question has the same answer; AWS draws by chance.
export function drawnAnswer(
  cloud: Cloud,
  accountId: AccountId,
  zoneId: string,
  name: DomainName,
  type: RecordSet["Type"],
  clientRegion: Region,
  probe?: EndpointProbe,
): AnswerResult {
  return answerAt(cloud, accountId, zoneId, name, type, { region: clientRegion, probe, draws: true });
}

/** The answers to clients near every Region of the commercial partition, or of that of the Regions given, by Region. */
export function answersByRegion(
  cloud: Cloud,
  accountId: AccountId,
  zoneId: string,
  name: DomainName,
  type: RecordSet["Type"],
  clientRegions: readonly Region[] = regionsOf("aws").map(({ code }) => code),
): ReadonlyMap<Region, AnswerResult> {
  return new Map(clientRegions.map((region) => [region, answer(cloud, accountId, zoneId, name, type, region)]));
}

/** Every record set that some client could be answered in some state of health: what must never lead nowhere. */
export function possibleAnswers(
  cloud: Cloud,
  accountId: AccountId,
  zoneId: string,
  name: DomainName,
  type: RecordSet["Type"],
): AnswerResult {
  return answerAt(cloud, accountId, zoneId, name, type, "anyone");
}

function answerAt(
  cloud: Cloud,
  accountId: AccountId,
  zoneId: string,
  name: DomainName,
  type: RecordSet["Type"],
  viewpoint: Viewpoint,
): AnswerResult {
  const zone = accountOf(cloud, accountId).zones.get(zoneId);
  if (zone === undefined) return { code: "NXDOMAIN", records: [], via: [] };
  return resolve({ cloud, accountId, zone, viewpoint }, name, type, 0);
}

function resolve(place: Place, name: DomainName, type: RecordSet["Type"], depth: number): AnswerResult {
  const found = depth > CHAIN_MAX ? ({ kind: "nodata" } as const) : lookUp(place.zone, name, type);
  if (found.kind === "nxdomain") return { code: "NXDOMAIN", records: [], via: [] };
  if (found.kind === "nodata") return { code: "NODATA", records: [], via: [] };
  if (found.kind === "referral") return { code: "REFERRAL", records: found.records, via: [] };
  const results = choose(place, found.records, depth).map((record) => follow(place, record, type, depth));
  return merge(results);
}

/** Follows an alias or a CNAME as long as it stays in the zone. */
function follow(place: Place, record: RecordSet, type: RecordSet["Type"], depth: number): AnswerResult {
  const target = targetInZone(place.zone, record, type);
  if (target === undefined) return { code: "NOERROR", records: [record], via: [] };
  const result = resolve(place, target, type, depth + 1);
  // A CNAME is itself part of the answer, even when its target has none of the type.
  if (record.Type === "CNAME" && result.records.length === 0)
    return { code: result.code, records: [record], via: result.via };
  return { ...result, via: [record, ...result.via] };
}

/** Where an alias or a CNAME leads inside the zone; undefined when it leads out, or is neither. */
function targetInZone(zone: HostedZone, record: RecordSet, type: RecordSet["Type"]): DomainName | undefined {
  const { AliasTarget: alias } = record;
  if (alias !== undefined) return alias.HostedZoneId === zone.id ? nameOrNothing(alias.DNSName) : undefined;
  if (record.Type !== "CNAME" || type === "CNAME") return undefined;
  const target = nameOrNothing(record.ResourceRecords?.[0]?.Value ?? "");
  return target !== undefined && isWithin(target, zone.name) ? target : undefined;
}

/** Foreign record sets may hold targets that are no names of ours. */
function nameOrNothing(text: string): DomainName | undefined {
  const parsed = parseDomainName(text);
  return parsed.ok ? parsed.name : undefined;
}

/** The record sets of one name and type that the client is given, by their routing policy and health. */
function choose(place: Place, group: readonly RecordSet[], depth: number): readonly RecordSet[] {
  const { viewpoint } = place;
  const [first] = group;
  if (viewpoint === "anyone" || group.length < 2 || first === undefined) return group;
  const healthy = group.filter((record) => isRecordHealthy(place, record, depth));
  const usable = healthy.length > 0 ? healthy : group;
  switch (policyOf(first)) {
    case "latency":
      return [usable.reduce((best, record) => (isNearer(viewpoint.region, record, best) ? record : best))];
    case "weighted":
      return viewpoint.draws === true ? heaviest(drawable(group, healthy)) : drawable(group, healthy);
    case "failover":
      return byRole(group, healthy);
    case "multivalue":
      return usable.slice(0, MULTIVALUE_ANSWERS_MAX);
    default:
      return usable;
  }
}

/** Between two Regions that are equally far, the first by code, so that the same question has one answer. */
function isNearer(from: Region, record: RecordSet, best: RecordSet): boolean {
  const [a, b] = [record.Region ?? "", best.Region ?? ""];
  if (regionFacts(a) === undefined) return false;
  if (regionFacts(b) === undefined) return true;
  const [distance, least] = [latencyMs(from, a), latencyMs(from, b)];
  return distance < least || (distance === least && a < b);
}

/**
 * Records of weight 0 are drawn only when no other is healthy, or when all have weight 0.
 * Source: Developer Guide, "How health checks work in simple configurations", weighted records, checked 2026-11-23.
 */
function drawable(group: readonly RecordSet[], healthy: readonly RecordSet[]): readonly RecordSet[] {
  const weighing = healthy.filter((record) => (record.Weight ?? 0) > 0);
  if (weighing.length > 0) return weighing;
  if (healthy.length > 0) return healthy;
  const all = group.filter((record) => (record.Weight ?? 0) > 0);
  return all.length > 0 ? all : group;
}

function heaviest(records: readonly RecordSet[]): readonly RecordSet[] {
  return records.toSorted((a, b) => (b.Weight ?? 0) - (a.Weight ?? 0)).slice(0, 1);
}

/** The primary while it is healthy, or when the secondary is not either. Source: Developer Guide, "Active-passive failover". */
function byRole(group: readonly RecordSet[], healthy: readonly RecordSet[]): readonly RecordSet[] {
  const choices = [withRole(healthy, "PRIMARY"), withRole(healthy, "SECONDARY"), withRole(group, "PRIMARY")];
  return choices.find((choice) => choice.length > 0) ?? group;
}

function withRole(records: readonly RecordSet[], role: "PRIMARY" | "SECONDARY"): readonly RecordSet[] {
  return records.filter((record) => record.Failover === role).slice(0, 1);
}

/**
 * Whether a record set counts as healthy: its own health check, and for an alias that evaluates its target, at least
 * one healthy record set there. Without either it always does.
 */
// Assumed: a target outside the zone (API Gateway, a load balancer, CloudFront) is healthy.
function isRecordHealthy(place: Place, record: RecordSet, depth: number): boolean {
  const { cloud, accountId, zone, viewpoint } = place;
  const probe = viewpoint === "anyone" ? undefined : viewpoint.probe;
  if (record.HealthCheckId !== undefined && !isHealthy(cloud, accountId, record.HealthCheckId, probe)) return false;
  if (record.AliasTarget?.EvaluateTargetHealth !== true || record.AliasTarget.HostedZoneId !== zone.id) return true;
  if (depth > CHAIN_MAX) return true;
  const target = nameOrNothing(record.AliasTarget.DNSName);
  const found = target === undefined ? undefined : lookUp(zone, target, record.Type);
  return found?.kind === "records" && found.records.some((behind) => isRecordHealthy(place, behind, depth + 1));
}

function merge(results: readonly AnswerResult[]): AnswerResult {
  const [first] = results;
  if (first === undefined) return { code: "NODATA", records: [], via: [] };
  if (results.length === 1) return first;
  return {
    code: results.some((result) => result.code === "NOERROR") ? "NOERROR" : first.code,
    records: [...new Set(results.flatMap((result) => result.records))],
    via: [...new Set(results.flatMap((result) => result.via))],
  };
}
