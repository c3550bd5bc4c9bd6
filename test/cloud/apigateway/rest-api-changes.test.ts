import { describe, expect, test } from "vitest";
import { isHealthy } from "../../../src/cloud/route53/health.ts";
import { accountOf, withAccount, withRegion } from "../../../src/cloud/edit.ts";
import type { Cloud, RestApi } from "../../../src/cloud/cloud.ts";
import { Table } from "../../../src/cloud/table.ts";
import { ACCOUNT, START, apiDomain, call, does, fails, here, withDomains, world } from "../world.ts";

const on = (operation: string, input: object) => call("apigateway", operation, input);
const create = (over: object = {}) =>
  on("CreateRestApi", { name: "shop", endpointConfiguration: { types: ["REGIONAL"] }, ...over });
const API: RestApi = { id: "api1", name: "shop", disableExecuteApiEndpoint: false, stages: ["prod"] };
const withApi = (cloud: Cloud, api = API): Cloud =>
  withRegion(cloud, ACCOUNT, { ...here(cloud), restApis: Table.from([[api.id, api]]) });

// Source: API Gateway API reference "CreateRestApi", "RestApi".
describe("CreateRestApi", () => {
  test("makes an empty regional API with its root", () => {
    const { cloud, output } = does(world(), create({ disableExecuteApiEndpoint: true }));
    expect(output).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      name: "shop",
      createdDate: START,
      apiKeySource: "HEADER",
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
      disableExecuteApiEndpoint: true,
      rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
    });
    const { id: restApiId } = output as { readonly id: string };
    expect(does(cloud, on("GetRestApi", { restApiId })).output).toEqual(output);
    expect(does(cloud, on("GetResources", { restApiId })).output).toEqual({
      items: [{ id: output["rootResourceId"], path: "/" }],
    });
    expect(does(cloud, on("GetStages", { restApiId })).output).toEqual({ item: [] });
  });

  test("two may share a name", () => {
    const both = does(does(world(), create()).cloud, create()).cloud;
    expect(here(both).restApis?.size).toBe(2);
  });

  test.each<[string, object]>([
    ["an edge-optimized one, also as the default", { endpointConfiguration: undefined }],
    ["a private one", { endpointConfiguration: { types: ["PRIVATE"] } }],
    ["dualstack", { endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" } }],
    ["VPC endpoints", { endpointConfiguration: { types: ["REGIONAL"], vpcEndpointIds: ["vpce-1"] } }],
    ["a policy", { policy: "{}" }],
    ["a copy", { cloneFrom: "api1" }],
    ["tags", { tags: { a: "b" } }],
  ])("does not guess at %s", (_, over) =>
    expect(fails(world(), create(over))).toMatchObject({ code: "NotEmulated", status: 501 }),
  );
});

// Source: API Gateway API reference "Patch operations" (UpdateRestApi).
describe("UpdateRestApi", () => {
  const update = (...patches: [string, string][]) =>
    on("UpdateRestApi", {
      restApiId: "api1",
      patchOperations: patches.map(([path, value]) => ({ op: "replace", path, value })),
    });

  test.each<[[string, string][], object]>([
    [[["/disableExecuteApiEndpoint", "true"]], { disableExecuteApiEndpoint: true, name: "shop" }],
    [[["/disableExecuteApiEndpoint", "False"]], { disableExecuteApiEndpoint: false }],
    [[["/name", "store"]], { name: "store", disableExecuteApiEndpoint: false }],
  ])("%j", (patches, expected) => {
    const { cloud, output } = does(withApi(world()), update(...patches));
    expect(output).toMatchObject(expected);
    expect(here(cloud).restApis?.get("api1")).toMatchObject({ ...expected, stages: ["prod"] });
  });

  test.each<[[string, string][], string]>([
    [[["/disableExecuteApiEndpoint", "yes"]], "BadRequestException"],
    [
      [
        ["/name", "store"],
        ["/policy", "{}"],
      ],
      "NotEmulated",
    ],
  ])("%j is refused: %s", (patches, code) => expect(fails(withApi(world()), update(...patches)).code).toBe(code));

  test("an API whose own host is disabled fails the health check on it", () => {
    const check = {
      Id: "h",
      CallerReference: "r",
      HealthCheckVersion: 1,
      HealthCheckConfig: {
        Type: "HTTPS" as const,
        FullyQualifiedDomainName: "api1.execute-api.us-east-1.amazonaws.com",
        ResourcePath: "/prod/health",
      },
    };
    const before = withApi(world());
    const account = accountOf(before, ACCOUNT);
    const watched = withAccount(before, { ...account, healthChecks: account.healthChecks.set("h", check) });
    expect(isHealthy(watched, ACCOUNT, "h")).toBe(true);
    const disabled = does(watched, update(["/disableExecuteApiEndpoint", "true"])).cloud;
    expect(isHealthy(disabled, ACCOUNT, "h")).toBe(false);
  });
});

describe("DeleteRestApi", () => {
  const deletion = on("DeleteRestApi", { restApiId: "api1" });

  test("is gone", () => {
    const after = does(withApi(world()), deletion).cloud;
    expect(fails(after, deletion)).toMatchObject({ code: "NotFoundException", status: 404 });
  });

  test("not while a mapping leads to it", () => {
    const mappings = Table.from([["v1", { basePath: "v1", restApiId: "api1", stage: "prod" }]]);
    const fault = fails(withDomains(withApi(world()), apiDomain({ mappings })), deletion);
    expect(fault).toMatchObject({ code: "BadRequestException", message: expect.stringContaining("api.example.com") });
    const other = Table.from([["v1", { basePath: "v1", restApiId: "api2", stage: "prod" }]]);
    does(withDomains(withApi(world()), apiDomain({ mappings: other })), deletion);
  });
});
