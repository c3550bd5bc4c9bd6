import type { CodeEntry } from "./code-entry.ts";

/** Codes of what a manifest says of routing policies and of the records that follow them. In alphabetical order. */
export const routingCodes = [
  {
    code: "APEX_CNAME",
    severity: "error",
    title: "A CNAME at the apex of a zone",
    explanation:
      "A zone's apex has SOA and NS records, and DNS allows no record beside a CNAME, so Route 53 refuses one there.",
    fix: "Use `record: alias`, which may stand at an apex.",
  },
  {
    code: "RECORD_KEY",
    severity: "error",
    title: "A key that does not go with this kind of record",
    explanation:
      "`ttl` counts only with `record: cname`, since an alias record has the TTL of its target; `evaluateTargetHealth` counts only with `record: alias`, and Route 53 wants it to be true for a failover alias.",
    fix: "Remove the key, or change `record`.",
  },
  {
    code: "ROUTING_HEALTH",
    severity: "warning",
    title: "A health check that is missing, or changes nothing",
    explanation:
      "With `routing: failover` the secondary answers only while the health check of the primary fails, so without one it never does. With `routing: simple` there is nothing to choose: the only record is answered whatever its health.",
    fix: "Add a `healthCheck` to a name with `routing: failover`; remove it from one with `routing: simple`.",
  },
  {
    code: "ROUTING_KEY",
    severity: "error",
    title: "A key of another routing policy",
    explanation:
      "`weight` counts only with `routing: weighted` and `role` only with `routing: failover`. Skipped in silence, traffic would not go where the manifest seems to say.",
    fix: "Remove the key, or change `routing`.",
  },
  {
    code: "ROUTING_REGIONS",
    severity: "error",
    title: "A routing policy with the wrong number of Regions",
    explanation: "`failover` has exactly two Regions, a primary and a secondary, and `simple` has one.",
    fix: "Change the list of Regions, or use `routing: latency`.",
  },
  {
    code: "ROUTING_ROLES",
    severity: "error",
    title: "Two Regions with one role",
    explanation: "Route 53 takes one primary and one secondary record for a name.",
    fix: "Give one of the two the other role.",
  },
  {
    code: "ROUTING_WEIGHTS",
    severity: "error",
    title: "Weights that sum to 0",
    explanation:
      "A weight of 0 takes a Region out of the answers, but when all are 0 Route 53 answers with all of them alike: the contrary of what 0 asks for.",
    fix: "Give at least one Region a weight above 0. To take the name out of service, list it under `retire`.",
  },
] as const satisfies readonly CodeEntry[];
