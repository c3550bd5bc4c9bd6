/**
 * Security policies of regional domains; the names that end in `_EDGE` are for edge-optimized ones only.
 * Source: API Gateway API Reference, DomainName (securityPolicy), checked 2026-11-23.
 */
export const LEGACY_POLICIES = ["TLS_1_0", "TLS_1_2"] as const;

/** These need an endpoint access mode. */
export const ENHANCED_POLICIES = [
  "SecurityPolicy_TLS13_1_3_2025_09",
  "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
  "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_PQ_2025_09",
  "SecurityPolicy_TLS13_1_2_2021_06",
] as const;

/** With both endpoint types at once, those of regional ones. */
// Assumed: an edge-optimized domain needs the endpoint access mode with them as a regional one does with its own.
export const EDGE_POLICIES = [
  "SecurityPolicy_TLS13_2025_EDGE",
  "SecurityPolicy_TLS12_PFS_2025_EDGE",
  "SecurityPolicy_TLS12_2018_EDGE",
] as const;

/** Every policy that there is, of whatever endpoint type. */
export const SECURITY_POLICIES: readonly string[] = [...LEGACY_POLICIES, ...ENHANCED_POLICIES, ...EDGE_POLICIES];

export type TlsVersion = "1.0" | "1.2" | "1.3";

/**
 * The oldest version of TLS that a policy takes: its name says so. Source: API Gateway guide "Security policies", checked
 * 2026-11-24.
 */
// Assumed: of an edge-optimized domain the version that its policy's name begins with.
export function oldestTls(policy: string): TlsVersion {
  if (policy === "TLS_1_0") return "1.0";
  return /^SecurityPolicy_(?:TLS13_1_3_|TLS13_2025_EDGE$)/u.test(policy) ? "1.3" : "1.2";
}
