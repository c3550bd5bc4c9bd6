import type { ServiceConstraints } from "../constraint.ts";

/** Lengths, ranges and patterns of members. Source: STS API reference "AssumeRole", checked 2026-11-23. */
export const STS_CONSTRAINTS: ServiceConstraints = {
  code: "ValidationError",
  operations: {
    AssumeRole: {
      RoleArn: { min: 20, max: 2_048 },
      RoleSessionName: { min: 2, max: 64, pattern: /[\w+=,.@-]*/ },
      ExternalId: { min: 2, max: 1_224, pattern: /[\w+=,.@:/-]*/ },
      DurationSeconds: { min: 900, max: 43_200 },
    },
  },
};
