import { expect, test } from "vitest";
import type { Call } from "../../../src/cloud/call.ts";
import { learn } from "../../../src/cloud/learn.ts";
import { SUBNETS, after, all, arnOf, certificates, does, elb, estate, fails, now } from "./estate.ts";

const { cloud: plain, balancer, listener, group } = estate();
const known = after(
  plain,
  certificates("AddListenerCertificates", listener, arnOf(2)),
  elb("CreateLoadBalancer", { Name: "other", Subnets: SUBNETS }),
);

/** What a Cloud that knows all that was there learns of a refusal by what is there. */
const learnt = (made: Call, ...gone: readonly Call[]) => learn(known, made, fails(after(known, ...gone), made));
const names = (cloud: typeof known) => [...all(cloud).loadBalancers].map(({ name }) => name);

const noBalancer = elb("DeleteLoadBalancer", { LoadBalancerArn: balancer.arn });
const noListener = elb("DeleteListener", { ListenerArn: listener.arn });

test("a load balancer that is not found is gone with its listeners, whichever way it was asked for", () => {
  for (const input of [{ Names: ["web"] }, { Names: ["other", "web"] }, { LoadBalancerArns: [balancer.arn] }]) {
    const next = learnt(elb("DescribeLoadBalancers", input), noBalancer);
    expect([names(next), all(next).listeners.size]).toEqual([["other"], 0]);
  }
  const next = learnt(elb("DescribeListeners", { LoadBalancerArn: balancer.arn }), noBalancer);
  expect(names(next)).toEqual(["other"]);
});

test("a listener that is not found is gone; of several nobody knows which", () => {
  const add = certificates("AddListenerCertificates", listener, arnOf(2));
  expect(all(learnt(add, noListener)).listeners.size).toBe(0);
  const two = elb("DescribeListeners", { ListenerArns: [listener.arn, `${listener.arn}0`] });
  expect(learnt(two, noListener)).toBe(known);
});

test("a target group that is not found is gone", () => {
  const health = elb("DescribeTargetHealth", { TargetGroupArn: group });
  const gone = learnt(health, noListener, elb("DeleteTargetGroup", { TargetGroupArn: group }));
  expect(all(gone).targetGroups.size).toBe(0);
});

test("a certificate that is not in the list is not in the list; one that is not found elsewhere tells nothing", () => {
  const remove = certificates("RemoveListenerCertificates", listener, arnOf(2));
  expect(now(learnt(remove, remove), listener)?.certificates).toEqual([]);
  const add = certificates("AddListenerCertificates", listener, arnOf(9));
  expect(learnt(add)).toBe(known);
});

test("other refusals tell nothing, and neither does one of what was never known", () => {
  const again = elb("DeleteTargetGroup", { TargetGroupArn: group });
  expect(learnt(again)).toBe(known);
  const unknown = elb("DescribeLoadBalancers", { Names: ["x"] });
  expect(learnt(unknown)).toBe(known);
  expect(does(known, elb("DescribeLoadBalancers")).output).toBeDefined();
});
