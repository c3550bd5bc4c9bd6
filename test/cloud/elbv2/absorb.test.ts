import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { decodeCloud, encodeCloud } from "../../../src/cloud/codec.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { quotaOf, withQuota } from "../../../src/cloud/quotas.ts";
import { step } from "../../../src/cloud/step.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, START, call, world } from "../world.ts";
import { GROUP, SUBNETS, after, all, arnOf, certificates, does, elb, estate, now } from "./estate.ts";

const { cloud: plain, balancer, listener, group } = estate();

/** As AWS has it: two listeners, certificates, tags, targets, a changed attribute, a second load balancer on its way. */
const truth = tick(
  after(
    plain,
    certificates("AddListenerCertificates", listener, arnOf(2)),
    certificates("AddListenerCertificates", listener, arnOf(3)),
    elb("CreateListener", {
      LoadBalancerArn: balancer.arn,
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: [{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", StatusCode: "HTTP_301" } }],
    }),
    elb("AddTags", { ResourceArns: [balancer.arn, listener.arn, group], Tags: [{ Key: "team", Value: "shop" }] }),
    elb("RegisterTargets", { TargetGroupArn: group, Targets: [{ Id: "192.0.2.1" }, { Id: "192.0.2.2", Port: 81 }] }),
    elb("ModifyLoadBalancerAttributes", {
      LoadBalancerArn: balancer.arn,
      Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "7" }],
    }),
    GROUP("second", { Protocol: "TCP" }),
    elb("CreateLoadBalancer", { Name: "net", Type: "network", Subnets: SUBNETS }),
  ),
  plain.now + 60_000,
);

/** Everything that tells of load balancers, page by page. */
function readsOf(cloud: Cloud): readonly Call[] {
  const { loadBalancers, listeners, targetGroups } = all(cloud);
  const arns = [...loadBalancers, ...listeners, ...targetGroups].map(({ arn }) => arn);
  return [
    elb("DescribeLoadBalancers"),
    ...[...loadBalancers].flatMap(({ arn: LoadBalancerArn }) => [
      elb("DescribeListeners", { LoadBalancerArn }),
      elb("DescribeLoadBalancerAttributes", { LoadBalancerArn }),
    ]),
    ...[...listeners].flatMap(({ arn: ListenerArn }) => [
      elb("DescribeListenerCertificates", { ListenerArn }),
      elb("DescribeListenerAttributes", { ListenerArn }),
      elb("DescribeRules", { ListenerArn }),
    ]),
    elb("DescribeTargetGroups"),
    ...[...targetGroups].flatMap(({ arn: TargetGroupArn }) => [
      elb("DescribeTargetHealth", { TargetGroupArn }),
      elb("DescribeTargetGroupAttributes", { TargetGroupArn }),
    ]),
    elb("DescribeTags", { ResourceArns: arns }),
    elb("DescribeAccountLimits"),
  ];
}

/** Reads with all the pages that follow. */
function observe(cloud: Cloud, into: Cloud, reads: readonly Call[], PageSize?: number): Cloud {
  let seen = into;
  for (const read of reads) {
    let Marker: unknown;
    do {
      const paged = /^Describe(?:LoadBalancers|Listeners|ListenerCertificates|TargetGroups)$/.test(read.operation);
      const more = {
        ...(paged && PageSize !== undefined ? { PageSize } : {}),
        ...(Marker === undefined ? {} : { Marker }),
      };
      const asked = { ...read, input: { ...(read.input as object), ...more } };
      const { output } = does(cloud, asked);
      seen = absorb(seen, asked, output);
      Marker = output["NextMarker"];
    } while (Marker !== undefined);
  }
  return seen;
}

const empty = (): Cloud => tick(world(), truth.now);
const acm = [
  call("acm", "ListCertificates", { Includes: { keyTypes: ["RSA_2048", "EC_prime256v1"] } }),
  ...[1, 2, 3].map((number) => call("acm", "DescribeCertificate", { CertificateArn: arnOf(number) })),
];

