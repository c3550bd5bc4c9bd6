import type { Constraint, Constraints, ServiceConstraints } from "../constraint.ts";

const NAME: Constraint = { min: 1, max: 64, pattern: /[a-zA-Z0-9\-_]{1,64}/ };
const STAGE: Constraint = { values: ["DEVELOPMENT", "LIVE"] };
const CODE: Constraint = { min: 1, max: 40_960 };
const CONFIG: Constraint = { members: { Runtime: { values: ["cloudfront-js-1.0", "cloudfront-js-2.0"] } } };

const TAG_TEXT = /([\p{L}\p{Z}\p{N}_.:/=+\-@]*)/u;
const TAG_KEY: Constraint = { min: 1, max: 128, pattern: TAG_TEXT };
const TAGS: Constraint = {
  members: { Items: { each: { members: { Key: TAG_KEY, Value: { min: 0, max: 256, pattern: TAG_TEXT } } } } },
};

const RESOURCE: Constraint = { pattern: /arn:aws(-cn)?:cloudfront::[0-9]+:.*/ };

const BEHAVIOR: Constraint = {
  members: { ViewerProtocolPolicy: { values: ["allow-all", "https-only", "redirect-to-https"] } },
};

const DISTRIBUTION: Constraint = {
  members: {
    DefaultCacheBehavior: BEHAVIOR,
    CacheBehaviors: { members: { Items: { each: BEHAVIOR } } },
    PriceClass: { values: ["PriceClass_100", "PriceClass_200", "PriceClass_All", "None"] },
    HttpVersion: { values: ["http1.1", "http2", "http3", "http2and3"] },
    ConnectionMode: { values: ["direct", "tenant-only"] },
  },
};

const OF_FUNCTION: Constraints = { Name: NAME, Stage: STAGE };
const FUNCTION_CONTENT: Constraints = { Name: NAME, FunctionConfig: CONFIG, FunctionCode: CODE };

/** Lengths, ranges, patterns and values of members. Source: CloudFront API reference, each operation's page, checked 2026-11-24. */
export const CLOUDFRONT_CONSTRAINTS: ServiceConstraints = {
  code: "InvalidArgument",
  operations: {
    CreateFunction: { ...FUNCTION_CONTENT, Tags: TAGS },
    UpdateFunction: FUNCTION_CONTENT,
    DescribeFunction: OF_FUNCTION,
    GetFunction: OF_FUNCTION,
    PublishFunction: OF_FUNCTION,
    DeleteFunction: OF_FUNCTION,
    TestFunction: { ...OF_FUNCTION, EventObject: { min: 0, max: 40_960 } },
    ListFunctions: { Stage: STAGE },
    CreateDistribution: { DistributionConfig: DISTRIBUTION },
    CreateDistributionWithTags: {
      DistributionConfigWithTags: { members: { DistributionConfig: DISTRIBUTION, Tags: TAGS } },
    },
    UpdateDistribution: { DistributionConfig: DISTRIBUTION },
    ListConflictingAliases: {
      DistributionId: { min: 0, max: 25 },
      Alias: { min: 0, max: 253 },
      MaxItems: { max: 100 },
    },
    TagResource: { Resource: RESOURCE, Tags: TAGS },
    UntagResource: { Resource: RESOURCE, TagKeys: { members: { Items: { each: TAG_KEY } } } },
    ListTagsForResource: { Resource: RESOURCE },
  },
};
