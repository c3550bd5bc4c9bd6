import { describe, expect, test } from "vitest";
import type { Cloud, HealthCheck } from "../../src/cloud/cloud.ts";
import { accountOf, withAccount, withRegion } from "../../src/cloud/edit.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { learn } from "../../src/cloud/learn.ts";
import { Table } from "../../src/cloud/table.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  here,
  withCertificates,
  withDomains,
  world,
} from "./world.ts";

const fault = (code: string, message = "") => ({ code, message, status: 400 });
const check: HealthCheck = {
  Id: "h1",
  CallerReference: "ref",
  HealthCheckConfig: { Type: "TCP" },
  HealthCheckVersion: 1,
};
const withCheck = (): Cloud => {
  const account = accountOf(world(), ACCOUNT);
  return withAccount(world(), { ...account, healthChecks: account.healthChecks.set("h1", check) });
};
const account = (cloud: Cloud) => accountOf(cloud, ACCOUNT);

describe("health checks", () => {
  const create = call("route53", "CreateHealthCheck", { CallerReference: "ref" });

  // Source: Route 53 API reference "CreateHealthCheck": the reference of a deleted check cannot be used again.
  test.each<[string, Cloud, object]>([
    ["burnt when no check has it", world(), { id: "", burnt: true }],
    ["of a listed check", withCheck(), { id: "h1", burnt: false }],
  ])("a taken reference is %s", (_, cloud, expected) => {
    expect(account(learn(cloud, create, fault("HealthCheckAlreadyExists"))).callerReferences.get("ref")).toEqual(
      expected,
    );
  });

  test.each(["GetHealthCheck", "DeleteHealthCheck", "UpdateHealthCheck"])(
    "%s: one that is not there is gone, its reference burnt",
    (operation) => {
      const learnt = learn(
        withCheck(),
        call("route53", operation, { HealthCheckId: "h1" }),
        fault("NoSuchHealthCheck"),
      );
      expect(account(learnt).healthChecks.size).toBe(0);
      expect(account(learnt).callerReferences.get("ref")).toEqual({ id: "h1", burnt: true });
    },
  );
});

describe("certificates", () => {
  test.each([
    ["an old one is gone", START - 5 * MINUTE, false],
    ["one requested just now may not be visible yet", START - 5 * MINUTE + 1, true],
  ])("%s", (_, createdAt, there) => {
    const cloud = withCertificates(world(), certificate({ createdAt }));
    const learnt = learn(
      cloud,
      call("acm", "DescribeCertificate", { CertificateArn: ARN }),
      fault("ResourceNotFoundException"),
    );
    expect(here(learnt).certificates.has(ARN)).toBe(there);
  });
});

describe("API Gateway", () => {
  const mappings = Table.from(["(none)", "v1"].map((basePath) => [basePath, { basePath, restApiId: "r1" }]));
  const api = { id: "r1", name: "", disableExecuteApiEndpoint: false, stages: undefined };
  const base = withDomains(world(), apiDomain({ mappings }));
  const cloud = withRegion(base, ACCOUNT, { ...here(base), restApis: Table.from([["r1", api]]) });
  const noDomain = "Invalid domain name identifier specified";
  const noMapping = "Invalid base path mapping identifier specified";
  const domainName = "api.example.com";

  test.each<[string, object, string, readonly string[] | undefined, boolean]>([
    ["GetDomainName", { domainName }, noDomain, undefined, true],
    ["DeleteDomainName", { domainName }, noDomain, undefined, true],
    ["GetBasePathMapping", { domainName, basePath: "v1" }, noMapping, ["(none)"], true],
    ["DeleteBasePathMapping", { domainName, basePath: "" }, noMapping, ["v1"], true],
    ["DeleteBasePathMapping", { domainName, basePath: "v1" }, noDomain, undefined, true],
    ["GetBasePathMappings", { domainName }, noDomain, undefined, true],
    ["GetDomainName", { domainName: "b.example.com" }, noDomain, ["(none)", "v1"], true],
    ["GetRestApi", { restApiId: "r1" }, "Invalid API identifier specified", ["(none)", "v1"], false],
    ["GetStages", { restApiId: "r1" }, "Invalid API identifier specified", ["(none)", "v1"], false],
    ["GetStage", { restApiId: "r1", stageName: "x" }, "Invalid stage identifier specified", ["(none)", "v1"], true],
  ])("%s %j: %s", (operation, input, message, paths, known) => {
    const learnt = here(learn(cloud, call("apigateway", operation, input), fault("NotFoundException", message)));
    const left = learnt.domains.get("api.example.com.")?.mappings;
    expect(left && [...left].map((each) => each.basePath)).toEqual(paths);
    expect(learnt.restApis?.has("r1")).toBe(known);
  });

  test("a REST API that is not there is known not to be", () => {
    const learnt = learn(world(), call("apigateway", "GetRestApi", { restApiId: "r9" }), fault("NotFoundException"));
    expect(here(learnt).restApis?.size).toBe(0);
  });
});

test.each(["ThrottlingException", "AccessDeniedException", "InvalidChangeBatch"])("%s teaches nothing", (code) => {
  const cloud = withCertificates(withCheck(), certificate());
  expect(learn(cloud, call("acm", "DescribeCertificate", { CertificateArn: ARN }), fault(code))).toBe(cloud);
});
