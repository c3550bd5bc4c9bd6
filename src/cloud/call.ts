import type { Cloud } from "./cloud.ts";
import type { RunEdgeFunction } from "./cloudfront/edge-run.ts";
import type { Instant } from "./instant.ts";

/** Twelve digits. */
export type AccountId = string;
/** An AWS Region's code, such as `us-east-1`. Global services are addressed through `us-east-1`. */
export type Region = string;

/** What a Call may be addressed to. `probe` is not AWS: it is the direct check of an endpoint over TLS and HTTP before it is published. */
export type Service = "route53" | "acm" | "apigateway" | "elbv2" | "tagging" | "cloudfront" | "sts" | "probe";

/**
 * One request to AWS, as data: the waist of the whole program.
 * `operation` and `input` are AWS's own names and shapes (what the SDK command of that name takes), with
 * instants as numbers and blobs as Uint8Array.
 */
export interface Call {
  readonly account: AccountId;
  readonly region: Region;
  readonly service: Service;
  readonly operation: string;
  readonly input: unknown;
  /**
   * The date that its signature is to have, in place of the time at which it is sent: AWS refuses it once that is too
   * long ago (cloud/signature.ts). Such a call is sent once and never again.
   */
  readonly signedAt?: Instant;
}

/** AWS said no. Data, never thrown by the model; `code` and `message` are AWS's own. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** HTTP status. */
  readonly status: number;
  readonly retryAfterSeconds?: number;
}

/** What the model of AWS answers to a Call. A fault changes nothing. */
export type Outcome =
  | { readonly ok: true; readonly cloud: Cloud; readonly output: unknown }
  | { readonly ok: false; readonly fault: Fault };

/** What the world answers to a Call. `unknown`: the answer was lost, the effect may or may not have happened. */
export type Answer =
  | { readonly ok: true; readonly output: unknown; readonly at: Instant }
  | { readonly ok: false; readonly fault: Fault; readonly at: Instant }
  | { readonly ok: "unknown"; readonly reason: string; readonly at: Instant };

/** The one way out to the world: live AWS, the embedded AWS, or a simulation. `at` is the server's Date. */
export type Send = (call: Call) => Promise<Answer>;

/** Identifiers that AWS would make up. */
export type IdPurpose =
  | "change"
  | "hosted-zone"
  | "health-check"
  | "certificate"
  | "regional-domain"
  /** API Gateway's hosted zone in a Region: a constant of the Region, told by outputs; "" when not told. */
  | "regional-zone"
  | "delegation-set"
  | "rest-api"
  | "deployment"
  | "load-balancer"
  /** What tells the DNS names of load balancers of one name apart. */
  | "load-balancer-host"
  | "listener"
  | "target-group"
  | "distribution"
  /** The first label of a distribution's domain name. */
  | "distribution-domain"
  /** Of a version of a CloudFront function or distribution. */
  | "etag"
  /** Of the version of a function that is published. */
  | "live-etag"
  | "request";

/** A source of identifiers for one call: the same purpose asked again within one call gives the same identifier. */
export type Ids = (purpose: IdPurpose) => string;

/**
 * The meaning of AWS: same arguments, same outcome. Time is in the cloud (`tick` it first). `run`: what runs the code of
 * CloudFront functions; without it they cannot be tested.
 */
export type Step = (cloud: Cloud, call: Call, ids: Ids, run?: RunEdgeFunction) => Outcome;
