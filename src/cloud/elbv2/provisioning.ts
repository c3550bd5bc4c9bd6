import type { RegionalState } from "../cloud.ts";
import type { Instant } from "../instant.ts";
import type { LoadBalancer } from "./load-balancing.ts";

/**
 * The Region with every load balancer active that is due by `now`.
 * Source: Elastic Load Balancing API reference "LoadBalancerState", checked 2026-11-24.
 */
export function tickLoadBalancers(state: RegionalState, now: Instant): RegionalState {
  if (state.loadBalancing === undefined || nextLoadBalancerEvent(state) > now) return state;
  let { loadBalancers } = state.loadBalancing;
  for (const balancer of loadBalancers) {
    if (balancer.activeDueAt !== undefined && balancer.activeDueAt <= now)
      loadBalancers = loadBalancers.set(balancer.arn, active(balancer));
  }
  return { ...state, loadBalancing: { ...state.loadBalancing, loadBalancers } };
}

export const active = ({ activeDueAt: _due, ...balancer }: LoadBalancer): LoadBalancer => ({
  ...balancer,
  state: "active",
});

/** When the next load balancer is active; Infinity when none is on its way. */
export function nextLoadBalancerEvent({ loadBalancing }: RegionalState): Instant {
  let due = Infinity;
  for (const { activeDueAt = Infinity } of loadBalancing?.loadBalancers ?? []) due = Math.min(due, activeDueAt);
  return due;
}
