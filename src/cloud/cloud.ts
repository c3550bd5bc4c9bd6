import type { RecordType } from "../dns/record-type.ts";
import type { DomainName } from "../dns/domain-name.ts";
import type { AccountId, Region } from "./call.ts";
import type { ClaimEnd } from "./claims.ts";
import type { CloudFront } from "./cloudfront/state.ts";
import type { LoadBalancing } from "./elbv2/load-balancing.ts";
import type { Instant } from "./instant.ts";
import type { Table } from "./table.ts";

/**
 * The part of AWS in scope, as one value. `observe/` builds one from live AWS, the emulator holds one,
 * the interlock folds over one. What stands here in AWS's casing is AWS's own shape, verbatim; what is in
 * camelCase is ours (instants that `tick` makes true, and bookkeeping that AWS keeps but never shows).
 */
export interface Cloud {
  readonly now: Instant;
  readonly accounts: Table<Account>;
  /** Quotas other than AWS's defaults; read them with `quotaOf` of cloud/quotas.ts. */
  readonly quotas: Table<number>;
  /** What became of requests with a date of their own, by `cloud/claims.ts`. Undefined: none was sent. AWS keeps nothing of it: only the run that sent them knows. */
  readonly claims?: Table<ClaimEnd>;
}

export interface Account {
  readonly id: AccountId;
  /** By zone id (`Z…`, no prefix). */
  readonly zones: Table<HostedZone>;
  /** By change id (`C…`, no prefix). An observed Cloud knows only the changes that this run made. */
  readonly changes: Table<ZoneChange>;
  /** By health check id. */
  readonly healthChecks: Table<HealthCheck>;
  /** By caller reference: the id it made, and whether that check was deleted since (the reference is burnt). */
  readonly callerReferences: Table<CallerReference>;
  /** Health checks made within the last day, by `madeKey()` of cloud/route53/health-check-age.ts: AWS limits them. */
  readonly healthChecksMade: Table<string>;
  /** Tags of hosted zones and health checks, by `hostedzone/Z…` and `healthcheck/…`. Undefined value: none; an observed Cloud may not have read them. */
  readonly route53Tags: Table<Readonly<Record<string, string>>>;
  /** Undefined: nothing was made there; an observed Cloud may not have looked. */
  readonly cloudfront?: CloudFront;
  readonly regions: Table<RegionalState>;
  /** What could not be read, by area (see `cloud/area.ts`): a denied Region is not an empty one. */
  readonly unseen: Table<string>;
}

export interface HostedZone {
  readonly id: string;
  readonly name: DomainName;
  readonly callerReference: string;
  readonly private: boolean;
  readonly comment?: string;
  readonly nameServers: readonly string[];
  /** By `recordKey()` of cloud/route53/record-order.ts: the order in which AWS lists them. */
  readonly recordSets: Table<RecordSet>;
}

/** A record set exactly as AWS has it (Name is lower-case, with the trailing dot and octal escapes): a DELETE must repeat it verbatim. */
export interface RecordSet {
  readonly Name: string;
  readonly Type: RecordType;
  readonly SetIdentifier?: string;
  readonly TTL?: number;
  readonly ResourceRecords?: readonly { readonly Value: string }[];
  readonly AliasTarget?: AliasTarget;
  readonly HealthCheckId?: string;
  readonly Region?: Region;
  readonly Weight?: number;
  readonly Failover?: "PRIMARY" | "SECONDARY";
  readonly MultiValueAnswer?: boolean;
  readonly GeoLocation?: Readonly<Record<string, string>>;
  readonly TrafficPolicyInstanceId?: string;
  readonly CidrRoutingConfig?: Readonly<Record<string, string>>;
  readonly GeoProximityLocation?: Readonly<Record<string, unknown>>;
}

export interface AliasTarget {
  /** No `/hostedzone/` prefix. */
  readonly HostedZoneId: string;
  readonly DNSName: string;
  readonly EvaluateTargetHealth: boolean;
}

