import type { ServiceConstraints } from "../constraint.ts";

/** Lengths, ranges, patterns and values of members. Source: Resource Groups Tagging API reference, each operation's page, checked 2026-11-23. */
export const TAGGING_CONSTRAINTS: ServiceConstraints = {
  code: "InvalidParameterException",
  operations: {},
};
