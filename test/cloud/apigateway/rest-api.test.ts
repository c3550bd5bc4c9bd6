import { describe, expect, test } from "vitest";
import { withRegion } from "../../../src/cloud/edit.ts";
import { Table } from "../../../src/cloud/table.ts";
import { ACCOUNT, call, does, fails, here, world } from "../world.ts";

const apis = ["b", "a"].map((id) => ({
  id,
  name: `api ${id}`,
  disableExecuteApiEndpoint: id === "b",
  stages: ["prod", "test"],
}));
const cloud = withRegion(world(), ACCOUNT, {
  ...here(world()),
  restApis: Table.from(apis.map((api) => [api.id, api])),
});
const get = (operation: string, input: object) => call("apigateway", operation, input);

// Source: API Gateway API reference "RestApi", "GetStages".
describe("REST APIs", () => {
  test.each<[string, object, object]>([
    ["GetRestApi", { restApiId: "b" }, { id: "b", name: "api b", disableExecuteApiEndpoint: true }],
    ["GetStages", { restApiId: "a" }, { item: [{ stageName: "prod" }, { stageName: "test" }] }],
    ["GetStage", { restApiId: "a", stageName: "test" }, { stageName: "test" }],
    ["GetResources", { restApiId: "a", limit: 500 }, { items: [{ path: "/" }] }],
    ["GetRestApis", {}, { items: [{ id: "a" }, { id: "b" }] }],
  ])("%s %j", (operation, input, expected) =>
    expect(does(cloud, get(operation, input)).output).toMatchObject(expected),
  );

  test.each<[string, object, string]>([
    ["GetRestApi", { restApiId: "c" }, "Invalid API identifier specified"],
    ["GetStages", { restApiId: "c" }, "Invalid API identifier specified"],
    ["GetResources", { restApiId: "c" }, "Invalid API identifier specified"],
    ["GetStage", { restApiId: "a", stageName: "c" }, "Invalid stage identifier specified"],
  ])("%s %j is not there", (operation, input, message) => {
    expect(fails(cloud, get(operation, input))).toEqual({ code: "NotFoundException", message, status: 404 });
  });

  test("each has a root of its own, the same whenever it is asked", () => {
    const root = (restApiId: string) => does(cloud, get("GetRestApi", { restApiId })).output["rootResourceId"];
    expect(root("a")).toBe(root("a"));
    expect(root("a")).not.toBe(root("b"));
    expect(does(cloud, get("GetResources", { restApiId: "a" })).output).toEqual({
      items: [{ id: root("a"), path: "/" }],
    });
  });
});
