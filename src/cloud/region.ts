import type { Region } from "./call.ts";

export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f"
  | "aws-eusc";

export interface RegionFacts {
  readonly code: Region;
  readonly name: string;
  readonly partition: Partition;
  /** Disabled until the account enables it. Source: Account Management Reference, "Enable or disable AWS Regions", checked 2026-11-23. */
  readonly optIn: boolean;
  /** Whether Route 53 takes it as the Region of a latency record. Source: route53 model, ResourceRecordSetRegion, checked 2026-11-23. */
  readonly latency: boolean;
  /** Degrees, of the metropolitan area that the Region is named after. */
  readonly latitude: number;
  readonly longitude: number;
}

type Row = readonly [code: Region, name: string, optIn: boolean, latitude: number, longitude: number];

const REGIONS = new Map<Region, RegionFacts>([
  ...rows("aws", true, [
    ["af-south-1", "Africa (Cape Town)", true, -33.9, 18.4],
    ["ap-east-1", "Asia Pacific (Hong Kong)", true, 22.3, 114.2],
    ["ap-east-2", "Asia Pacific (Taipei)", true, 25.0, 121.5],
    ["ap-northeast-1", "Asia Pacific (Tokyo)", false, 35.7, 139.7],
    ["ap-northeast-2", "Asia Pacific (Seoul)", false, 37.6, 127.0],
    ["ap-northeast-3", "Asia Pacific (Osaka)", false, 34.7, 135.5],
    ["ap-south-1", "Asia Pacific (Mumbai)", false, 19.1, 72.9],
    ["ap-south-2", "Asia Pacific (Hyderabad)", true, 17.4, 78.5],
    ["ap-southeast-1", "Asia Pacific (Singapore)", false, 1.35, 103.8],
    ["ap-southeast-2", "Asia Pacific (Sydney)", false, -33.9, 151.2],
    ["ap-southeast-3", "Asia Pacific (Jakarta)", true, -6.2, 106.8],
    ["ap-southeast-4", "Asia Pacific (Melbourne)", true, -37.8, 145.0],
    ["ap-southeast-5", "Asia Pacific (Malaysia)", true, 3.1, 101.7],
    ["ap-southeast-6", "Asia Pacific (New Zealand)", true, -36.8, 174.8],
    ["ap-southeast-7", "Asia Pacific (Thailand)", true, 13.8, 100.5],
    ["ca-central-1", "Canada (Central)", false, 45.5, -73.6],
    ["ca-west-1", "Canada West (Calgary)", true, 51.0, -114.1],
    ["eu-central-1", "Europe (Frankfurt)", false, 50.1, 8.7],
    ["eu-central-2", "Europe (Zurich)", true, 47.4, 8.5],
    ["eu-north-1", "Europe (Stockholm)", false, 59.3, 18.1],
    ["eu-south-1", "Europe (Milan)", true, 45.5, 9.2],
    ["eu-south-2", "Europe (Spain)", true, 41.6, -0.9],
    ["eu-west-1", "Europe (Ireland)", false, 53.3, -6.3],
    ["eu-west-2", "Europe (London)", false, 51.5, -0.1],
    ["eu-west-3", "Europe (Paris)", false, 48.9, 2.35],
    ["il-central-1", "Israel (Tel Aviv)", true, 32.1, 34.8],
    ["me-central-1", "Middle East (UAE)", true, 24.5, 54.4],
    ["me-south-1", "Middle East (Bahrain)", true, 26.1, 50.6],
    ["mx-central-1", "Mexico (Central)", true, 20.6, -100.4],
    ["sa-east-1", "South America (Sao Paulo)", false, -23.6, -46.6],
    ["us-east-1", "US East (N. Virginia)", false, 38.9, -77.4],
    ["us-east-2", "US East (Ohio)", false, 40.0, -83.0],
    ["us-west-1", "US West (N. California)", false, 37.4, -121.9],
    ["us-west-2", "US West (Oregon)", false, 45.8, -119.7],
  ]),
  ...rows("aws-cn", true, [
    ["cn-north-1", "China (Beijing)", false, 39.9, 116.4],
    ["cn-northwest-1", "China (Ningxia)", false, 37.5, 105.2],
  ]),
  ...rows("aws-us-gov", true, [
    ["us-gov-east-1", "AWS GovCloud (US-East)", false, 40.0, -83.0],
    ["us-gov-west-1", "AWS GovCloud (US-West)", false, 45.8, -119.7],
  ]),
  ...rows("aws-eusc", true, [["eusc-de-east-1", "AWS European Sovereign Cloud (Germany)", false, 52.4, 13.1]]),
  // Assumed: where the isolated Regions are is not public; a point in the country keeps the model total.
  ...rows("aws-iso", false, [
    ["us-iso-east-1", "US ISO East", false, 38.9, -77.4],
    ["us-iso-west-1", "US ISO WEST", false, 39.7, -105.0],
  ]),
  ...rows("aws-iso-b", false, [
    ["us-isob-east-1", "US ISOB East (Ohio)", false, 40.0, -83.0],
    ["us-isob-west-1", "US ISOB West", false, 45.8, -119.7],
  ]),
  ...rows("aws-iso-e", false, [["eu-isoe-west-1", "EU ISOE West", false, 51.5, -0.1]]),
  ...rows("aws-iso-f", false, [
    ["us-isof-east-1", "US ISOF EAST", false, 38.9, -77.4],
    ["us-isof-south-1", "US ISOF SOUTH", false, 30.3, -97.7],
  ]),
]);

