import { describe, expect, test } from "vitest";
import type { IdPurpose } from "../../src/cloud/call.ts";
import { hashIds, idsOf } from "../../src/cloud/ids.ts";
import { call } from "./world.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("hashIds", () => {
  test.each<[IdPurpose, RegExp]>([
    ["hosted-zone", /^Z[A-Z0-9]{20}$/],
    ["change", /^C[A-Z0-9]{20}$/],
    ["delegation-set", /^N[A-Z0-9]{20}$/],
    ["health-check", UUID],
    ["certificate", UUID],
    ["request", UUID],
    ["regional-domain", /^d-[a-z0-9]{10}$/],
    ["regional-zone", /^$/],
  ])("%s looks as AWS's do", (purpose, shape) => expect(hashIds("seed")(purpose)).toMatch(shape));

  test("depend on the seed alone", () => {
    expect(hashIds("a")("change")).toBe(hashIds("a")("change"));
    expect(hashIds("a")("change")).not.toBe(hashIds("b")("change"));
    expect(hashIds("a")("certificate")).not.toBe(hashIds("a")("health-check"));
  });
});

describe("idsOf", () => {
  test.each<[string, unknown, Partial<Record<IdPurpose, string>>]>([
    [
      "CreateHostedZone",
      { HostedZone: { Id: "/hostedzone/Z1" }, ChangeInfo: { Id: "/change/C1" }, DelegationSet: { Id: "N1" } },
      { "hosted-zone": "Z1", change: "C1", "delegation-set": "N1" },
    ],
    ["ChangeResourceRecordSets", { ChangeInfo: { Id: "/change/C2" } }, { change: "C2" }],
    ["DeleteHostedZone", { ChangeInfo: { Id: "C3" } }, { change: "C3" }],
    ["CreateHealthCheck", { HealthCheck: { Id: "h1" } }, { "health-check": "h1" }],
    [
      "RequestCertificate",
      { CertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/abc" },
      { certificate: "abc" },
    ],
    [
      "CreateDomainName",
      { regionalDomainName: "d-x1.execute-api.us-east-1.amazonaws.com", regionalHostedZoneId: "ZR" },
      { "regional-domain": "d-x1", "regional-zone": "ZR" },
    ],
  ])("%s: AWS's own", (operation, output, expected) => {
    const ids = idsOf(call("route53", operation, {}), output);
    for (const [purpose, id] of Object.entries(expected)) expect(ids(purpose as IdPurpose)).toBe(id);
  });

  test("what the output does not tell is made of the call", () => {
    const made = call("acm", "RequestCertificate", { DomainName: "a.example.com" });
    expect(idsOf(made, {})("certificate")).toMatch(UUID);
    expect(idsOf(made, undefined)("certificate")).toBe(idsOf(made, {})("certificate"));
    expect(idsOf({ ...made, region: "eu-west-1" }, {})("certificate")).not.toBe(idsOf(made, {})("certificate"));
  });
});
