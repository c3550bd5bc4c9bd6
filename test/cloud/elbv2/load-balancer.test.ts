import { describe, expect, test } from "vitest";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import { ELB_TIMES } from "../../../src/cloud/elbv2/limits.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { ACCOUNT, REGION, START, world } from "../world.ts";
import { NOWHERE, SUBNETS, after, all, balancerIn, does, elb, estate, fails } from "./estate.ts";
import type { Output } from "./estate.ts";

const create = (Name: string, more: object = {}) => elb("CreateLoadBalancer", { Name, Subnets: SUBNETS, ...more });
const shown = (output: Output) => output["LoadBalancers"] as readonly Output[];

describe("a new load balancer", () => {
  const { cloud, output } = does(world(), create("web", { Tags: [{ Key: "team", Value: "shop" }] }));

  test("is provisioning, with the zone of its Region", () => {
    expect(shown(output)[0]).toMatchObject({
      LoadBalancerName: "web",
      CanonicalHostedZoneId: "Z35SXDOTRQ7X7K",
      Scheme: "internet-facing",
      State: { Code: "provisioning" },
      Type: "application",
      IpAddressType: "ipv4",
      CreatedTime: START,
    });
    expect(shown(output)[0]?.["DNSName"]).toMatch(/^web-\d+\.us-east-1\.elb\.amazonaws\.com$/);
    expect(balancerIn(output)).toMatch(
      new RegExp(`^arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/web/[0-9a-f]{16}$`),
    );
  });

  test("is active after a while", () => {
    const due = START + ELB_TIMES.provisionedAfter;
    expect(nextDue(cloud)).toBe(due);
    const states = [due - 1, due].map((at) => [...all(tick(cloud, at)).loadBalancers][0]?.state);
    expect(states).toEqual(["provisioning", "active"]);
    expect(nextDue(tick(cloud, due))).toBeUndefined();
  });

  test("made again with the same settings, it is the same one; with others, it is refused", () => {
    const again = does(cloud, create("web", { Tags: [{ Key: "team", Value: "shop" }] }));
    expect(balancerIn(again.output)).toBe(balancerIn(output));
    expect(all(again.cloud).loadBalancers.size).toBe(1);
    expect(fails(cloud, create("web", { Scheme: "internal" }))).toMatchObject({
      code: "DuplicateLoadBalancerName",
      message: "A load balancer with the same name 'web' exists, but with different settings",
    });
  });

  test.each<[string, object, RegExp]>([
    ["internal", { Scheme: "internal" }, /^internal-other-\d+\.us-east-1\.elb\.amazonaws\.com$/],
    ["a network", { Type: "network" }, /^other-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$/],
  ])("%s one has its own kind of name", (_, more, form) => {
    expect(shown(does(cloud, create("other", more)).output)[0]?.["DNSName"]).toMatch(form);
  });
});

