import { quoted } from "./draft.ts";
import type { Draft, Routing } from "./draft.ts";
import type { Report } from "./report.ts";

/** What a Region says only under one policy. */
const ONLY = [
  { key: "weight", routing: "weighted" },
  { key: "role", routing: "failover" },
] as const;

export function regionsFollowThePolicy({ apis, incomplete }: Draft, report: Report): void {
  for (const api of apis) {
    for (const part of api.regions) {
      for (const { key, routing } of ONLY) {
        if (part[key] !== undefined && api.routing !== routing) {
          const message = `\`${key}\` counts only with \`routing: ${routing}\`, and this name has \`routing: ${api.routing}\`.`;
          report(
            { code: "ROUTING_KEY", message, help: `Remove \`${key}\`, or change \`routing\`.` },
            [...part.path, key],
            "key",
          );
        }
        if (part[key] === undefined && api.routing === routing && !incomplete.has("apis")) {
          const message = `\`${part.region}\` has no \`${key}\`, which \`routing: ${routing}\` needs.`;
          const help = key === "weight" ? "Add `weight:`, 0 to 255." : "Add `role: primary` or `role: secondary`.";
          report({ code: "MISSING_KEY", message, help }, part.path, "key");
        }
      }
    }
  }
}

/** Route 53 Developer Guide, "Values specific for weighted records"; checked 2026-11-23. */
export function weightsDoNotSumToZero({ apis }: Draft, report: Report): void {
  for (const { name, routing, regions, path } of apis) {
    if (routing !== "weighted" || regions.length === 0 || !regions.every(({ weight }) => weight === 0)) continue;
    const message = `The weights of ${quoted(name)} sum to 0, and Route 53 then answers with every Region alike.`;
    const help = "Give at least one Region a weight above 0; to take the name out of service, list it under `retire`.";
    report({ code: "ROUTING_WEIGHTS", message, help }, [...path, "regions"], "key");
  }
}

/** How many Regions a policy needs. Failover: Route 53 Developer Guide, "Values specific for failover records"; checked 2026-11-23. */
const COUNTS = new Map<Routing, { readonly count: number; readonly why: string; readonly help: string }>([
  [
    "failover",
    {
      count: 2,
      why: "has two Regions, a primary and a secondary",
      help: "Keep two Regions, or use `routing: latency` with a health check, which fails over among any number.",
    },
  ],
  ["simple", { count: 1, why: "has one Region", help: "Keep one Region, or use `routing: latency`." }],
]);

export function policyHasItsRegions({ apis, incomplete }: Draft, report: Report): void {
  for (const { name, routing, regions, path } of apis) {
    const needs = COUNTS.get(routing);
    const count = regions.length;
    if (needs === undefined || count === 0 || count === needs.count) continue;
    if (count < needs.count && incomplete.has("apis")) continue;
    const message = `\`routing: ${routing}\` ${needs.why}; ${quoted(name)} has ${count}.`;
    report({ code: "ROUTING_REGIONS", message, help: needs.help }, [...path, "regions"], "key");
  }
}

export function rolesAreDistinct({ apis }: Draft, report: Report): void {
  for (const { routing, regions } of apis) {
    if (routing !== "failover") continue;
    const first = new Map<string, string>();
    const free = ["primary", "secondary"].filter((role) => regions.every((each) => each.role !== role));
    for (const { region, role, path } of regions) {
      if (role === undefined) continue;
      const other = first.get(role);
      first.set(role, other ?? region);
      if (other === undefined) continue;
      const message = `\`${region}\` is the ${role} Region, and \`${other}\` is already.`;
      const help = free[0] === undefined ? "Remove one of the two." : `Write \`role: ${free[0]}\` in one of the two.`;
      report({ code: "ROUTING_ROLES", message, help }, [...path, "role"]);
    }
  }
}

/**
 * Without a check the primary counts as healthy for ever, and one record is answered whatever its health.
 * Source: Route 53 API Reference, ResourceRecordSet, Failover and HealthCheckId; checked 2026-11-24.
 */
export function healthDecides({ apis, file, incomplete }: Draft, report: Report): void {
  for (const { name, routing, path } of apis) {
    const written = file.apis?.[path[1] ?? ""]?.healthCheck !== undefined;
    if (routing === "failover" && !written && !incomplete.has("apis")) {
      const message = `${quoted(name)} has no \`healthCheck\`: Route 53 takes its primary for healthy, and never answers with the secondary.`;
      report({ code: "ROUTING_HEALTH", message, help: "Add a `healthCheck`." }, [...path, "routing"]);
    }
    if (routing === "simple" && written) {
      const message = `The health check of ${quoted(name)} changes no answer: \`routing: simple\` has one record, which is answered whatever its health.`;
      const help = "Remove it, or use `routing: latency`.";
      report({ code: "ROUTING_HEALTH", message, help }, [...path, "healthCheck"], "key");
    }
  }
}

/** RFC 1034 §3.6.2: nothing may stand beside a CNAME, and at an apex SOA and NS do. */
export function apexIsNoCname({ apis, zones }: Draft, report: Report): void {
  const apexes = new Set(zones.map((zone) => zone.name));
  for (const { name, record, path } of apis) {
    if (record !== "cname" || !apexes.has(name)) continue;
    const message = `${quoted(name)} is the apex of its zone, which has SOA and NS records, and a CNAME allows no record beside it.`;
    report({ code: "APEX_CNAME", message, help: "Use `record: alias`." }, [...path, "record"]);
  }
}

/** Alias records have no TTL, others no target's health, which failover aliases must have. Source: Route 53 API Reference, ResourceRecordSet; checked 2026-11-24. */
export function recordHasItsKeys({ apis, file }: Draft, report: Report): void {
  for (const { record, routing, path } of apis) {
    const section = file.apis?.[path[1] ?? ""];
    if (record === "alias" && section?.ttl !== undefined) {
      const message = "`ttl` counts only with `record: cname`: an alias record has the TTL of its target.";
      report({ code: "RECORD_KEY", message, help: "Remove `ttl`." }, [...path, "ttl"], "key");
    }
    if (record === "cname" && section?.evaluateTargetHealth === true) {
      const message = "`evaluateTargetHealth` counts only with `record: alias`: a CNAME has no target to evaluate.";
      const help = "Remove it, and give the name a `healthCheck`.";
      report({ code: "RECORD_KEY", message, help }, [...path, "evaluateTargetHealth"], "key");
    }
    if (record === "alias" && routing === "failover" && section?.evaluateTargetHealth === false) {
      const message = "A failover alias needs `evaluateTargetHealth: true`, its default.";
      report({ code: "RECORD_KEY", message, help: "Remove it." }, [...path, "evaluateTargetHealth"], "key");
    }
  }
}
