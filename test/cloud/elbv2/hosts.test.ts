import { describe, expect, test } from "vitest";
import { canonicalHostedZone } from "../../../src/cloud/elbv2/hosted-zones.ts";
import { DUALSTACK, loadBalancerHost, readLoadBalancerHost } from "../../../src/cloud/elbv2/hosts.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { regionsOf } from "../../../src/cloud/region.ts";
import { step } from "../../../src/cloud/step.ts";
import { ACCOUNT, call, withZones, zone } from "../world.ts";
import { estate } from "./estate.ts";

const of = (type: "application" | "network", internal = false, region = "eu-west-1") =>
  loadBalancerHost(region, { type, name: "web", internal, id: "00000000000003e8" });

describe("DNS names", () => {
  test.each([
    [of("application"), "web-1000.eu-west-1.elb.amazonaws.com"],
    [of("application", true), "internal-web-1000.eu-west-1.elb.amazonaws.com"],
    [of("network"), "web-00000000000003e8.elb.eu-west-1.amazonaws.com"],
    [of("application", false, "cn-north-1"), "web-1000.cn-north-1.elb.amazonaws.com.cn"],
  ])("%s", (made, expected) => expect(made).toBe(expected));

  test.each<[string, string | undefined, string | undefined]>([
    ["web-1000.eu-west-1.elb.amazonaws.com", "web-1000.eu-west-1.elb.amazonaws.com", "eu-west-1"],
    [`${DUALSTACK}Web-1000.eu-west-1.elb.amazonaws.com.`, "web-1000.eu-west-1.elb.amazonaws.com", "eu-west-1"],
    ["web-0f.elb.us-east-2.amazonaws.com", "web-0f.elb.us-east-2.amazonaws.com", "us-east-2"],
    ["web-1.cn-north-1.elb.amazonaws.com.cn", "web-1.cn-north-1.elb.amazonaws.com.cn", "cn-north-1"],
    ["d-1.execute-api.eu-west-1.amazonaws.com", undefined, undefined],
    ["web.example.com", undefined, undefined],
  ])("%s is read", (host, dnsName, region) => {
    expect(readLoadBalancerHost(host)).toEqual(dnsName === undefined ? undefined : { dnsName, region });
  });
});

describe("hosted zones", () => {
  test("every Region of the main partition has its own two", () => {
    const zones = regionsOf("aws").flatMap(({ code }) => [
      canonicalHostedZone(code, "application"),
      canonicalHostedZone(code, "network"),
    ]);
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((id) => !/^Z[A-Z0-9]{11,20}$/.test(id))).toEqual([]);
  });

  test.each([
    ["us-east-1", "application", "Z35SXDOTRQ7X7K"],
    ["us-east-1", "network", "Z26RNL4JYFTOTI"],
    ["eu-west-1", "application", "Z32O12XQLNTSW2"],
    ["mx-central-1", "network", "Z02031231H3ID6HYJ9A7U"],
  ] as const)("%s, %s: %s", (region, type, id) => expect(canonicalHostedZone(region, type)).toBe(id));

  test("a Region that is not listed has made-up ones", () => {
    expect(canonicalHostedZone("us-iso-east-1", "application")).toMatch(/^Z[A-F0-9]{13}$/);
  });
});

test.each(["", DUALSTACK])("Route 53 takes latency aliases to '%s…', which evaluate its health", (prefix) => {
  const { cloud, balancer } = estate();
  const record = {
    Name: "shop.example.com",
    Type: "A",
    SetIdentifier: "us-east-1",
    Region: "us-east-1",
    AliasTarget: {
      HostedZoneId: balancer.canonicalHostedZoneId,
      DNSName: prefix + balancer.dnsName,
      EvaluateTargetHealth: true,
    },
  };
  const change = call("route53", "ChangeResourceRecordSets", {
    HostedZoneId: "ZEXAMPLECOM",
    ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: record }] },
  });
  const outcome = step(withZones(cloud, zone("example.com")), change, hashIds("alias"));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  const records = [...(outcome.cloud.accounts.get(ACCOUNT)?.zones.get("ZEXAMPLECOM")?.recordSets ?? [])];
  expect(records.map(({ AliasTarget }) => AliasTarget?.DNSName)).toEqual([`${prefix}${balancer.dnsName}.`]);
});