describe("an observed Cloud", () => {
  test.each([undefined, 1])("answers as the real one does, read in pages of %s", (pageSize) => {
    const reads = readsOf(truth);
    const seen = observe(truth, empty(), reads, pageSize);
    const answers = (cloud: Cloud) => reads.map((read) => [read.operation, does(cloud, read).output]);
    expect(answers(seen)).toEqual(answers(truth));
  });

  test("and takes the same calls in the same way", () => {
    const seen = observe(truth, empty(), [...acm, ...readsOf(truth)]);
    const calls = [
      certificates("AddListenerCertificates", listener, arnOf(2)),
      certificates("AddListenerCertificates", listener, arnOf(1)),
      certificates("AddListenerCertificates", listener, arnOf(9)),
      certificates("RemoveListenerCertificates", listener, arnOf(3)),
      certificates("RemoveListenerCertificates", listener, arnOf(1)),
      elb("ModifyListener", { ListenerArn: listener.arn, Certificates: [{ CertificateArn: arnOf(3) }] }),
      elb("ModifyListener", { ListenerArn: listener.arn, Port: 80 }),
      elb("DeleteTargetGroup", { TargetGroupArn: group }),
      elb("DeleteLoadBalancer", { LoadBalancerArn: balancer.arn }),
      elb("RemoveTags", { ResourceArns: [listener.arn], TagKeys: ["team"] }),
      call("acm", "DeleteCertificate", { CertificateArn: arnOf(2) }),
    ];
    for (const each of calls) {
      const [real, observed] = [truth, seen].map((cloud) => step(cloud, each, hashIds("same")));
      if (real === undefined || observed === undefined) throw new Error("no outcome");
      expect([each.operation, observed.ok]).toEqual([each.operation, real.ok]);
      if (real.ok && observed.ok) {
        expect(observed.output).toEqual(real.output);
        const left = elb("DescribeListenerCertificates", { ListenerArn: listener.arn });
        if (each.operation !== "DeleteLoadBalancer")
          expect(does(observed.cloud, left).output).toEqual(does(real.cloud, left).output);
      } else expect(observed).toEqual(real);
    }
  });

  test("knows what is not read as not read", () => {
    const seen = observe(truth, empty(), [
      elb("DescribeLoadBalancers", { Names: ["web"] }),
      elb("DescribeListeners", { ListenerArns: [listener.arn] }),
      elb("DescribeTargetGroups", { LoadBalancerArn: balancer.arn }),
    ]);
    expect(all(seen).loadBalancers.get(balancer.arn)).toMatchObject({ tags: undefined, listenersListed: false });
    expect(now(seen, listener)).toMatchObject({ certificates: undefined, tags: undefined });
    expect([...all(seen).targetGroups].map(({ targets }) => targets)).toEqual([undefined]);
    const added = does(observe(truth, seen, acm), certificates("AddListenerCertificates", listener, arnOf(2)));
    expect(now(added.cloud, listener)?.certificates).toBeUndefined();
  });
});

describe("read again", () => {
  const before = observe(truth, empty(), readsOf(truth));

  test("what is gone is gone, what stays keeps its tags", () => {
    const [http] = [...all(truth).listeners].filter(({ port }) => port === 80);
    const less = after(
      truth,
      elb("DeleteListener", { ListenerArn: http?.arn }),
      certificates("RemoveListenerCertificates", listener, arnOf(2)),
    );
    const seen = observe(less, before, [
      elb("DescribeListeners", { LoadBalancerArn: balancer.arn }),
      elb("DescribeListenerCertificates", { ListenerArn: listener.arn }),
    ]);
    expect([...all(seen).listeners].map(({ arn }) => arn)).toEqual([listener.arn]);
    expect(now(seen, listener)).toMatchObject({ certificates: [arnOf(3)], tags: { team: "shop" } });
  });

  test("page by page it is complete with the last one, and what is gone is gone", () => {
    const [http] = [...all(truth).listeners].filter(({ port }) => port === 80);
    const less = after(truth, elb("DeleteListener", { ListenerArn: http?.arn }));
    const more = after(
      less,
      elb("CreateListener", {
        LoadBalancerArn: balancer.arn,
        Protocol: "HTTP",
        Port: 81,
        DefaultActions: [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301" } }],
      }),
    );
    const read = elb("DescribeListeners", { LoadBalancerArn: balancer.arn, PageSize: 1 });
    const half = absorb(before, read, does(more, read).output);
    expect(all(half).loadBalancers.get(balancer.arn)?.listenersListed).toBe(false);
    const seen = observe(more, before, [read]);
    expect(all(seen).loadBalancers.get(balancer.arn)?.listenersListed).toBe(true);
    expect([...all(seen).listeners].map(({ port }) => port)).toEqual([...all(more).listeners].map(({ port }) => port));
  });

  test("a load balancer on its way is active when a read says so", () => {
    const state = (cloud: Cloud) => [...all(cloud).loadBalancers].find(({ name }) => name === "net")?.state;
    expect(state(before)).toBe("provisioning");
    const later = tick(truth, truth.now + 3_600_000);
    expect(state(observe(later, before, [elb("DescribeLoadBalancers")]))).toBe("active");
  });

  test("limits are quotas, the smallest of all Regions", () => {
    const read = elb("DescribeAccountLimits");
    const told = (max: number, into: Cloud) =>
      absorb(into, read, does(withQuota(world(), ACCOUNT, "elbv2.certificates", max), read).output);
    expect(quotaOf(told(40, world()), ACCOUNT, "elbv2.certificates")).toBe(40);
    expect(quotaOf(told(30, told(40, world())), ACCOUNT, "elbv2.certificates")).toBe(30);
    expect(quotaOf(told(40, told(30, world())), ACCOUNT, "elbv2.certificates")).toBe(30);
  });
});

test("the state survives being written down; one without load balancers has none", () => {
  const back = decodeCloud(JSON.parse(JSON.stringify(encodeCloud(truth))));
  expect(does(back, elb("DescribeListeners", { LoadBalancerArn: balancer.arn })).output).toEqual(
    does(truth, elb("DescribeListeners", { LoadBalancerArn: balancer.arn })).output,
  );
  const old = decodeCloud(JSON.parse(JSON.stringify(encodeCloud(world()))));
  expect(does(old, elb("DescribeLoadBalancers")).output).toEqual({ LoadBalancers: [] });
  expect(old.now).toBe(START);
});
