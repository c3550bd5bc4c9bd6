import type { Step } from "../call.ts";
import { succeeded } from "../outcome.ts";
import { findLoadBalancer } from "./load-balancer.ts";

/**
 * No load balancer here has capacity reserved: reservations are not modelled.
 * Source: Elastic Load Balancing API reference "DescribeCapacityReservation", checked 2026-11-24.
 */
// Assumed: an answer without a minimum says so.
export const describeCapacityReservation: Step = (cloud, call) => {
  const { LoadBalancerArn: arn = "" } = call.input as { readonly LoadBalancerArn?: string };
  const sought = findLoadBalancer(cloud, call, arn);
  return "no" in sought ? sought.no : succeeded(cloud, { CapacityReservationState: [] });
};
