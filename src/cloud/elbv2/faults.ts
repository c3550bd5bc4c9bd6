import type { Outcome } from "../call.ts";
import { refused } from "../outcome.ts";
import type { ElbResource } from "./arns.ts";

/**
 * Elastic Load Balancing's errors, all with status 400. Source: Elastic Load Balancing API reference (version
 * 2015-12-01), errors of each operation, checked 2026-11-24; the wordings are those that users report.
 */
// Assumed: the wordings, where no report shows them.
export const invalid = (message: string): Outcome => refused("ValidationError", message);

const CALLED: Readonly<Record<ElbResource, string>> = {
  loadbalancer: "load balancer",
  listener: "listener",
  "listener-rule": "listener rule",
  targetgroup: "target group",
  truststore: "trust store",
};

export const invalidArn = (arn: string, kind: ElbResource): Outcome =>
  invalid(`'${arn}' is not a valid ${CALLED[kind]} ARN`);

export const noLoadBalancers = (missing: readonly string[]): Outcome =>
  refused("LoadBalancerNotFound", `Load balancers '[${missing.join(", ")}]' not found`);

export const noListener = (): Outcome => refused("ListenerNotFound", "One or more listeners not found");

export const noTargetGroup = (): Outcome => refused("TargetGroupNotFound", "One or more target groups not found");

export const noRule = (): Outcome => refused("RuleNotFound", "One or more rules not found");

export const noCertificate = (arn: string): Outcome => refused("CertificateNotFound", `Certificate '${arn}' not found`);

export const noPolicy = (name: string): Outcome => refused("SSLPolicyNotFound", `SSL policy '${name}' not found`);

export const notPermitted = (message: string): Outcome => refused("OperationNotPermitted", message);

export const misconfigured = (message: string): Outcome => refused("InvalidConfigurationRequest", message);