describe("refused", () => {
  test.each<[string, object, string, RegExp]>([
    ["too long a name", { Name: "x".repeat(33) }, "ValidationError", /longer than '32'/],
    ["a name with a dot", { Name: "a.b" }, "ValidationError", /alphanumeric/],
    ["a name that begins with a hyphen", { Name: "-a" }, "ValidationError", /begin or end/],
    ["a name as of an internal one", { Name: "internal-a" }, "ValidationError", /internal-/],
    ["one subnet", { Subnets: ["subnet-a"] }, "ValidationError", /two subnets/],
    ["no subnet", { Subnets: [] }, "ValidationError", /At least one subnet/],
    ["a subnet twice", { Subnets: ["subnet-a", "subnet-a"] }, "InvalidConfigurationRequest", /Availability Zone/],
    ["what is no subnet", { Subnets: ["vpc-a", "subnet-a"] }, "SubnetNotFound", /vpc-a/],
    ["subnets twice over", { SubnetMappings: [{ SubnetId: "subnet-a" }] }, "ValidationError", /not both/],
    ["a type that is none", { Type: "classic" }, "ValidationError", /enum value set/],
    ["a gateway", { Type: "gateway" }, "NotEmulated", /gateway/],
    ["addresses of a pool", { CustomerOwnedIpv4Pool: "ipv4pool-coip-1" }, "NotEmulated", /CustomerOwnedIpv4Pool/],
    ["a key twice", { Tags: [{ Key: "a" }, { Key: "a" }] }, "DuplicateTagKeys", /'a'/],
    ["a reserved key", { Tags: [{ Key: "aws:a" }] }, "ValidationError", /reserved/],
    ["too many tags", { Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` })) }, "TooManyTags", /50/],
  ])("%s", (_, more, code, message) => {
    const fault = fails(world(), create("web", more));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
    expect(fault.status).toBe(code === "NotEmulated" ? 501 : 400);
  });

  test("one more than the quota", () => {
    const full = after(withQuota(world(), ACCOUNT, "elbv2.applicationLoadBalancers", 1), create("a"));
    expect(fails(full, create("b")).code).toBe("TooManyLoadBalancers");
    expect(does(full, create("b", { Type: "network" })).output).toBeDefined();
  });
});

describe("described", () => {
  const cloud = after(world(), create("a"), create("b"), create("c"));
  const arns = [...all(cloud).loadBalancers].map(({ arn }) => arn);
  const names = (input: object) =>
    shown(does(cloud, elb("DescribeLoadBalancers", input)).output).map((each) => each["LoadBalancerName"]);

  test("all, by name, by ARN", () => {
    expect(names({})).toEqual(["a", "b", "c"]);
    expect(names({ Names: [], LoadBalancerArns: [] })).toEqual(["a", "b", "c"]);
    expect(names({ Names: ["c", "a"] })).toEqual(["a", "c"]);
    expect(names({ LoadBalancerArns: [arns[1]] })).toEqual(["b"]);
  });

  test("page by page, though one goes meanwhile", () => {
    const first = does(cloud, elb("DescribeLoadBalancers", { PageSize: 1 }));
    const fewer = after(cloud, elb("DeleteLoadBalancer", { LoadBalancerArn: arns[1] }));
    const { output } = does(fewer, elb("DescribeLoadBalancers", { PageSize: 5, Marker: first.output["NextMarker"] }));
    expect(shown(output).map((each) => each["LoadBalancerName"])).toEqual(["c"]);
    expect(output).not.toHaveProperty("NextMarker");
  });

  test.each<[string, object, string, RegExp]>([
    ["an unknown name", { Names: ["a", "x", "y"] }, "LoadBalancerNotFound", /^Load balancers '\[x, y\]' not found$/],
    ["an unknown ARN", { LoadBalancerArns: [NOWHERE] }, "LoadBalancerNotFound", /gone/],
    ["what is no ARN", { LoadBalancerArns: ["a"] }, "ValidationError", /'a' is not a valid load balancer ARN/],
    ["names and ARNs", { Names: ["a"], LoadBalancerArns: arns }, "ValidationError", /at the same time/],
    ["21 ARNs", { LoadBalancerArns: Array.from({ length: 21 }, () => arns[0]) }, "ValidationError", /Up to '20'/],
    ["a page of 401", { PageSize: 401 }, "ValidationError", /less than or equal to 400/],
    ["a page of none", { PageSize: 0 }, "ValidationError", /greater than or equal to 1/],
    ["a marker that is none", { Marker: "nonsense" }, "ValidationError", /marker/],
  ])("%s is refused", (_, input, code, message) => {
    expect(fails(cloud, elb("DescribeLoadBalancers", input))).toMatchObject({ code });
    expect(fails(cloud, elb("DescribeLoadBalancers", input)).message).toMatch(message);
  });
});

describe("deleted", () => {
  const { cloud, balancer, group } = estate();
  const gone = elb("DeleteLoadBalancer", { LoadBalancerArn: balancer.arn });

  test("with its listeners, and the target group stays", () => {
    const left = after(cloud, gone);
    expect([all(left).loadBalancers.size, all(left).listeners.size]).toEqual([0, 0]);
    expect(all(left).targetGroups.has(group)).toBe(true);
    expect(after(left, gone)).toEqual(left);
  });

  test("not while it is protected", () => {
    const protect = elb("ModifyLoadBalancerAttributes", {
      LoadBalancerArn: balancer.arn,
      Attributes: [{ Key: "deletion_protection.enabled", Value: "true" }],
    });
    expect(fails(after(cloud, protect), gone)).toMatchObject({
      code: "OperationNotPermitted",
      message: `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`,
    });
  });

  test("not while it is another one's target", () => {
    const behind = does(
      cloud,
      elb("CreateTargetGroup", { Name: "alb", Protocol: "TCP", Port: 443, VpcId: "vpc-1", TargetType: "alb" }),
    );
    const [outer] = behind.output["TargetGroups"] as readonly Output[];
    const targeted = after(
      behind.cloud,
      elb("RegisterTargets", { TargetGroupArn: outer?.["TargetGroupArn"], Targets: [{ Id: balancer.arn }] }),
    );
    expect(fails(targeted, gone).code).toBe("ResourceInUse");
  });
});