/** A change batch on its way to every name server. */
export interface ZoneChange {
  readonly id: string;
  readonly zoneId: string;
  readonly submittedAt: Instant;
  /** When it is INSYNC. An observed Cloud learns it when a GetChange says so; until then it is Infinity. */
  readonly insyncAt: Instant;
  /** The names whose record sets it touched. */
  readonly names: readonly DomainName[];
  /** Of a change of this run: the generations of the markers that it wrote, by their names. AWS knows nothing of it. */
  readonly generations?: Readonly<Record<DomainName, number>>;
}

export interface CallerReference {
  readonly id: string;
  readonly burnt: boolean;
}

export type HealthCheckType =
  | "HTTP"
  | "HTTPS"
  | "HTTP_STR_MATCH"
  | "HTTPS_STR_MATCH"
  | "TCP"
  | "CALCULATED"
  | "CLOUDWATCH_METRIC"
  | "RECOVERY_CONTROL";

export interface HealthCheckConfig {
  readonly Type: HealthCheckType;
  readonly IPAddress?: string;
  readonly Port?: number;
  readonly ResourcePath?: string;
  readonly FullyQualifiedDomainName?: string;
  readonly SearchString?: string;
  readonly RequestInterval?: number;
  readonly FailureThreshold?: number;
  readonly MeasureLatency?: boolean;
  readonly Inverted?: boolean;
  readonly Disabled?: boolean;
  readonly HealthThreshold?: number;
  readonly ChildHealthChecks?: readonly string[];
  readonly EnableSNI?: boolean;
  readonly Regions?: readonly string[];
  readonly AlarmIdentifier?: { readonly Region: string; readonly Name: string };
  readonly InsufficientDataHealthStatus?: string;
}

export interface HealthCheck {
  readonly Id: string;
  readonly CallerReference: string;
  readonly HealthCheckConfig: HealthCheckConfig;
  readonly HealthCheckVersion: number;
}

export interface RegionalState {
  readonly region: Region;
  /** By ARN. */
  readonly certificates: Table<Certificate>;
  /** By idempotency token. */
  readonly certificateRequests: Table<CertificateRequest>;
  /** When certificates that were deleted since had been requested, within the last year: they still count to the yearly quota. */
  readonly deletedRequests: readonly Instant[];
  /**
   * What ACM has noticed of the domains' certificates, by certificate and consumer. Undefined: not kept (an observed
   * Cloud: how late AWS is cannot be predicted, so the domains count as they stand).
   */
  readonly certificateUses: Table<CertificateUse> | undefined;
  /** What PutAccountConfiguration was told here; undefined: nothing. */
  readonly acmConfiguration?: AcmConfiguration;
  /** API Gateway custom domain names, by `DomainName`. */
  readonly domains: Table<ApiDomain>;
  /** By id. Undefined: not looked at (observe reads them only when a plan needs them). */
  readonly restApis: Table<RestApi> | undefined;
  /** By id: those that were asked for, one by one. Undefined: `restApis` has all that there are. */
  readonly restApisAsked?: Table<true>;
  /** Undefined: nothing of it was made here, or seen. */
  readonly loadBalancing?: LoadBalancing;
  /** Passed probes, by the key that cloud/probe.ts makes of what was probed. */
  readonly probes: Table<Instant>;
  /** By ARN: tags that changed lately, and that the tagging service may not show yet (see cloud/tagging/tag-changes.ts). */
  readonly tagChanges: Table<TagChange>;
}

export interface TagChange {
  readonly at: Instant;
  /** What the tagging service shows meanwhile. Undefined: it does not list the resource. */
  readonly shown: Readonly<Record<string, string>> | undefined;
}

export type CertificateStatus =
  | "PENDING_VALIDATION"
  | "ISSUED"
  | "INACTIVE"
  | "EXPIRED"
  | "VALIDATION_TIMED_OUT"
  | "REVOKED"
  | "FAILED";

