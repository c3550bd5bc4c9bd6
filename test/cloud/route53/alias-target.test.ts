import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { regionOf, withRegion } from "../../../src/cloud/edit.ts";
import { ACCOUNT, API_ZONE, a, alias, batch, cname, estate, fault, latencyAlias, listed, run } from "./estate.ts";

const elsewhere = (zoneId: string, target: string, evaluate = false): RecordSet => ({
  Name: "x.example.com.",
  Type: "A",
  AliasTarget: { HostedZoneId: zoneId, DNSName: target, EvaluateTargetHealth: evaluate },
});

/** API Gateway in us-east-1 has one domain, in this zone. */
function withDomain(cloud: Cloud, regionalHostedZoneId: string): Cloud {
  const state = regionOf(cloud, ACCOUNT, "us-east-1");
  const domain = {
    name: "shop.example.com." as never,
    regionalDomainName: "d-useast1.execute-api.us-east-1.amazonaws.com",
    regionalHostedZoneId,
    endpointTypes: ["REGIONAL"],
    ipAddressType: "ipv4",
    securityPolicy: "TLS_1_2",
    routingMode: "BASE_PATH_MAPPING_ONLY",
    status: "AVAILABLE",
    tags: {},
    mappings: undefined,
  };
  return withRegion(cloud, ACCOUNT, { ...state, domains: state.domains.set("shop.example.com", domain) });
}

describe("accepted", () => {
  test.each<[string, Cloud, RecordSet]>([
    ["to a record set of the zone", estate(a("www.example.com.")), alias("x.example.com.", "www.example.com.")],
    ["at the apex", estate(a("www.example.com.")), alias("example.com.", "www.example.com.")],
    ["to a wildcard", estate(a("\\052.example.com.")), alias("x.example.com.", "*.example.com.")],
    ["to API Gateway", estate(), latencyAlias("shop.example.com.", "us-east-1")],
    [
      "to API Gateway, whose zone is known",
      withDomain(estate(), API_ZONE),
      latencyAlias("shop.example.com.", "us-east-1"),
    ],
    ["to CloudFront", estate(), elsewhere("Z2FDTNDATAQYW2", "d1.cloudfront.net")],
  ])("%s", (_, cloud, record) => {
    expect(listed(run(cloud, batch(["CREATE", record])).cloud).length).toBeGreaterThan(0);
  });
});

describe("refused", () => {
  test.each<[string, Cloud, RecordSet, RegExp]>([
    [
      "target that is not there",
      estate(),
      alias("x.example.com.", "www.example.com."),
      /^\[Tried to create an alias that targets www\.example\.com\., type A in zone Z1EXAMPLE, but that target was not found\]$/,
    ],
    [
      "target of another type",
      estate(cname("www.example.com.", "y.example.org")),
      alias("x.example.com.", "www.example.com."),
      /target was not found/,
    ],
    ["itself", estate(), alias("x.example.com.", "x.example.com."), /target was not found/],
    [
      "target outside the zone it names",
      estate(),
      alias("x.example.com.", "www.example.org."),
      /the alias target name does not lie within the target zone, Tried .* that target was not found/,
    ],
    [
      "API Gateway in our own zone",
      estate(),
      alias("x.example.com.", "d-1.execute-api.us-east-1.amazonaws.com."),
      /does not lie within/,
    ],
    [
      "API Gateway in another Region's zone",
      withDomain(estate(), "Z2OTHER"),
      latencyAlias("shop.example.com.", "us-east-1"),
      /does not lie within/,
    ],
    ["what is no zone", estate(), elsewhere("nonsense", "x.example.org"), /target was not found/],
    [
      "CloudFront's health",
      estate(),
      elsewhere("Z2FDTNDATAQYW2", "d1.cloudfront.net", true),
      /EvaluateTargetHealth cannot be true/,
    ],
  ])("%s", (_, cloud, record, message) => {
    expect(fault(cloud, batch(["CREATE", record])).message).toMatch(message);
  });

  test("an alias before its target in the batch", () => {
    const edits = [
      ["CREATE", alias("x.example.com.", "www.example.com.")],
      ["CREATE", a("www.example.com.")],
    ] as const;
    expect(fault(estate(), batch(...edits)).message).toMatch(/target was not found/);
  });
});
