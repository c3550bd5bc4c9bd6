import type { ServiceConstraints } from "../constraint.ts";
import { RESOURCES_PER_PAGE_MAX } from "./limits.ts";

/** Lengths and ranges of members. Source: Resource Groups Tagging API reference "GetResources" and "TagFilter", checked 2026-11-23. */
export const TAGGING_CONSTRAINTS: ServiceConstraints = {
  code: "InvalidParameterException",
  operations: {
    GetResources: {
      PaginationToken: { max: 2_048 },
      TagFilters: {
        max: 50,
        each: { members: { Key: { min: 1, max: 128 }, Values: { max: 20, each: { max: 256 } } } },
      },
      ResourceTypeFilters: { each: { max: 256 } },
      ResourcesPerPage: { min: 1, max: RESOURCES_PER_PAGE_MAX },
      ResourceARNList: { min: 1, max: 100, each: { min: 1, max: 1_011 } },
    },
  },
};