export interface Certificate {
  readonly arn: string;
  /** The first is the primary name; `*.` allowed. */
  readonly domains: readonly DomainName[];
  /** With underscores, as in requests: `RSA_2048`, `EC_prime256v1`. */
  readonly keyAlgorithm: string;
  readonly type: "AMAZON_ISSUED" | "IMPORTED" | "PRIVATE";
  readonly status: CertificateStatus;
  readonly failureReason?: string;
  readonly transparencyLogging: boolean;
  /** Undefined: the tags were not read (or the tagging API lags). */
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly createdAt: Instant;
  readonly issuedAt?: Instant;
  readonly notBefore?: Instant;
  readonly notAfter?: Instant;
  /**
   * The CNAME that proves each name, by the name without `*.`. Undefined: not described yet
   * (listings do not tell, and AWS itself takes some seconds after a request).
   */
  readonly validation: Readonly<Record<DomainName, ValidationRecord>> | undefined;
  /** When issuance is due, once every CNAME exists; set by the model, made true by `tick`. */
  readonly issueDueAt?: Instant;
  /** Of the managed renewal, once one was begun. */
  readonly renewal?: CertificateRenewal;
  /** Consumers as ACM reports them (with a lag in AWS). */
  readonly inUseBy: readonly string[];
}

/** ACM's RenewalSummary, and when the renewal is due (set by the model, made true by `tick`). */
export interface CertificateRenewal {
  readonly status: "PENDING_AUTO_RENEWAL" | "PENDING_VALIDATION" | "SUCCESS" | "FAILED";
  readonly reason?: string;
  readonly updatedAt: Instant;
  readonly dueAt?: Instant;
}

export interface CertificateUse {
  readonly certificateArn: string;
  /** ARN of the domain. */
  readonly consumer: string;
  readonly since: Instant;
  /** When the domain let go of it. */
  readonly until?: Instant;
}

export interface AcmConfiguration {
  readonly daysBeforeExpiry: number;
  /** Idempotency tokens of the last hour, and when each was used. */
  readonly tokens: Readonly<Record<string, Instant>>;
}

export interface ValidationRecord {
  readonly name: DomainName;
  readonly value: DomainName;
}

export interface CertificateRequest {
  readonly arn: string;
  readonly at: Instant;
  /** What was asked for, to tell a repetition from another request under the same token. */
  readonly fingerprint: string;
}

export interface ApiDomain {
  readonly name: DomainName;
  /** Of one that is EDGE alone, the name of its distribution. */
  readonly regionalDomainName: string;
  readonly regionalHostedZoneId: string;
  readonly regionalCertificateArn?: string;
  /** `REGIONAL`, `EDGE`, or both while it is migrated. */
  readonly endpointTypes: readonly string[];
  /** What it is as an edge-optimized one. */
  readonly edge?: EdgeEndpoint;
  readonly ipAddressType: string;
  readonly securityPolicy: string;
  readonly endpointAccessMode?: string;
  readonly routingMode: string;
  readonly status: string;
  /** When an update that is under way is over; made true by `tick`. */
  readonly updateDueAt?: Instant;
  readonly tags: Readonly<Record<string, string>>;
  /** By base path, `(none)` for the empty one. Undefined: not listed (observe lists only what concerns us). */
  readonly mappings: Table<BasePathMapping> | undefined;
}

export interface EdgeEndpoint {
  /** `d….cloudfront.net`, no trailing dot. */
  readonly distributionDomainName: string;
  /** In us-east-1. Undefined: it was not told. */
  readonly certificateArn?: string;
}

export interface BasePathMapping {
  readonly basePath: string;
  readonly restApiId: string;
  readonly stage?: string;
}

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly disableExecuteApiEndpoint: boolean;
  /** Stage names. Undefined: not listed. */
  readonly stages: readonly string[] | undefined;
  readonly createdAt?: Instant;
  /** Ids of the deployments that were made here. */
  readonly deployments?: readonly string[];
  /** By stage name: the deployment that it points to, where one was made here. */
  readonly stageDeployments?: Readonly<Record<string, string>>;
}
