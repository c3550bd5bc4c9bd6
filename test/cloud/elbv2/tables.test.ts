import { describe, expect, test } from "vitest";
import { SSL_POLICIES } from "../../../src/cloud/elbv2/ssl-policies.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { ACCOUNT, world } from "../world.ts";
import { does, elb, estate, fails } from "./estate.ts";
import type { Output } from "./estate.ts";

describe("security policies", () => {
  const told = (input: object) =>
    does(world(), elb("DescribeSSLPolicies", input)).output["SslPolicies"] as readonly Output[];

  test.each<[string, readonly string[], readonly string[]]>([
    [
      "TLS13-1-3-2021-06",
      ["TLSv1.3"],
      ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
    ],
    [
      "TLS13-1-2-Res-FIPS-2023-04",
      ["TLSv1.2", "TLSv1.3"],
      [
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
      ],
    ],
    [
      "FS-1-2-Res-2020-10",
      ["TLSv1.2"],
      [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
      ],
    ],
  ])("%s", (ending, SslProtocols, ciphers) => {
    const name = `ELBSecurityPolicy-${ending}`;
    expect(told({ Names: [name] })).toEqual([
      {
        Name: name,
        SslProtocols,
        Ciphers: ciphers.map((Name, index) => ({ Name, Priority: index + 1 })),
        SupportedLoadBalancerTypes: ["application", "network"],
      },
    ]);
  });

  test.each([
    ["2016-08", 18, 3],
    ["TLS-1-0-2015-04", 19, 3],
    ["TLS-1-2-2017-01", 12, 1],
    ["FS-2018-06", 12, 3],
    ["TLS13-1-2-2021-06", 11, 2],
    ["TLS13-1-2-Ext1-2021-06", 15, 2],
    ["TLS13-1-2-Ext2-2021-06", 21, 2],
    ["TLS13-1-0-2021-06", 21, 4],
    ["TLS13-1-2-Ext0-FIPS-2023-04", 14, 2],
    ["TLS13-1-0-FIPS-2023-04", 20, 4],
  ])("%s has %i ciphers and %i protocols", (ending, ciphers, protocols) => {
    const policy = SSL_POLICIES.get(`ELBSecurityPolicy-${ending}`);
    expect([policy?.ciphers.length, policy?.protocols.length]).toEqual([ciphers, protocols]);
  });

  test("all of them, page by page; none of a gateway's; an unknown one is refused", () => {
    expect(told({})).toHaveLength(SSL_POLICIES.size);
    const first = does(world(), elb("DescribeSSLPolicies", { PageSize: 30 })).output;
    expect(told({ Marker: first["NextMarker"] })).toHaveLength(SSL_POLICIES.size - 30);
    expect(told({ LoadBalancerType: "gateway" })).toEqual([]);
    expect(fails(world(), elb("DescribeSSLPolicies", { Names: ["Mine"] })).code).toBe("SSLPolicyNotFound");
  });
});

describe("limits", () => {
  const limits = (cloud = world(), input: object = {}) =>
    does(cloud, elb("DescribeAccountLimits", input)).output as { Limits: readonly object[]; NextMarker?: string };

  test("are the quotas as they hold", () => {
    expect(limits().Limits).toContainEqual({ Name: "certificates-per-application-load-balancer", Max: "25" });
    const raised = limits(withQuota(world(), ACCOUNT, "elbv2.certificates", 100)).Limits;
    expect(raised).toContainEqual({ Name: "certificates-per-application-load-balancer", Max: "100" });
    expect(raised).toContainEqual({ Name: "rules-per-application-load-balancer", Max: "100" });
  });

  test("come page by page", () => {
    const first = limits(world(), { PageSize: 10 });
    const rest = limits(world(), { Marker: first.NextMarker });
    expect([...first.Limits, ...rest.Limits]).toEqual(limits().Limits);
  });
});

describe("rules", () => {
  const { cloud, listener, group } = estate();
  const told = (input: object) => does(cloud, elb("DescribeRules", input)).output["Rules"] as readonly Output[];

  test("a listener has its default rule, also by its ARN", () => {
    const [rule, ...others] = told({ ListenerArn: listener.arn });
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ Priority: "default", IsDefault: true, Conditions: [] });
    expect(rule?.["Actions"]).toEqual(listener.defaultActions);
    expect(told({ RuleArns: [rule?.["RuleArn"]] })).toEqual([rule]);
  });

  test.each<[string, object, string]>([
    ["neither", {}, "ValidationError"],
    ["an unknown listener", { ListenerArn: `${listener.arn}0` }, "ListenerNotFound"],
    ["what is no rule", { RuleArns: [group] }, "ValidationError"],
    ["an unknown rule", { RuleArns: [`${listener.arn.replace("listener", "listener-rule")}/0`] }, "RuleNotFound"],
  ])("%s is refused", (_, input, code) => {
    expect(fails(cloud, elb("DescribeRules", input)).code).toBe(code);
  });
});
