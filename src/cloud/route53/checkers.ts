import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { succeeded } from "../outcome.ts";

/**
 * Where Route 53 has health checkers, and two of the address ranges of each place.
 * Source: API Reference, HealthCheckConfig (Regions); ranges: AWS Tools for PowerShell, the example of
 * Get-R53CheckerIpRanges, checked 2026-11-23.
 */
// Assumed: which range is of which Region, as copies of AWS's ip-ranges.json have it. AWS has many more checkers, in
// ranges that belong to no one Region; these two stand for those of a Region.
const CHECKERS: Readonly<Record<string, readonly [string, string]>> = {
  "ap-northeast-1": ["54.248.220.0/26", "54.250.253.192/26"],
  "ap-southeast-1": ["54.251.31.128/26", "54.255.254.192/26"],
  "ap-southeast-2": ["54.252.79.128/26", "54.252.254.192/26"],
  "eu-west-1": ["54.228.16.0/26", "176.34.159.192/26"],
  "sa-east-1": ["54.232.40.64/26", "177.71.207.128/26"],
  "us-east-1": ["54.243.31.192/26", "107.23.255.0/26"],
  "us-west-1": ["54.183.255.128/26", "54.241.32.64/26"],
  "us-west-2": ["54.244.52.192/26", "54.245.168.0/26"],
};

export const CHECKER_REGIONS: readonly string[] = Object.keys(CHECKERS);

/** The checkers of these Regions, or of all: what each calls itself, and its address. */
export function checkersIn(regions: readonly string[] = CHECKER_REGIONS): readonly Checker[] {
  return regions.flatMap((region) =>
    (CHECKERS[region] ?? []).map((range) => ({ Region: region, IPAddress: addressIn(range) })),
  );
}

interface Checker {
  readonly Region: string;
  readonly IPAddress: string;
}

/** The fourth address of a range: any would do. */
function addressIn(range: string): string {
  const [network = ""] = range.split("/", 1);
  const octets = network.split(".").map(Number);
  return [...octets.slice(0, 3), (octets[3] ?? 0) + 4].join(".");
}

/** GetCheckerIpRanges. Source: API Reference, GetCheckerIpRanges, checked 2026-11-23. */
// Assumed: only the ranges above; AWS answers them and 16 more of 15.177.0.0/18 (AWS Tools for PowerShell, example).
export function getCheckerIpRanges(cloud: Cloud, _call: Call): Outcome {
  const ranges = Object.values(CHECKERS).flat();
  return succeeded(cloud, { CheckerIpRanges: ranges.toSorted(byOctets) });
}

const byOctets = (a: string, b: string): number => numberOf(a) - numberOf(b);

const numberOf = (range: string): number =>
  (range.split("/", 1)[0] ?? "").split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
