import type { ServiceConstraints } from "../constraint.ts";

/** Lengths, ranges, patterns and values of members. Source: API Gateway API reference, each operation's page, checked 2026-11-23. */
export const API_GATEWAY_CONSTRAINTS: ServiceConstraints = {
  code: "BadRequestException",
  operations: {},
};
