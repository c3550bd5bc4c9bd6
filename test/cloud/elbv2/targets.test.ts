import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { ELB_TIMES } from "../../../src/cloud/elbv2/limits.ts";
import { MINUTE, SECOND } from "../../../src/cloud/instant.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, world } from "../world.ts";
import { GROUP, NOWHERE, after, all, does, elb, estate, fails, groupIn } from "./estate.ts";
import type { Output } from "./estate.ts";

const { cloud, balancer, listener, group } = estate();
const shown = (at: Cloud, input: object = {}) =>
  does(at, elb("DescribeTargetGroups", input)).output["TargetGroups"] as readonly Output[];

describe("target groups", () => {
  test("are shown with their defaults and their load balancer", () => {
    expect(shown(cloud)).toEqual([
      {
        TargetGroupArn: group,
        TargetGroupName: "targets",
        Protocol: "HTTP",
        Port: 80,
        VpcId: "vpc-1",
        HealthCheckProtocol: "HTTP",
        HealthCheckPort: "traffic-port",
        HealthCheckEnabled: true,
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        HealthCheckPath: "/",
        Matcher: { HttpCode: "200" },
        LoadBalancerArns: [balancer.arn],
        TargetType: "ip",
        ProtocolVersion: "HTTP1",
        IpAddressType: "ipv4",
      },
    ]);
  });

  const other = does(cloud, GROUP("other"));

  test("by name, by ARN, by load balancer, page by page", () => {
    const names = (input: object) => shown(other.cloud, input).map((each) => each["TargetGroupName"]);
    expect(names({ Names: ["other"] })).toEqual(["other"]);
    expect(names({ TargetGroupArns: [group] })).toEqual(["targets"]);
    expect(names({ LoadBalancerArn: balancer.arn })).toEqual(["targets"]);
    const first = does(other.cloud, elb("DescribeTargetGroups", { PageSize: 1 })).output;
    expect(names({ Marker: first["NextMarker"] })).toEqual(["targets"]);
  });

  test.each<[string, object, string]>([
    ["an unknown name", { Names: ["x"] }, "TargetGroupNotFound"],
    ["an unknown ARN", { TargetGroupArns: [`${group}0`] }, "TargetGroupNotFound"],
    ["what is no ARN", { TargetGroupArns: ["x"] }, "ValidationError"],
    ["an unknown load balancer", { LoadBalancerArn: NOWHERE }, "LoadBalancerNotFound"],
    ["two ways at once", { Names: ["other"], TargetGroupArns: [group] }, "ValidationError"],
  ])("%s is refused", (_, input, code) => {
    expect(fails(other.cloud, elb("DescribeTargetGroups", input)).code).toBe(code);
  });

  test("made again with the same settings it is the same one", () => {
    expect(groupIn(does(cloud, GROUP("targets")).output)).toBe(group);
    expect(fails(cloud, GROUP("targets", { Port: 81 })).code).toBe("DuplicateTargetGroupName");
  });

  test.each<[string, object, string]>([
    ["no protocol", { Protocol: undefined }, "ValidationError"],
    ["no VPC", { VpcId: undefined }, "ValidationError"],
    ["a function with a port", { TargetType: "lambda" }, "ValidationError"],
    ["a load balancer behind HTTP", { TargetType: "alb" }, "ValidationError"],
    ["too short an interval", { HealthCheckIntervalSeconds: 4 }, "ValidationError"],
    ["GENEVE", { Protocol: "GENEVE" }, "NotEmulated"],
    ["a bad name", { Name: "a_b" }, "ValidationError"],
  ])("%s is refused", (_, more, code) => {
    expect(fails(world(), GROUP("new", more)).code).toBe(code);
  });

  test("one more than the quota is refused", () => {
    expect(fails(withQuota(cloud, ACCOUNT, "elbv2.targetGroups", 1), GROUP("new")).code).toBe("TooManyTargetGroups");
  });

  test("are deleted once nothing refers to them", () => {
    const gone = elb("DeleteTargetGroup", { TargetGroupArn: group });
    expect(fails(cloud, gone)).toMatchObject({
      code: "ResourceInUse",
      message: `Target group '${group}' is currently in use by a listener or a rule`,
    });
    const left = after(cloud, elb("DeleteListener", { ListenerArn: listener.arn }), gone);
    expect(all(left).targetGroups.size).toBe(0);
    expect(after(left, gone)).toEqual(left);
  });
});

