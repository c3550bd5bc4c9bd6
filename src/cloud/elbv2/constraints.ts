import type { Constraint, Constraints, ServiceConstraints } from "../constraint.ts";
import { ELB_LENGTHS } from "./limits.ts";

const PAGE: Constraints = { PageSize: { min: 1, max: ELB_LENGTHS.pageMaximum } };

const PORT: Constraint = { min: 1, max: 65_535 };

const PROTOCOL: Constraint = {
  values: ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"],
};

const TAG_TEXT = /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u;
const TAG_KEY: Constraint = { min: 1, max: ELB_LENGTHS.tagKey, pattern: TAG_TEXT };

const TAGS: Constraint = {
  min: 1,
  each: { members: { Key: TAG_KEY, Value: { max: ELB_LENGTHS.tagValue, pattern: TAG_TEXT } } },
};

const LOAD_BALANCER_TYPE: Constraint = { values: ["application", "network", "gateway"] };

const ACTIONS: Constraint = {
  each: {
    members: {
      Type: {
        values: [
          "forward",
          "authenticate-oidc",
          "authenticate-cognito",
          "redirect",
          "fixed-response",
          "jwt-validation",
        ],
      },
      Order: { min: 1, max: 50_000 },
      RedirectConfig: {
        members: {
          Protocol: { pattern: /^(HTTPS?|#\{protocol\})$/ },
          Host: { min: 1, max: 128 },
          Path: { min: 1, max: 128 },
          Query: { min: 0, max: 128 },
          StatusCode: { values: ["HTTP_301", "HTTP_302"] },
        },
      },
      FixedResponseConfig: {
        members: {
          MessageBody: { min: 0, max: 1_024 },
          StatusCode: { pattern: /^(2|4|5)\d\d$/ },
          ContentType: { min: 0, max: 32 },
        },
      },
    },
  },
};

const LISTENER: Constraints = { Port: PORT, Protocol: PROTOCOL, DefaultActions: ACTIONS };

const TARGETS: Constraints = { Targets: { each: { members: { Port: PORT } } } };

const ATTRIBUTES: Constraints = {
  Attributes: { each: { members: { Key: { max: 256, pattern: /^[a-zA-Z0-9._]+$/ }, Value: { max: 1_024 } } } },
};

const TARGET_GROUP: Constraints = {
  Protocol: PROTOCOL,
  Port: PORT,
  HealthCheckProtocol: PROTOCOL,
  HealthCheckPath: { min: 1, max: 1_024 },
  HealthCheckIntervalSeconds: { min: 5, max: 300 },
  HealthCheckTimeoutSeconds: { min: 2, max: 120 },
  HealthyThresholdCount: { min: 2, max: 10 },
  UnhealthyThresholdCount: { min: 2, max: 10 },
  TargetType: { values: ["instance", "ip", "lambda", "alb"] },
  Tags: TAGS,
  IpAddressType: { values: ["ipv4", "ipv6"] },
};

/** Ranges, patterns and values of members. Source: Elastic Load Balancing API reference, each operation's page, checked 2026-11-24. */
export const ELB_CONSTRAINTS: ServiceConstraints = {
  code: "ValidationError",
  operations: {
    CreateLoadBalancer: {
      Scheme: { values: ["internet-facing", "internal"] },
      Tags: TAGS,
      Type: LOAD_BALANCER_TYPE,
      IpAddressType: { values: ["ipv4", "dualstack", "dualstack-without-public-ipv4"] },
    },
    DescribeLoadBalancers: PAGE,
    CreateListener: { ...LISTENER, Tags: TAGS },
    ModifyListener: LISTENER,
    DescribeListeners: PAGE,
    DescribeListenerCertificates: PAGE,
    DescribeRules: PAGE,
    CreateTargetGroup: TARGET_GROUP,
    DescribeTargetGroups: PAGE,
    RegisterTargets: TARGETS,
    DeregisterTargets: TARGETS,
    DescribeTargetHealth: { ...TARGETS, Include: { each: { values: ["AnomalyDetection", "All"] } } },
    DescribeAccountLimits: PAGE,
    DescribeSSLPolicies: { ...PAGE, LoadBalancerType: LOAD_BALANCER_TYPE },
    AddTags: { Tags: TAGS },
    RemoveTags: { TagKeys: { each: TAG_KEY } },
    ModifyLoadBalancerAttributes: ATTRIBUTES,
    ModifyListenerAttributes: ATTRIBUTES,
    ModifyTargetGroupAttributes: ATTRIBUTES,
  },
};
