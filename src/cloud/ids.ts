import { createHash } from "node:crypto";
import type { Call, IdPurpose, Ids } from "./call.ts";

/**
 * Identifiers made of a seed: deterministic, and shaped as AWS's own are. The same seed always gives the same
 * ones, so the caller puts something that never repeats into it (a counter, or the call and the time).
 * "certificate" gives the UUID at the end of the ARN, "regional-domain" the first label of the regional domain name.
 */
export function hashIds(seed: string): Ids {
  return (purpose) => shape(purpose, createHash("sha256").update(`${purpose} ${seed}`).digest());
}

/** What `ids` gave AWS's own way in a real output, so that folding that outcome into the model gives AWS's identifiers. */
export function idsOf(call: Call, output: unknown): Ids {
  const real = realIds(call.operation, output);
  const made = hashIds(JSON.stringify(call));
  return (purpose) => real[purpose] ?? made(purpose);
}

function shape(purpose: IdPurpose, bytes: Buffer): string {
  switch (purpose) {
    case "hosted-zone":
      return `Z${letters(bytes, UPPER, 20)}`;
    case "change":
      return `C${letters(bytes, UPPER, 20)}`;
    case "delegation-set":
      return `N${letters(bytes, UPPER, 20)}`;
    case "regional-domain":
      return `d-${letters(bytes, LOWER, 10)}`;
    case "regional-zone":
      return "";
    case "rest-api":
      return letters(bytes, LOWER, 10);
    case "deployment":
      return letters(bytes, LOWER, 6);
    case "load-balancer":
    case "load-balancer-host":
    case "listener":
    case "target-group":
      return bytes.toString("hex").slice(0, 16);
    case "distribution":
    case "etag":
    case "live-etag":
      return `E${letters(bytes, UPPER, 13)}`;
    case "distribution-domain":
      return `d${letters(bytes, LOWER, 13)}`;
    case "health-check":
    case "certificate":
    case "request":
      return uuid(bytes);
  }
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";

/** One character for each byte. */
function letters(bytes: Uint8Array, alphabet: string, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

/** Version 4 as far as its shape goes. */
function uuid(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  const variant = "89ab".charAt((bytes[8] ?? 0) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

type RealIds = Partial<Record<IdPurpose, string | undefined>>;

function realIds(operation: string, output: unknown): RealIds {
  const at = (...path: readonly string[]): string | undefined => textAt(output, path);
  switch (operation) {
    case "CreateHostedZone":
      return {
        "hosted-zone": lastPart(at("HostedZone", "Id")),
        "delegation-set": lastPart(at("DelegationSet", "Id")),
        change: lastPart(at("ChangeInfo", "Id")),
      };
    case "ChangeResourceRecordSets":
    case "DeleteHostedZone":
      return { change: lastPart(at("ChangeInfo", "Id")) };
    case "CreateHealthCheck":
      return { "health-check": lastPart(at("HealthCheck", "Id")) };
    case "RequestCertificate":
      return { certificate: lastPart(at("CertificateArn")) };
    case "CreateDomainName":
    case "UpdateDomainName":
      return {
        "regional-domain": at("regionalDomainName")?.split(".", 1)[0],
        "regional-zone": at("regionalHostedZoneId"),
      };
    case "CreateDistribution":
    case "CreateDistributionWithTags":
      return {
        distribution: at("Distribution", "Id"),
        "distribution-domain": at("Distribution", "DomainName")?.split(".", 1)[0],
        etag: at("ETag"),
      };
    case "CreateFunction":
    case "UpdateFunction":
    case "UpdateDistribution":
      return { etag: at("ETag") };
    case "CreateLoadBalancer":
      return { "load-balancer": lastPart(at("LoadBalancers", "0", "LoadBalancerArn")) };
    case "CreateListener":
      return { listener: lastPart(at("Listeners", "0", "ListenerArn")) };
    case "CreateTargetGroup":
      return { "target-group": lastPart(at("TargetGroups", "0", "TargetGroupArn")) };
    default:
      return {};
  }
}

/** Outputs carry `/hostedzone/Z…` and `/change/C…`, and ARNs end in `/<id>`. */
function lastPart(id: string | undefined): string | undefined {
  return id?.slice(id.lastIndexOf("/") + 1);
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return typeof at === "string" && at !== "" ? at : undefined;
}
