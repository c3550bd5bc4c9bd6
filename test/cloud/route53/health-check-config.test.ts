import { describe, expect, test } from "vitest";
import { call, estate, fault, run, withCheck } from "./estate.ts";

const create = (config: object) => call("CreateHealthCheck", { CallerReference: "r", HealthCheckConfig: config });
const https = { Type: "HTTPS", FullyQualifiedDomainName: "api.example.org" };
const calculated = { Type: "CALCULATED", ChildHealthChecks: ["hc-1"], HealthThreshold: 1 };
const cloud = withCheck(withCheck(estate(), "hc-1"), "gate", { Type: "CALCULATED", HealthThreshold: 1 });

describe("accepted, with defaults", () => {
  test.each<[string, object, object]>([
    ["HTTP", { ...https, Type: "HTTP" }, { Port: 80, EnableSNI: false }],
    ["HTTPS", https, { Port: 443, EnableSNI: true, RequestInterval: 30, FailureThreshold: 3 }],
    ["string match", { ...https, Type: "HTTPS_STR_MATCH", SearchString: "ok" }, { Port: 443 }],
    [
      "what is given stays",
      { ...https, Port: 8443, RequestInterval: 10, EnableSNI: false },
      { Port: 8443, RequestInterval: 10, EnableSNI: false },
    ],
    ["TCP by address", { Type: "TCP", IPAddress: "198.51.100.1", Port: 22 }, { Port: 22 }],
    ["IPv6", { Type: "TCP", IPAddress: "2001:db8::1", Port: 22 }, {}],
    ["three checker Regions", { ...https, Regions: ["us-east-1", "us-west-2", "eu-west-1"] }, {}],
    ["calculated", calculated, { Inverted: false, Disabled: false, HealthThreshold: 1 }],
    ["alarm", { Type: "CLOUDWATCH_METRIC", AlarmIdentifier: { Region: "us-east-1", Name: "x" } }, {}],
  ])("%s", (_, config, expected) => {
    expect(run(cloud, create(config)).output).toMatchObject({ HealthCheck: { HealthCheckConfig: expected } });
  });

  test("a calculated check has no endpoint's settings", () => {
    const { HealthCheckConfig } = run(cloud, create(calculated)).output["HealthCheck"] as { HealthCheckConfig: object };
    expect(HealthCheckConfig).not.toHaveProperty("Port");
    expect(HealthCheckConfig).not.toHaveProperty("RequestInterval");
  });
});

describe("refused as InvalidInput", () => {
  test.each<[string, object, RegExp]>([
    ["no such type", { ...https, Type: "PING" }, /healthCheckConfig\.type.*enum value set: \[HTTP, HTTPS,/],
    ["no endpoint", { Type: "HTTPS" }, /IPAddress or FullyQualifiedDomainName/],
    ["private address", { Type: "HTTPS", IPAddress: "10.0.0.1" }, /Invalid IPAddress/],
    ["loopback", { Type: "HTTPS", IPAddress: "127.0.0.1" }, /Invalid IPAddress/],
    ["carrier-grade NAT", { Type: "HTTPS", IPAddress: "100.64.0.1" }, /Invalid IPAddress/],
    ["local IPv6", { Type: "HTTPS", IPAddress: "fd00::1" }, /Invalid IPAddress/],
    ["no address", { Type: "HTTPS", IPAddress: "1.2.3" }, /Invalid IPAddress/],
    ["no host name", { Type: "HTTPS", FullyQualifiedDomainName: "a..b" }, /Invalid FullyQualifiedDomainName/],
    ["string match without string", { ...https, Type: "HTTPS_STR_MATCH" }, /SearchString must be specified/],
    ["string without match", { ...https, SearchString: "ok" }, /SearchString must not be specified/],
    [
      "string of 256",
      { ...https, Type: "HTTP_STR_MATCH", SearchString: "x".repeat(256) },
      /searchString.*equal to 255/,
    ],
    ["path of 256", { ...https, ResourcePath: `/${"x".repeat(255)}` }, /resourcePath.*equal to 255/],
    ["TCP without port", { Type: "TCP", IPAddress: "198.51.100.1" }, /Port must be specified/],
    ["port 0", { ...https, Port: 0 }, /port.*greater than or equal to 1/],
    ["interval", { ...https, RequestInterval: 20 }, /Invalid RequestInterval/],
    ["threshold", { ...https, FailureThreshold: 11 }, /failureThreshold.*equal to 10/],
    ["two checker Regions", { ...https, Regions: ["us-east-1", "us-west-2"] }, /regions.*greater than or equal to 3/],
    [
      "three times one checker Region",
      { ...https, Regions: ["us-east-1", "us-east-1", "us-east-1"] },
      /At least 3 different/,
    ],
    ["a Region without checkers", { ...https, Regions: ["us-east-1", "us-west-2", "eu-central-1"] }, /eu-central-1/],
    [
      "calculated without threshold",
      { ...calculated, HealthThreshold: undefined },
      /must have a health threshold specified/,
    ],
    ["threshold of 257", { ...calculated, HealthThreshold: 257 }, /healthThreshold.*equal to 256/],
    [
      "257 children",
      { ...calculated, ChildHealthChecks: Array.from({ length: 257 }, () => "hc-1") },
      /childHealthChecks/,
    ],
    ["calculated of calculated", { ...calculated, ChildHealthChecks: ["hc-1", "gate"] }, /gate is calculated itself/],
    ["calculated with an address", { ...calculated, IPAddress: "198.51.100.1" }, /IPAddress must not/],
    ["calculated with a port", { ...calculated, Port: 443 }, /Port must not/],
    ["endpoint with children", { ...https, ChildHealthChecks: ["hc-1"] }, /ChildHealthChecks must not/],
    [
      "endpoint with an alarm",
      { ...https, AlarmIdentifier: { Region: "us-east-1", Name: "x" } },
      /Basic health checks must not have an metric region specified/,
    ],
    [
      "alarm with a port",
      { Type: "CLOUDWATCH_METRIC", AlarmIdentifier: { Region: "us-east-1", Name: "x" }, Port: 1 },
      /Port must not/,
    ],
    [
      "alarm in a Region that is none",
      { Type: "CLOUDWATCH_METRIC", AlarmIdentifier: { Region: "us-east-9", Name: "x" } },
      /alarmIdentifier\.region.*enum value set/,
    ],
    ["an interval below 10", { ...https, RequestInterval: 9 }, /requestInterval.*equal to 10/],
    ["no such status", { ...https, InsufficientDataHealthStatus: "Maybe" }, /insufficientDataHealthStatus/],
    ["a child that is not there", { ...calculated, ChildHealthChecks: ["hc-9"] }, /hc-9 does not exist/],
    ["alarm without alarm", { Type: "CLOUDWATCH_METRIC" }, /AlarmIdentifier/],
  ])("%s", (_, config, message) => {
    expect(fault(cloud, create(config))).toMatchObject({
      code: "InvalidInput",
      message: expect.stringMatching(message),
    });
  });
});

test("routing controls are not modelled", () => {
  expect(fault(cloud, create({ Type: "RECOVERY_CONTROL" }))).toMatchObject({ code: "NotEmulated", status: 501 });
});
