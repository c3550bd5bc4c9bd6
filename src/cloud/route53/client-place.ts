import { parseIpv4, parseIpv6 } from "../../dns/ip-address.ts";
import type { Region } from "../call.ts";

// Assumed: Route 53 decides by measurements that are not public (Developer Guide, "Latency-based routing", checked
// 2026-11-23). Here an address of AWS's own is near its Region, and any other near one Region of the part of the world
// whose registry gave out its block: enough to ask on behalf of a client anywhere.

/** Where the resolver is that is used when none is named. Source: API Reference, TestDNSAnswer, checked 2026-11-23. */
export const DEFAULT_PLACE: Region = "us-east-1";

type Row = readonly [prefix: string, region: Region];

/** A range of each Region that has one here. */
// Assumed: as they stand in copies of AWS's ip-ranges.json; not every one was held against the file itself. Regions that
// are not here have no address that stands for them.
const AWS_RANGES: readonly Row[] = [
  ["13.244.0.0/15", "af-south-1"],
  ["18.162.0.0/16", "ap-east-1"],
  ["13.112.0.0/14", "ap-northeast-1"],
  ["13.124.0.0/16", "ap-northeast-2"],
  ["13.208.0.0/16", "ap-northeast-3"],
  ["13.232.0.0/14", "ap-south-1"],
  ["18.60.0.0/15", "ap-south-2"],
  ["13.228.0.0/15", "ap-southeast-1"],
  ["13.54.0.0/15", "ap-southeast-2"],
  ["108.136.0.0/15", "ap-southeast-3"],
  ["16.50.0.0/15", "ap-southeast-4"],
  ["35.182.0.0/15", "ca-central-1"],
  ["3.120.0.0/14", "eu-central-1"],
  ["16.62.0.0/15", "eu-central-2"],
  ["13.48.0.0/15", "eu-north-1"],
  ["15.160.0.0/16", "eu-south-1"],
  ["18.100.0.0/15", "eu-south-2"],
  ["34.240.0.0/13", "eu-west-1"],
  ["18.130.0.0/16", "eu-west-2"],
  ["35.180.0.0/16", "eu-west-3"],
  ["51.16.0.0/15", "il-central-1"],
  ["3.28.0.0/15", "me-central-1"],
  ["15.185.0.0/16", "me-south-1"],
  ["18.228.0.0/16", "sa-east-1"],
  ["3.80.0.0/12", "us-east-1"],
  ["18.216.0.0/14", "us-east-2"],
  ["13.52.0.0/16", "us-west-1"],
  ["34.208.0.0/12", "us-west-2"],
];

const AFRICA = "af-south-1";
const ASIA = "ap-southeast-1";
const EUROPE = "eu-central-1";
const LATIN_AMERICA = "sa-east-1";

/** First octets that a registry outside North America gives out. */
// Assumed: as the IANA IPv4 Address Space Registry has them, from memory; blocks that went from one registry to another are not told apart.
const FIRST_OCTETS: readonly (readonly [Region, string])[] = [
  [AFRICA, "41 102 105 154 196 197"],
  [
    ASIA,
    "1 14 27 36 39 42 43 49 58-61 101 103 106 110-126 133 150 153 163 171 175 180 182 183 202 203 210 211 218-223",
  ],
  [EUROPE, "2 5 25 31 37 46 51 53 57 62 77-95 109 141 145 151 176 178 185 188 193-195 212 213 217"],
  [LATIN_AMERICA, "177 179 181 186 187 189-191 200 201"],
];

/** The same for IPv6. */
// Assumed: as IANA's list of IPv6 global unicast assignments has them, from memory.
const IPV6_BLOCKS: readonly Row[] = [
  ["2400::/12", ASIA],
  ["2800::/12", LATIN_AMERICA],
  ["2a00::/11", EUROPE],
  ["2c00::/12", AFRICA],
];

/** Characters before the bits of an address, which tell its family: prefixes of the two must never match. */
const FAMILY_MARK = 2;

interface Network {
  readonly bits: string;
  readonly region: Region;
}

const NETWORKS: readonly Network[] = [...AWS_RANGES, ...octetRows(), ...IPV6_BLOCKS].map(([prefix, region]) => {
  const [address = "", length = "0"] = prefix.split("/");
  return { bits: (bitsOf(address) ?? "").slice(0, FAMILY_MARK + Number(length)), region };
});

/**
 * The Region that a client in this subnet is nearest to; undefined when the address is none. `mask` is how many of its
 * bits are told: with too few of them the client could be anywhere.
 */
export function placeOf(address: string, mask: number): Region | undefined {
  const bits = bitsOf(address);
  if (bits === undefined) return undefined;
  const told = bits.slice(0, FAMILY_MARK + mask);
  let best: Network | undefined;
  for (const network of NETWORKS)
    if (told.startsWith(network.bits) && network.bits.length > (best?.bits.length ?? 0)) best = network;
  return best?.region ?? DEFAULT_PLACE;
}

/** The bits of the address, after the mark of its family. */
function bitsOf(address: string): string | undefined {
  const octets = parseIpv4(address);
  if (octets !== undefined) return `4:${octets.map((octet) => binary(octet, 8)).join("")}`;
  const groups = parseIpv6(address);
  return groups === undefined ? undefined : `6:${groups.map((group) => binary(group, 16)).join("")}`;
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, "0");
}

function octetRows(): readonly Row[] {
  return FIRST_OCTETS.flatMap(([region, list]) =>
    list.split(" ").flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index): Row => [`${first + index}.0.0.0/8`, region]);
    }),
  );
}
