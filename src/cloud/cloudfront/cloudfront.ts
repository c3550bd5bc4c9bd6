import type { Step } from "../call.ts";
import { listConflictingAliases } from "./aliases.ts";
import {
  createDistribution,
  createDistributionWithTags,
  deleteDistribution,
  getDistribution,
  getDistributionConfig,
  listDistributions,
  updateDistribution,
} from "./distributions.ts";
import {
  createFunction,
  deleteFunction,
  describeFunction,
  getFunction,
  listFunctions,
  publishFunction,
  updateFunction,
} from "./edge-functions.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { testFunction } from "./test-function.ts";

/** CloudFront: its modelled operations. */
export const CLOUDFRONT: Readonly<Record<string, Step>> = {
  CreateFunction: createFunction,
  DescribeFunction: describeFunction,
  GetFunction: getFunction,
  UpdateFunction: updateFunction,
  PublishFunction: publishFunction,
  TestFunction: testFunction,
  DeleteFunction: deleteFunction,
  ListFunctions: listFunctions,
  CreateDistribution: createDistribution,
  CreateDistributionWithTags: createDistributionWithTags,
  GetDistribution: getDistribution,
  GetDistributionConfig: getDistributionConfig,
  UpdateDistribution: updateDistribution,
  DeleteDistribution: deleteDistribution,
  ListDistributions: listDistributions,
  ListConflictingAliases: listConflictingAliases,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
