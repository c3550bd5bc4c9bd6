import { describe, expect, test } from "vitest";
import { ROUTE53_CONSTRAINTS } from "../../../src/cloud/route53/constraints.ts";
import { route53Operations } from "../../../src/cloud/route53/route53.ts";
import { ZONE, a, batch, call, estate, fault } from "./estate.ts";

/** Operations whose members have no lengths, ranges or values. */
const UNCONSTRAINED = ["GetCheckerIpRanges", "GetHealthCheckCount", "GetHostedZoneCount"];

test("every modelled operation has its constraints", () => {
  expect(Object.keys(ROUTE53_CONSTRAINTS.operations)).toEqual(
    Object.keys(route53Operations).filter((operation) => !UNCONSTRAINED.includes(operation)),
  );
});

describe("InvalidInput, before anything else is looked at", () => {
  const long = (length: number): string => "x".repeat(length);
  const check = { Type: "HTTPS", FullyQualifiedDomainName: "api.example.org" };
  const create = (config: object) => ({ CallerReference: "r", HealthCheckConfig: { ...check, ...config } });
  test.each<[string, object, string]>([
    ["CreateHostedZone", { Name: "example.net", CallerReference: "" }, "callerReference"],
    ["CreateHostedZone", { Name: "example.net", CallerReference: long(129) }, "callerReference"],
    ["CreateHostedZone", { Name: long(1_025), CallerReference: "r" }, "name"],
    [
      "CreateHostedZone",
      { Name: "a.net", CallerReference: "r", HostedZoneConfig: { Comment: long(257) } },
      "hostedZoneConfig.comment",
    ],
    ["CreateHealthCheck", { ...create({}), CallerReference: long(65) }, "callerReference"],
    ["CreateHealthCheck", create({ Port: 65_536 }), "healthCheckConfig.port"],
    ["CreateHealthCheck", create({ RequestInterval: 31 }), "healthCheckConfig.requestInterval"],
    [
      "CreateHealthCheck",
      create({ FullyQualifiedDomainName: long(256) }),
      "healthCheckConfig.fullyQualifiedDomainName",
    ],
    [
      "CreateHealthCheck",
      create({ Regions: ["us-east-1", "us-west-2", "eu-central-1"] }),
      "healthCheckConfig.regions.3.member",
    ],
    ["UpdateHealthCheck", { HealthCheckId: "hc", HealthCheckVersion: 0 }, "healthCheckVersion"],
    ["UpdateHealthCheck", { HealthCheckId: "hc", ResetElements: ["Port"] }, "resetElements.1.member"],
    ["UpdateHostedZoneComment", { Id: ZONE, Comment: long(257) }, "comment"],
    ["GetHostedZone", { Id: long(45) }, "id"],
    ["GetChange", { Id: "" }, "id"],
    ["GetHealthCheck", { HealthCheckId: long(65) }, "healthCheckId"],
    ["ListHealthChecks", { Marker: long(65) }, "marker"],
    ["ListHostedZones", { HostedZoneType: "PublicHostedZone" }, "hostedZoneType"],
    ["ListResourceRecordSets", { HostedZoneId: ZONE, StartRecordName: "a", StartRecordType: "ANY" }, "startRecordType"],
    [
      "TestDNSAnswer",
      { HostedZoneId: ZONE, RecordName: "a", RecordType: "A", EDNS0ClientSubnetMask: "1000" },
      "eDNS0ClientSubnetMask",
    ],
  ])("%s: %j", (operation, input, member) => {
    const { code, message, status } = fault(estate(), call(operation, input));
    expect([code, status]).toEqual(["InvalidInput", 400]);
    expect(message).toMatch(/^1 validation error detected: Value '/);
    expect(message).toContain(` at '${member}' failed to satisfy constraint: Member must `);
  });

  test("latency records in 39 Regions, alarms in 46", () => {
    const listed = (message: string) => /enum value set: \[([^\]]*)\]/.exec(message)?.[1]?.split(", ").length;
    const record = { ...a("a.example.com."), SetIdentifier: "x", Region: "nowhere" };
    expect(listed(fault(estate(), batch(["CREATE", record])).message)).toBe(39);
    const AlarmIdentifier = { Region: "nowhere", Name: "x" };
    expect(listed(fault(estate(), call("UpdateHealthCheck", { HealthCheckId: "h", AlarmIdentifier })).message)).toBe(
      46,
    );
  });

  test("an empty batch", () => {
    expect(fault(estate(), batch()).message).toContain("at 'changeBatch.changes'");
  });

  test("every change that is wrong is told, by its place", () => {
    const wrong = { ...a("a.example.com."), TTL: -1 };
    const { message } = fault(estate(), batch(["CREATE", wrong], ["CREATE", a("b.example.com.")], ["UPSERT", wrong]));
    expect(message).toMatch(/^2 validation errors detected: .*changes\.1\.member.*; .*changes\.3\.member/);
  });
});
