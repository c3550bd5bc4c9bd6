import { ACM } from "./acm/acm.ts";
import { ACM_CONSTRAINTS } from "./acm/constraints.ts";
import { API_GATEWAY } from "./apigateway/apigateway.ts";
import { API_GATEWAY_CONSTRAINTS } from "./apigateway/constraints.ts";
import type { Service, Step } from "./call.ts";
import { CLOUDFRONT } from "./cloudfront/cloudfront.ts";
import { CLOUDFRONT_CONSTRAINTS } from "./cloudfront/constraints.ts";
import { constraintFault } from "./constraint.ts";
import { ELB_CONSTRAINTS } from "./elbv2/constraints.ts";
import { ELBV2 } from "./elbv2/elbv2.ts";
import { expiredFault } from "./signature.ts";
import type { ServiceConstraints } from "./constraint.ts";
import { notEmulated } from "./outcome.ts";
import { PROBE } from "./probe.ts";
import { ROUTE53_CONSTRAINTS } from "./route53/constraints.ts";
import { route53Operations } from "./route53/route53.ts";
import { STS_CONSTRAINTS } from "./sts/constraints.ts";
import { STS } from "./sts/sts.ts";
import { TAGGING_CONSTRAINTS } from "./tagging/constraints.ts";
import { TAGGING } from "./tagging/get-resources.ts";
import { withTagChange } from "./tagging/tag-changes.ts";

const STEPS: Readonly<Record<Service, Readonly<Record<string, Step>>>> = {
  route53: route53Operations,
  acm: ACM,
  apigateway: API_GATEWAY,
  elbv2: ELBV2,
  tagging: TAGGING,
  cloudfront: CLOUDFRONT,
  sts: STS,
  probe: PROBE,
};

/** What each service's front end demands of a request before the service itself looks at it. */
const CONSTRAINTS: Readonly<Partial<Record<Service, ServiceConstraints>>> = {
  route53: ROUTE53_CONSTRAINTS,
  acm: ACM_CONSTRAINTS,
  apigateway: API_GATEWAY_CONSTRAINTS,
  elbv2: ELB_CONSTRAINTS,
  tagging: TAGGING_CONSTRAINTS,
  cloudfront: CLOUDFRONT_CONSTRAINTS,
  sts: STS_CONSTRAINTS,
};

/** The meaning of AWS: what becomes of the Cloud by this call, and what AWS answers. What is not modelled is refused by name. */
export const step: Step = (cloud, call, ids, run) => {
  const known = Object.hasOwn(STEPS[call.service], call.operation) ? STEPS[call.service][call.operation] : undefined;
  if (known === undefined) return notEmulated(call);
  const constraints = CONSTRAINTS[call.service];
  const fault =
    expiredFault(call, cloud.now) ?? (constraints === undefined ? undefined : constraintFault(constraints, call));
  if (fault !== undefined) return { ok: false, fault };
  const outcome = known(cloud, call, ids, run);
  return outcome.ok ? withTagChange(cloud, call, outcome) : outcome;
};

/** Every operation that `step` knows, as `service:Operation`, sorted. */
export function modelledOperations(): readonly string[] {
  return Object.entries(STEPS)
    .flatMap(([service, steps]) => Object.keys(steps).map((operation) => `${service}:${operation}`))
    .toSorted();
}
