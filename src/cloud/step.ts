import { ACM } from "./acm/acm.ts";
import { API_GATEWAY } from "./apigateway/apigateway.ts";
import type { Service, Step } from "./call.ts";
import { notEmulated } from "./outcome.ts";
import { PROBE } from "./probe.ts";
import { route53Operations } from "./route53/route53.ts";
import { STS } from "./sts.ts";
import { TAGGING } from "./tagging/get-resources.ts";

const STEPS: Readonly<Record<Service, Readonly<Record<string, Step>>>> = {
  route53: route53Operations,
  acm: ACM,
  apigateway: API_GATEWAY,
  tagging: TAGGING,
  sts: STS,
  probe: PROBE,
};

/** The meaning of AWS: what becomes of the Cloud by this call, and what AWS answers. What is not modelled is refused by name. */
export const step: Step = (cloud, call, ids) => {
  const known = Object.hasOwn(STEPS[call.service], call.operation) ? STEPS[call.service][call.operation] : undefined;
  return known === undefined ? notEmulated(call) : known(cloud, call, ids);
};

/** Every operation that `step` knows, as `service:Operation`, sorted. */
export function modelledOperations(): readonly string[] {
  return Object.entries(STEPS)
    .flatMap(([service, steps]) => Object.keys(steps).map((operation) => `${service}:${operation}`))
    .toSorted();
}
