import { describe, expect, test } from "vitest";
import type { ApiDomain, Certificate, RestApi } from "../../src/cloud/cloud.ts";
import { withRegion } from "../../src/cloud/edit.ts";
import { probeKey } from "../../src/cloud/probe.ts";
import { Table } from "../../src/cloud/table.ts";
import {
  ACCOUNT,
  START,
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
} from "./world.ts";

const HOST = "d-aaaaaaaaaa.execute-api.us-east-1.amazonaws.com";
const input = { address: { host: HOST }, sni: "api.example.com", host: "api.example.com", path: "/v1/health" };
const API: RestApi = { id: "r1", name: "r1", disableExecuteApiEndpoint: true, stages: ["prod"] };

interface Over {
  readonly domain?: Partial<ApiDomain>;
  readonly certificate?: Partial<Certificate>;
  readonly apis?: readonly RestApi[] | undefined;
}

function cloudWith({ domain, certificate: over, apis = [API] }: Over) {
  const mappings = Table.from([["v1", { basePath: "v1", restApiId: "r1", stage: "prod" }]]);
  const cloud = withDomains(withCertificates(world(), certificate(over)), apiDomain({ mappings, ...domain }));
  return withRegion(cloud, ACCOUNT, { ...here(cloud), restApis: Table.from(apis.map((api) => [api.id, api])) });
}

const probe = (over: object = {}) => call("probe", "Probe", { ...input, ...over });

describe("a probe in the model", () => {
  test("passes when everything stands, and is kept", () => {
    const { cloud } = does(cloudWith({}), probe());
    expect(here(cloud).probes.get(probeKey(input))).toBe(START);
    expect(here(cloud).probes.has(probeKey({ ...input, searchString: "ok" }))).toBe(false);
  });

  const none = Table.from([["(none)", { basePath: "(none)", restApiId: "r1", stage: "prod" }]]);
  const wildcard = { domain: { name: name("*.example.com") }, certificate: { domains: [name("*.example.com")] } };
  test.each<[string, Over, object]>([
    ["the empty base path takes every path", { domain: { mappings: none } }, {}],
    ["a query", {}, { path: "/v1?probe" }],
    ["a wildcard domain", wildcard, {}],
    ["a REST API whose stages were not listed", { apis: [{ ...API, stages: undefined }] }, {}],
    ["a host in capitals", {}, { address: { host: HOST.toUpperCase() } }],
  ])("passes: %s", (_, over, change) => {
    expect(here(does(cloudWith(over), probe(change)).cloud).probes.size).toBe(1);
  });

  test("does not judge REST APIs that were not looked at", () => {
    const cloud = cloudWith({ apis: [] });
    const unlooked = withRegion(cloud, ACCOUNT, { ...here(cloud), restApis: undefined });
    expect(here(does(unlooked, probe()).cloud).probes.size).toBe(1);
  });

  test.each<[string, Over, object, RegExp]>([
    ["another endpoint", {}, { address: { host: "d-b.execute-api.us-east-1.amazonaws.com" } }, /no API Gateway domain/],
    ["another name", {}, { sni: "b.example.com" }, /serves api\.example\.com, not b\.example\.com/],
    ["no certificate", { domain: { regionalCertificateArn: "arn:gone" } }, {}, /arn:gone does not exist/],
    ["an expired one", { certificate: { status: "EXPIRED" } }, {}, /EXPIRED, not ISSUED/],
    [
      "one for another name",
      { certificate: { domains: [name("b.example.com")] } },
      {},
      /does not cover api\.example\.com/,
    ],
    ["no mapping for the path", {}, { path: "/v2/health" }, /no base path mapping takes \/v2\/health/],
    ["mappings that were not listed", { domain: { mappings: undefined } }, {}, /no base path mapping/],
    ["no such REST API", { apis: [] }, {}, /REST API r1 does not exist/],
    ["no such stage", { apis: [{ ...API, stages: ["test"] }] }, {}, /no stage prod/],
  ])("fails: %s", (_, over, change, message) => {
    const fault = fails(cloudWith(over), probe(change));
    expect(fault).toMatchObject({ code: "ProbeFailed", status: 502 });
    expect(fault.message).toMatch(message);
  });
});
