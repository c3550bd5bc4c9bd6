import { describe, expect, test } from "vitest";
import type { Cloud, RestApi } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { QUOTAS, withQuota } from "../../../src/cloud/quotas.ts";
import { Table } from "../../../src/cloud/table.ts";
import { ACCOUNT, apiDomain, call, does, fails, here, withDomains, world } from "../world.ts";

const API: RestApi = { id: "api1", name: "shop", disableExecuteApiEndpoint: false, stages: ["prod", "test"] };

function cloudWith(apis: readonly RestApi[] | undefined, mappings: Record<string, string> | undefined = {}): Cloud {
  const table =
    mappings &&
    Table.from(Object.entries(mappings).map(([basePath, stage]) => [basePath, { basePath, restApiId: "api1", stage }]));
  const cloud = withDomains(world(), apiDomain({ mappings: table }));
  return withRegion(cloud, ACCOUNT, { ...here(cloud), restApis: apis && Table.from(apis.map((api) => [api.id, api])) });
}

const on = (operation: string, input: object) =>
  call("apigateway", operation, { domainName: "api.example.com", ...input });
const create = (input: object) => on("CreateBasePathMapping", { restApiId: "api1", stage: "prod", ...input });
const mappingsOf = (cloud: Cloud) => [...(here(cloud).domains.get("api.example.com.")?.mappings ?? [])];

// Source: API Gateway API reference "CreateBasePathMapping".
describe("CreateBasePathMapping", () => {
  test.each([
    [{ basePath: "v1" }, { basePath: "v1", restApiId: "api1", stage: "prod" }],
    [{}, { basePath: "(none)", restApiId: "api1", stage: "prod" }],
    [{ basePath: "" }, { basePath: "(none)", restApiId: "api1", stage: "prod" }],
    [{ basePath: "(none)" }, { basePath: "(none)", restApiId: "api1", stage: "prod" }],
    [
      { basePath: "v1", stage: undefined },
      { basePath: "v1", restApiId: "api1" },
    ],
  ])("%j makes %j", (input, expected) => {
    const { cloud, output } = does(cloudWith([API]), create(input));
    expect(output).toEqual(expected);
    expect(mappingsOf(cloud)).toEqual([expected]);
  });

  test.each<[string, readonly RestApi[] | undefined, object, string]>([
    ["a REST API that is not there", [], {}, "BadRequestException"],
    ["no REST API at all", undefined, { restApiId: "" }, "BadRequestException"],
    ["a stage that is not there", [API], { stage: "beta" }, "BadRequestException"],
    ["a slash", [API], { basePath: "a/b" }, "BadRequestException"],
    ["a blank", [API], { basePath: "a b" }, "BadRequestException"],
    ["a base path that is taken", [API], { basePath: "old" }, "ConflictException"],
  ])("refuses %s", (_, apis, input, code) =>
    expect(fails(cloudWith(apis, { old: "prod" }), create(input)).code).toBe(code),
  );

  test("the quota of mappings", () => {
    const quota = QUOTAS["apigateway.mappings"].value;
    const full = cloudWith([API], Object.fromEntries(Array.from({ length: quota }, (_, i) => [`n${i}`, "prod"])));
    expect(fails(full, create({ basePath: "v1" }))).toMatchObject({ code: "LimitExceededException", status: 429 });
    does(withQuota(full, ACCOUNT, "apigateway.mappings", quota + 1), create({ basePath: "v1" }));
  });

  test("what was not looked at is not judged", () => {
    does(cloudWith(undefined), create({ restApiId: "unknown" }));
    does(cloudWith([{ ...API, stages: undefined }]), create({ stage: "beta" }));
    expect(mappingsOf(does(cloudWith([API], undefined), create({ basePath: "v1" })).cloud)).toHaveLength(1);
  });
});

// Source: API Gateway API reference "Patch operations" (UpdateBasePathMapping).
describe("UpdateBasePathMapping", () => {
  const update = (basePath: string, ...patches: [string, string][]) =>
    on("UpdateBasePathMapping", {
      basePath,
      patchOperations: patches.map(([path, value]) => ({ op: "replace", path, value })),
    });
  const cloud = cloudWith([API, { ...API, id: "api2" }], { v1: "prod", v2: "prod" });

  test.each<[[string, string][], object]>([
    [[["/stage", "test"]], { basePath: "v1", restApiId: "api1", stage: "test" }],
    [
      [
        ["/restapiId", "api2"],
        ["/stage", "test"],
      ],
      { basePath: "v1", restApiId: "api2", stage: "test" },
    ],
    [[["/basePath", "v3"]], { basePath: "v3", restApiId: "api1", stage: "prod" }],
    [[["/basePath", ""]], { basePath: "(none)", restApiId: "api1", stage: "prod" }],
    [[["/basePath", "v1"]], { basePath: "v1", restApiId: "api1", stage: "prod" }],
  ])("%j", (patches, expected) => {
    const result = does(cloud, update("v1", ...patches));
    expect(result.output).toEqual(expected);
    expect(mappingsOf(result.cloud)).toContainEqual(expected);
    expect(mappingsOf(result.cloud)).toHaveLength(2);
  });

  test.each<[[string, string][], string]>([
    [[["/basePath", "v2"]], "ConflictException"],
    [[["/stage", "beta"]], "BadRequestException"],
    [[["/restapiId", "api3"]], "BadRequestException"],
    [[["/restApiId", "api2"]], "BadRequestException"],
  ])("%j is refused: %s", (patches, code) => expect(fails(cloud, update("v1", ...patches)).code).toBe(code));
});

interface Listing {
  readonly items: readonly { readonly basePath: string }[];
  readonly position?: string;
}

describe("reading and deleting mappings", () => {
  const cloud = cloudWith([API], { "(none)": "prod", v1: "test" });

  test("one", () => {
    expect(does(cloud, on("GetBasePathMapping", { basePath: "(none)" })).output).toEqual({
      basePath: "(none)",
      restApiId: "api1",
      stage: "prod",
    });
  });

  test("all, in pages; none at all is no list", () => {
    const first = does(cloud, on("GetBasePathMappings", { limit: 1 })).output as unknown as Listing;
    const second = does(cloud, on("GetBasePathMappings", { limit: 1, position: first.position }))
      .output as unknown as Listing;
    expect([...first.items, ...second.items].map((each) => each.basePath)).toEqual(["(none)", "v1"]);
    expect(does(cloudWith([API]), on("GetBasePathMappings", {})).output).toEqual({});
  });

  test("deletion", () => {
    const deletion = on("DeleteBasePathMapping", { basePath: "v1" });
    const after = does(cloud, deletion).cloud;
    expect(mappingsOf(after).map((each) => each.basePath)).toEqual(["(none)"]);
    expect(fails(after, deletion)).toMatchObject({
      code: "NotFoundException",
      message: "Invalid base path mapping identifier specified",
      status: 404,
    });
  });
});