describe("health", () => {
  const targets = (operation: string, ...Targets: readonly object[]) =>
    elb(operation, { TargetGroupArn: group, ...(Targets.length === 0 ? {} : { Targets }) });
  const A = { Id: "192.0.2.1" };
  const B = { Id: "192.0.2.1", Port: 8080 };
  const registered = after(cloud, targets("RegisterTargets", A, B, A));
  const health = (at: Cloud, ...named: readonly object[]) =>
    (does(at, targets("DescribeTargetHealth", ...named)).output["TargetHealthDescriptions"] as readonly Output[]).map(
      ({ Target, TargetHealth }) => [(Target as Output)["Port"], (TargetHealth as Output)["State"]],
    );

  test("a target is registered once for each port, and healthy after its first check", () => {
    expect(health(registered)).toEqual([
      [80, "initial"],
      [8080, "initial"],
    ]);
    const later = cloud.now + ELB_TIMES.firstCheckAfter;
    expect(health(tick(registered, later - 1))[0]).toEqual([80, "initial"]);
    expect(health(tick(registered, later))).toEqual([
      [80, "healthy"],
      [8080, "healthy"],
    ]);
  });

  test("those that are named; one that is not there is not registered", () => {
    const later = tick(registered, cloud.now + MINUTE);
    expect(health(later, B, { Id: "192.0.2.9" })).toEqual([
      [8080, "healthy"],
      [80, "unused"],
    ]);
  });

  test("a deregistered one drains, and is gone after that; registered anew it begins again", () => {
    const draining = after(tick(registered, cloud.now + MINUTE), targets("DeregisterTargets", A, { Id: "10.0.0.1" }));
    expect(health(draining)).toEqual([
      [80, "draining"],
      [8080, "healthy"],
    ]);
    expect(health(tick(draining, draining.now + 299 * SECOND))).toHaveLength(2);
    expect(health(tick(draining, draining.now + 300 * SECOND))).toEqual([[8080, "healthy"]]);
    expect(health(after(draining, targets("RegisterTargets", A)))[0]).toEqual([80, "initial"]);
  });

  test("of a group that no load balancer uses it is not in use, and deregistered it is gone", () => {
    const idle = after(registered, elb("DeleteListener", { ListenerArn: listener.arn }));
    expect(health(idle)[0]).toEqual([80, "unused"]);
    expect(health(after(idle, targets("DeregisterTargets", A)))).toEqual([[8080, "unused"]]);
  });

  test.each<[string, Cloud, object, string]>([
    ["an instance of a group of addresses", cloud, { Id: "i-0123456789abcdef0" }, "InvalidTarget"],
    ["a port that is none", cloud, { ...A, Port: 70_000 }, "ValidationError"],
    [
      "one more than the quota",
      withQuota(registered, ACCOUNT, "elbv2.targets", 2),
      { Id: "192.0.2.2" },
      "TooManyTargets",
    ],
  ])("%s is refused", (_, at, target, code) => {
    expect(fails(at, targets("RegisterTargets", target)).code).toBe(code);
  });

  test("a function's group has one target", () => {
    const made = does(world(), elb("CreateTargetGroup", { Name: "f", TargetType: "lambda" }));
    const put = (Id: string) => elb("RegisterTargets", { TargetGroupArn: groupIn(made.output), Targets: [{ Id }] });
    const one = after(made.cloud, put("arn:aws:lambda:us-east-1:1:function:a"));
    expect(fails(one, put("arn:aws:lambda:us-east-1:1:function:b")).code).toBe("TooManyTargets");
    expect(shown(one)[0]).toMatchObject({ HealthCheckEnabled: false, HealthCheckIntervalSeconds: 35 });
  });
});