/** What is known about a Region, or undefined when there is no such Region. */
export function regionFacts(code: string): RegionFacts | undefined {
  return REGIONS.get(code);
}

export function isRegion(code: string): code is Region {
  return REGIONS.has(code);
}

/** The Regions of a partition, sorted by code. */
export function regionsOf(partition: Partition): readonly RegionFacts[] {
  return [...REGIONS.values()].filter((region) => region.partition === partition).toSorted(byCode);
}

/**
 * Roughly the round trip in milliseconds between networks near two Regions: light in fibre along the great
 * circle, with a detour of a third. Deterministic; only its order matters, to say which Region serves whom.
 */
// Assumed: Route 53 decides by its own measurements between networks and Regions, which are not public and change
// (Developer Guide, "Latency-based routing", checked 2026-11-23); distance stands in for them.
export function latencyMs(from: Region, to: Region): number {
  const key = from < to ? `${from} ${to}` : `${to} ${from}`;
  const known = LATENCIES.get(key);
  if (known !== undefined) return known;
  const latency = Math.round(2 + distanceKm(place(from), place(to)) * ROUND_TRIP_MS_PER_KM);
  LATENCIES.set(key, latency);
  return latency;
}

/** Light covers about 200 km of fibre a millisecond; there and back, and cables are a third longer than the circle. */
const ROUND_TRIP_MS_PER_KM = (2 / 200) * (4 / 3);
const EARTH_RADIUS_KM = 6_371;
/** Filled as pairs are asked for; it only remembers what the same arguments always give. */
const LATENCIES = new Map<string, number>();

function place(code: Region): RegionFacts {
  const region = REGIONS.get(code);
  if (region === undefined) throw new Error(`there is no Region ${code}`);
  return region;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function distanceKm(a: RegionFacts, b: RegionFacts): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const haversine =
    Math.sin((latitudeB - latitudeA) / 2) ** 2 +
    Math.cos(latitudeA) * Math.cos(latitudeB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(haversine));
}

function rows(
  partition: Partition,
  latency: boolean,
  list: readonly Row[],
): readonly (readonly [Region, RegionFacts])[] {
  return list.map(([code, name, optIn, latitude, longitude]) => [
    code,
    { code, name, partition, optIn, latency, latitude, longitude },
  ]);
}

const byCode = (a: RegionFacts, b: RegionFacts): number => (a.code < b.code ? -1 : 1);
