import type { Call } from "../../cloud/call.ts";
import { accountOf } from "../../cloud/edit.ts";
import { textIn } from "../batch.ts";
import { nowhere } from "../proof.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/**
 * A gate whose threshold is above the number of its children is how a drill fails a Region: it is left alone.
 * Source: Route 53 API Reference, HealthCheckConfig, HealthThreshold (above the number of children: always unhealthy), checked 2026-11-23.
 */
export const drillUndisturbed = {
  code: "DRILL_DISTURBED",
  allows(call: Call, at: Reachable) {
    if (call.operation !== "UpdateHealthCheck" && call.operation !== "DeleteHealthCheck") return [];
    const id = textIn(call, "HealthCheckId") ?? "";
    const config = accountOf(at.cloud, call.account).healthChecks.get(id)?.HealthCheckConfig;
    const children = config?.ChildHealthChecks ?? [];
    if (config?.Type !== "CALCULATED" || (config.HealthThreshold ?? 0) <= children.length) return [];
    return [
      {
        code: "DRILL_DISTURBED",
        name: at.names[0]?.name ?? nowhere,
        viewpoint: undefined,
        message: `${call.operation} would touch the gate ${id}, which is under a failover drill: its threshold is ${config.HealthThreshold ?? 0}, and it has ${children.length === 1 ? "1 child" : `${children.length} children`}.`,
        help: "Let the drill end, or bring the Region back, and run the command again.",
      },
    ];
  },
} satisfies Invariant;
