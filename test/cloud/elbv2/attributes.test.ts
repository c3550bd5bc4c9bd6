import { expect, test } from "vitest";
import { after, does, elb, estate, fails } from "./estate.ts";

const { cloud, balancer, listener, group } = estate();
const KINDS = [
  ["LoadBalancer", { LoadBalancerArn: balancer.arn }, "idle_timeout.timeout_seconds", "60"],
  ["Listener", { ListenerArn: listener.arn }, "routing.http.response.server.enabled", "true"],
  ["TargetGroup", { TargetGroupArn: group }, "deregistration_delay.timeout_seconds", "300"],
] as const;

/** So many attributes of a load balancer an answer has at most: API reference, DescribeLoadBalancerAttributes. */
const SHOWN_MAX = 20;

test.each(KINDS)("%s: attributes have their defaults, and change one by one", (kind, of, Key, Value) => {
  const told = (at: typeof cloud) =>
    does(at, elb(`Describe${kind}Attributes`, of)).output["Attributes"] as readonly object[];
  expect(told(cloud)).toContainEqual({ Key, Value });
  if (kind === "LoadBalancer") expect(told(cloud).length).toBeLessThanOrEqual(SHOWN_MAX);
  const change = (Attributes: readonly object[]) => elb(`Modify${kind}Attributes`, { ...of, Attributes });
  const changed = after(cloud, change([{ Key, Value: "7" }]));
  expect(told(changed)).toContainEqual({ Key, Value: "7" });
  expect(told(changed)).toHaveLength(told(cloud).length);
  expect(fails(cloud, change([{ Key: "no.such", Value: "1" }])).message).toMatch(/'no\.such' is not recognized/);
});

test("no capacity is reserved", () => {
  const ask = (LoadBalancerArn: string) => elb("DescribeCapacityReservation", { LoadBalancerArn });
  expect(does(cloud, ask(balancer.arn)).output).toEqual({ CapacityReservationState: [] });
  expect(fails(cloud, ask(`${balancer.arn}0`)).code).toBe("LoadBalancerNotFound");
});

test.each(KINDS)("%s: one that is not there has none", (kind, of) => {
  const unknown = Object.fromEntries(Object.entries(of).map(([name, arn]) => [name, `${arn}0`]));
  for (const operation of [`Describe${kind}Attributes`, `Modify${kind}Attributes`])
    expect(fails(cloud, elb(operation, { ...unknown, Attributes: [] })).code).toBe(`${kind}NotFound`);
});
