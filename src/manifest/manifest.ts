import type { Position } from "../diagnostic/diagnostic.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { AccountId, Region } from "../cloud/call.ts";
import type { QuotaKey } from "../cloud/quotas.ts";

/** A manifest that passed every check, with all defaults filled in. Lists are in a stated order: the order of keys in the file never matters. */
export interface Manifest {
  readonly file: string;
  readonly name: string;
  readonly scopeId: string;
  /** The account the manifest says it is for, if it says so. */
  readonly account: AccountId | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Accounts beside the ambient one, sorted by label. */
  readonly accounts: readonly AccountSection[];
  /** Quotas that are not AWS's defaults. */
  readonly quotas: readonly QuotaSection[];
  /** Sorted by name. */
  readonly zones: readonly ZoneSection[];
  /** Sorted by label. */
  readonly certificates: readonly CertificateSection[];
  /** Sorted by name. */
  readonly apis: readonly ApiSection[];
  readonly drainMinimumSeconds: number;
  readonly limits: Limits;
  /** Sorted. */
  readonly retire: readonly DomainName[];
  /** Where each part stands in the file: keys such as `apis/shop.example.com.`, `apis/shop.example.com./regions/us-east-1`, `certificates/storefront`, `zones/example.com.`, `retire/old.example.com.`, `accounts/network`, and `account`. */
  readonly positions: Positions;
}

/** Positions by key, for diagnostics that are found later. */
export interface Positions {
  get(key: string): Position | undefined;
}

/** An account that calls reach through a role in it; without a role the ambient credentials must be of it. */
export interface AccountSection {
  readonly label: string;
  readonly id: AccountId;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
}

export interface QuotaSection {
  /** Undefined: the ambient account. */
  readonly account: AccountId | undefined;
  readonly key: QuotaKey;
  readonly value: number;
}

export interface ZoneSection {
  readonly name: DomainName;
  /** One of `accounts`; undefined: the ambient account. */
  readonly account: AccountId | undefined;
  /** Pins one of two public zones of the same name. */
  readonly id: string | undefined;
}

export interface CertificateSection {
  readonly label: string;
  /** The key under which the certificates that stand were made. */
  readonly previousName?: string | undefined;
  /** As written: the first is the primary name. */
  readonly domains: readonly DomainName[];
  readonly keyAlgorithms: readonly string[];
  readonly transparencyLogging: boolean;
}

export interface ApiSection {
  readonly name: DomainName;
  /** The name that this one takes over from: retired once this one answers. */
  readonly previousName?: DomainName | undefined;
  /** The zone (of `zones`) that the name belongs to: the longest that matches. */
  readonly zone: DomainName;
  /** Label of a certificate in `certificates`: written, or the only one that covers the name. */
  readonly certificate: string;
  readonly securityPolicy: string;
  readonly endpointAccessMode: string | undefined;
  readonly ipAddressType: "ipv4" | "dualstack";
  readonly routing: RoutingSection;
  /** The name has CNAME records with this TTL, in seconds; undefined: it has aliases. */
  readonly cnameTtl: number | undefined;
  readonly evaluateTargetHealth: boolean;
  readonly healthCheck: HealthCheckSection | undefined;
  /** Sorted by Region. */
  readonly regions: readonly ApiRegion[];
}

/** How Route 53 chooses among the Regions. */
export type RoutingSection =
  | { readonly policy: "latency" }
  /** One Region. */
  | { readonly policy: "simple" }
  /** By Region, 0 to 255. */
  | { readonly policy: "weighted"; readonly weights: Readonly<Record<Region, number>> }
  /** Two Regions: the other one is the secondary. */
  | { readonly policy: "failover"; readonly primary: Region };

export interface HealthCheckSection {
  /** `api`: each Region's REST API's own host. Otherwise a host name. */
  readonly host: "api" | DomainName;
  readonly path: string;
  readonly searchString: string | undefined;
  readonly intervalSeconds: 10 | 30;
  readonly failureThreshold: number;
  readonly gate: "shared" | "own" | "none";
}

export interface ApiRegion {
  readonly region: Region;
  /** Sorted by base path; at least one. `(none)` is the empty path. */
  readonly mappings: readonly { readonly basePath: string; readonly restApi: string; readonly stage: string }[];
}

export interface Limits {
  readonly deletePercent: number;
  readonly updatePercent: number;
  readonly deleteMax: number;
  readonly regionsRemovedPerRun: number;
}
