/** Groups of ciphers that policies take or leave as a whole. */
type Group = "tls13" | "chacha" | "gcm" | "cbc" | "sha1" | "rsa" | "rsaSha1" | "des";

/** In the order in which the load balancer prefers them. */
const CIPHERS: readonly (readonly [name: string, group: Group])[] = [
  ["TLS_AES_128_GCM_SHA256", "tls13"],
  ["TLS_AES_256_GCM_SHA384", "tls13"],
  ["TLS_CHACHA20_POLY1305_SHA256", "chacha"],
  ["ECDHE-ECDSA-AES128-GCM-SHA256", "gcm"],
  ["ECDHE-RSA-AES128-GCM-SHA256", "gcm"],
  ["ECDHE-ECDSA-AES128-SHA256", "cbc"],
  ["ECDHE-RSA-AES128-SHA256", "cbc"],
  ["ECDHE-ECDSA-AES128-SHA", "sha1"],
  ["ECDHE-RSA-AES128-SHA", "sha1"],
  ["ECDHE-ECDSA-AES256-GCM-SHA384", "gcm"],
  ["ECDHE-RSA-AES256-GCM-SHA384", "gcm"],
  ["ECDHE-ECDSA-AES256-SHA384", "cbc"],
  ["ECDHE-RSA-AES256-SHA384", "cbc"],
  ["ECDHE-RSA-AES256-SHA", "sha1"],
  ["ECDHE-ECDSA-AES256-SHA", "sha1"],
  ["AES128-GCM-SHA256", "rsa"],
  ["AES128-SHA256", "rsa"],
  ["AES128-SHA", "rsaSha1"],
  ["AES256-GCM-SHA384", "rsa"],
  ["AES256-SHA256", "rsa"],
  ["AES256-SHA", "rsaSha1"],
  ["DES-CBC3-SHA", "des"],
];

const FORWARD_SECRECY: readonly Group[] = ["gcm", "cbc", "sha1"];
const CLASSIC: readonly Group[] = [...FORWARD_SECRECY, "rsa", "rsaSha1"];
const THIRTEEN: readonly Group[] = ["tls13", "chacha"];
const FIPS: readonly Group[] = ["tls13"];

const SINCE_10 = ["TLSv1", "TLSv1.1", "TLSv1.2"];
const SINCE_11 = ["TLSv1.1", "TLSv1.2"];
const ONLY_12 = ["TLSv1.2"];
const TLS_13 = "TLSv1.3";

/** What the policies of TLS 1.3 have beside it, by the middle of their names. */
const SUITES: Readonly<Record<string, readonly [protocols: readonly string[], groups: readonly Group[]]>> = {
  "1-3": [[], []],
  "1-2-Res": [ONLY_12, ["gcm"]],
  "1-2": [ONLY_12, ["gcm", "cbc"]],
  "1-2-Ext0": [ONLY_12, FORWARD_SECRECY],
  "1-2-Ext1": [ONLY_12, ["gcm", "cbc", "rsa"]],
  "1-2-Ext2": [ONLY_12, CLASSIC],
  "1-1": [SINCE_11, CLASSIC],
  "1-0": [SINCE_10, CLASSIC],
};

const PLAIN = ["1-3", "1-2", "1-2-Res", "1-2-Ext2", "1-2-Ext1", "1-1", "1-0"];
const IN_FIPS = ["1-3", "1-2", "1-2-Res", "1-2-Ext2", "1-2-Ext1", "1-2-Ext0", "1-1", "1-0"];

type Row = readonly [name: string, protocols: readonly string[], groups: readonly Group[]];

const thirteen = (suites: readonly string[], ending: string, own: readonly Group[]): readonly Row[] =>
  suites.map((suite) => {
    const [protocols, groups] = SUITES[suite] ?? [[], []];
    return [`TLS13-${suite}-${ending}`, [...protocols, TLS_13], [...own, ...groups]];
  });

/**
 * All predefined security policies, without `ELBSecurityPolicy-` before their names.
 * Source: Application Load Balancers guide "Security policies for your Application Load Balancer" (TLS, FIPS and FS
 * policies; protocols and ciphers by policy), checked 2026-11-24.
 */
// Assumed: the post-quantum (PQ) policies have the ciphers of those that they are named after; the two of RFC 9151 are left out.
const POLICIES: readonly Row[] = [
  ["2016-08", SINCE_10, CLASSIC],
  ["2015-05", SINCE_10, CLASSIC],
  ["TLS-1-0-2015-04", SINCE_10, [...CLASSIC, "des"]],
  ["TLS-1-1-2017-01", SINCE_11, CLASSIC],
  ["TLS-1-2-2017-01", ONLY_12, ["gcm", "cbc", "rsa"]],
  ["TLS-1-2-Ext-2018-06", ONLY_12, CLASSIC],
  ["FS-2018-06", SINCE_10, FORWARD_SECRECY],
  ["FS-1-1-2019-08", SINCE_11, FORWARD_SECRECY],
  ["FS-1-2-2019-08", ONLY_12, FORWARD_SECRECY],
  ["FS-1-2-Res-2019-08", ONLY_12, ["gcm", "cbc"]],
  ["FS-1-2-Res-2020-10", ONLY_12, ["gcm"]],
  ...thirteen(PLAIN, "2021-06", THIRTEEN),
  ...thirteen(
    PLAIN.filter((suite) => suite !== "1-1"),
    "PQ-2025-09",
    THIRTEEN,
  ),
  ...thirteen(IN_FIPS, "FIPS-2023-04", FIPS),
  ...thirteen(
    IN_FIPS.filter((suite) => suite !== "1-1"),
    "FIPS-PQ-2025-09",
    FIPS,
  ),
];

export interface SslPolicy {
  readonly name: string;
  readonly protocols: readonly string[];
  /** In the order of preference. */
  readonly ciphers: readonly string[];
}

/** By full name, in the order of names. */
export const SSL_POLICIES: ReadonlyMap<string, SslPolicy> = new Map(
  POLICIES.map(([ending, protocols, groups]) => {
    const name = `ELBSecurityPolicy-${ending}`;
    const ciphers = CIPHERS.filter(([, group]) => groups.includes(group)).map(([cipher]) => cipher);
    return [name, { name, protocols, ciphers }] as const;
  }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

/** Of a listener that is made through the API without one. Source: Application Load Balancers guide "Security policies for your Application Load Balancer", checked 2026-11-24. */
export const DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

export const isSslPolicy = (name: string): boolean => SSL_POLICIES.has(name);

/** A load balancer's listeners have FIPS policies, or none of them has. Source: as above ("FIPS security policies"), checked 2026-11-24. */
export const isFipsPolicy = (name: string | undefined): boolean => name?.includes("-FIPS-") === true;
