import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { manifestJsonSchema } from "../../src/manifest/json-schema.ts";
import { changed, good } from "./places.ts";

const valid = new Ajv2020({ strict: true, allErrors: true }).compile(manifestJsonSchema());
const accepts = (text: string): boolean => valid(parse(text));

/** Every key of the format, those that are not built yet included. */
const everything = `
version: 1
name: storefront
scopeId: 7f3k9q
account: "111122223333"
tags: { team: payments }
accounts:
  network: { id: "444455556666", roleArn: "arn:aws:iam::444455556666:role/signalbox", externalId: abc }
quotas: { network: { route53.healthChecks: 1000 } }
zones:
  example.com: { account: network, id: Z1D633PJN98FT9 }
  shop.example.net: { create: true, delegateFrom: example.net, caa: { issue: [amazon.com] } }
certificates:
  storefront: { domains: [shop.example.com], keyAlgorithms: [EC_prime256v1, RSA_2048], transparencyLogging: true }
  internal: { domains: [int.example.com], authority: { us-east-1: "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/a" } }
  bought: { arn: { us-east-1: "arn:aws:acm:us-east-1:111122223333:certificate/a" } }
apis:
  shop.example.com:
    certificate: storefront
    securityPolicy: TLS_1_2
    endpointAccessMode: BASIC
    ipAddressType: dualstack
    routing: weighted
    record: cname
    ttl: 60
    evaluateTargetHealth: false
    regionalHosts: "{region}.shop.example.com"
    healthCheck: { host: api, path: /prod/healthcheck, searchString: ok, intervalSeconds: 30, failureThreshold: 2, gate: true }
    regions:
      us-east-1: { restApi: 2wkt1cxxxx, stage: prod, basePath: v1, weight: 100 }
      us-west-2: { mappings: { v1: { restApi: 8h2jk1xxxx, stage: prod } }, role: secondary }
loadBalancers:
  web:
    certificates: [storefront, blog]
    default: blog
    names: [blog.example.com]
    healthCheck: { host: blog.example.com, path: /healthz }
    regions:
      us-east-1: { loadBalancer: web-use1, port: 443 }
      eu-west-1: { listener: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c" }
sites:
  docs.example.com:
    distribution: E2QWRUHAPOMQZL
    certificate: docs
    functions: { viewer-request: index-rewrite }
    runtime: lambda-edge
    role: "arn:aws:iam::111122223333:role/edge"
failover: { objectiveSeconds: 150, minimumHealthyRegions: 1, mechanism: gate, restoreRole: "arn:aws:iam::111122223333:role/r", scheduleRegion: us-west-2 }
drain: { minimumSeconds: 900 }
limits: { deletePercent: 30, updatePercent: 30, deleteMax: 10, regionsRemovedPerRun: 1 }
retire: [old.example.com]
ignore:
  - { address: "record-set/…", field: ttl, reason: "migration", owner: "dns-team", until: 2027-01-31 }
`;

describe("the JSON Schema", () => {
  test("is draft 2020-12, with an id and a title", () => {
    expect(manifestJsonSchema()).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "urn:signalbox:manifest:1",
      title: "Signalbox manifest, version 1",
    });
  });

  test.each([
    ["the example", readFileSync("manifests/multi-region-api.yaml", "utf8")],
    ["the example of policies", readFileSync("manifests/routing.yaml", "utf8")],
    ["every key of the format", everything],
    ["a zone without a value", changed("example.com: {}", "example.com:")],
  ])("accepts %s", (_name, text) => {
    accepts(text);
    expect(valid.errors).toBeNull();
  });

  test.each([
    ["an unknown section", `${good}api: {}\n`],
    ["an unknown key in a zone", changed("{}", "{ metadpata: 1 }")],
    ["an unknown key of a name", changed("    certificate: shop", "    certifcate: shop")],
    ["a missing scope id", changed("scopeId: 7f3k9q\n", "")],
    ["another version", changed("version: 1", "version: 2")],
    [
      "an interval that Route 53 has not",
      changed("    regions", "    healthCheck: { host: api, path: /prod, intervalSeconds: 20 }\n    regions"),
    ],
    ["a drain that is too short", `${good}drain: { minimumSeconds: 60 }\n`],
  ])("refuses %s", (_name, text) => {
    expect(accepts(text)).toBe(false);
  });

  test("tells what sections, certificates and names are", () => {
    const { properties } = manifestJsonSchema() as { properties: Record<string, { description?: string }> };
    expect(
      Object.entries(properties)
        .filter(([, { description }]) => description === undefined)
        .map(([key]) => key),
    ).toEqual(["drain"]);
  });
});
