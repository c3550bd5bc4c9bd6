import type { Region } from "../cloud/call.ts";
import type { HealthCheck } from "../cloud/cloud.ts";
import { address, namePart } from "./address.ts";
import type { Address } from "./address.ts";
import { shortHash } from "./ownership.ts";
import type { Owner } from "./ownership.ts";
import type { NameSpec } from "./swap.ts";

/** The check of an endpoint, or the gate (a CALCULATED check) above it. Its identity is the endpoint, never its settings. */
export interface HealthCheckSpec extends NameSpec {
  readonly role: "endpoint" | "gate";
  readonly region: Region;
  /** The endpoint's own host, no trailing dot. */
  readonly host: string;
  /** Shared by the names behind the endpoint, or the name's own. */
  readonly shared: boolean;
  readonly path: string;
  readonly searchString: string | undefined;
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  /** Of a gate. */
  readonly child: HealthCheckSpec | undefined;
  /** Set where one certain check is meant (a deletion). */
  readonly id?: string;
}

export type CheckIdentity = Pick<HealthCheckSpec, "role" | "region" | "host" | "shared" | "name" | "owner">;

export function healthCheckAddress(spec: CheckIdentity): Address {
  const parts = [spec.region, spec.host, ...(spec.shared ? [] : [namePart(spec.name)])];
  return address(spec.role === "gate" ? "gate" : "health-check", ...parts);
}

const manifestPrefix = (owner: Owner): string => `sb1.${owner.manifest}.`;

/** Whether a check was made by this manifest; which of its checks it is, and of which scope, only the hash tells. */
export const isOfManifest = (check: HealthCheck | undefined, owner: Owner): boolean =>
  check?.CallerReference.startsWith(manifestPrefix(owner)) === true;

/** All references of one check start with this; the generation follows. At most 64 characters in all (CreateHealthCheck, checked 2026-11-23). */
export function referencePrefix(spec: CheckIdentity): string {
  return `${manifestPrefix(spec.owner)}${shortHash(`${spec.owner.scope} ${healthCheckAddress(spec)}`, 20)}.`;
}
