import type { Outcome } from "../call.ts";
import { invalid } from "./faults.ts";
import { ELB_LENGTHS } from "./limits.ts";

/**
 * Why a load balancer or a target group may not be called that.
 * Source: Elastic Load Balancing API reference "CreateLoadBalancer" and "CreateTargetGroup" (Name), checked 2026-11-24.
 */
export function nameFault(name: string, what: "load balancer" | "target group"): Outcome | undefined {
  const called = `The ${what} name '${name}'`;
  if (name.length > ELB_LENGTHS.name)
    return invalid(`${called} cannot be longer than '${ELB_LENGTHS.name}' characters`);
  if (!/^[A-Za-z0-9-]+$/.test(name))
    return invalid(`${called} can only contain characters that are alphanumeric characters and hyphens(-)`);
  if (/^-|-$/.test(name)) return invalid(`${called} cannot begin or end with a hyphen(-)`);
  return what === "load balancer" && name.startsWith("internal-")
    ? invalid(`${called} cannot begin with 'internal-'`)
    : undefined;
}
