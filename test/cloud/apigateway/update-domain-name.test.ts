import { describe, expect, test } from "vitest";
import type { ApiDomain } from "../../../src/cloud/cloud.ts";
import {
  ARN,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  here,
  name,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

const OTHER = `${ARN.slice(0, -1)}2`;
const PENDING = `${ARN.slice(0, -1)}3`;

const cloud = (over: Partial<ApiDomain> = {}) =>
  withDomains(
    withCertificates(
      world(),
      certificate(),
      certificate({ arn: OTHER, domains: [name("*.example.com")] }),
      certificate({ arn: PENDING, status: "PENDING_VALIDATION" }),
    ),
    apiDomain(over),
  );

const update = (...patches: [string, string][]) =>
  call("apigateway", "UpdateDomainName", {
    domainName: "api.example.com",
    patchOperations: patches.map(([path, value]) => ({ op: "replace", path, value })),
  });

const enhanced = "SecurityPolicy_TLS13_1_3_2025_09";

// Source: API Gateway API reference "Patch operations" (UpdateDomainName); guide "Security policies".
describe("UpdateDomainName", () => {
  test.each<[string, Partial<ApiDomain>, [string, string][], object]>([
    ["a new certificate", {}, [["/regionalCertificateArn", OTHER]], { regionalCertificateArn: OTHER }],
    [
      "several at once",
      {},
      [
        ["/securityPolicy", enhanced],
        ["/endpointAccessMode", "STRICT"],
      ],
      { securityPolicy: enhanced, endpointAccessMode: "STRICT" },
    ],
    [
      "dualstack",
      {},
      [["/endpointConfiguration/ipAddressType", "dualstack"]],
      { endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" } },
    ],
    ["routing mode", {}, [["/routingMode", "ROUTING_RULE_ONLY"]], { routingMode: "ROUTING_RULE_ONLY" }],
    [
      "the type that it has",
      {},
      [["/endpointConfiguration/types/0", "REGIONAL"]],
      { endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" }, domainNameStatus: "AVAILABLE" },
    ],
    [
      "back to a legacy policy",
      { securityPolicy: enhanced, endpointAccessMode: "STRICT" },
      [
        ["/securityPolicy", "TLS_1_2"],
        ["/endpointAccessMode", ""],
      ],
      { securityPolicy: "TLS_1_2" },
    ],
    [
      "another setting, while the certificate is not known here",
      { regionalCertificateArn: "arn:gone" },
      [["/routingMode", "ROUTING_RULE_ONLY"]],
      {},
    ],
  ])("%s", (_, over, patches, expected) => {
    const result = does(cloud(over), update(...patches));
    expect(result.output).toMatchObject({ domainName: "api.example.com", domainNameStatus: "UPDATING", ...expected });
    expect(does(result.cloud, call("apigateway", "GetDomainName", { domainName: "api.example.com" })).output).toEqual(
      result.output,
    );
  });

  test.each<[string, Partial<ApiDomain>, [string, string][], string]>([
    ["a certificate that is pending", {}, [["/regionalCertificateArn", PENDING]], "BadRequestException"],
    ["a certificate that does not exist", {}, [["/regionalCertificateArn", "arn:x"]], "BadRequestException"],
    ["an enhanced policy alone", {}, [["/securityPolicy", enhanced]], "BadRequestException"],
    ["an unknown policy", {}, [["/securityPolicy", "TLS_1_3"]], "BadRequestException"],
    ["an unknown address type", {}, [["/endpointConfiguration/ipAddressType", "ipv6"]], "BadRequestException"],
    ["an unknown routing mode", {}, [["/routingMode", "NONE"]], "BadRequestException"],
    ["a path that does not exist", {}, [["/certificate", "x"]], "BadRequestException"],
    [
      "anything while an update is under way",
      { status: "UPDATING" },
      [["/routingMode", "ROUTING_RULE_ONLY"]],
      "ConflictException",
    ],
    ["mutual TLS", {}, [["/mutualTlsAuthentication/truststoreUri", "s3://b"]], "NotEmulated"],
    ["another endpoint type", {}, [["/endpointConfiguration/types/0", "EDGE"]], "NotEmulated"],
  ])("refuses %s", (_, over, patches, code) => expect(fails(cloud(over), update(...patches)).code).toBe(code));

  test("all or nothing, and only replace", () => {
    const before = cloud();
    expect(fails(before, update(["/regionalCertificateArn", OTHER], ["/nonsense", ""])).code).toBe(
      "BadRequestException",
    );
    expect(here(before).domains.get("api.example.com.")?.regionalCertificateArn).toBe(ARN);
    const input = {
      domainName: "api.example.com",
      patchOperations: [{ op: "add", path: "/regionalCertificateArn", value: OTHER }],
    };
    expect(fails(before, call("apigateway", "UpdateDomainName", input)).code).toBe("BadRequestException");
  });
});
