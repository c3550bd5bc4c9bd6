import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { Table } from "../../../src/cloud/table.ts";
import { START, apiDomain, call, does, fails, withDomains, world } from "../world.ts";

const on = (operation: string, input: object) => call("apigateway", operation, input);
const made = does(world(), on("CreateRestApi", { name: "shop", endpointConfiguration: { types: ["REGIONAL"] } }));
const restApiId = String(made.output["id"]);
const deploy = (cloud: Cloud, stageName?: string) =>
  does(cloud, on("CreateDeployment", { restApiId, ...(stageName === undefined ? {} : { stageName }) }));
const stages = (cloud: Cloud, input: object = {}) =>
  does(cloud, on("GetStages", { restApiId, ...input })).output["item"];

const first = deploy(made.cloud, "prod");
const firstId = String(first.output["id"]);
const second = deploy(first.cloud);
const secondId = String(second.output["id"]);

// Source: API Gateway API reference "CreateDeployment", "CreateStage", "GetStages".
describe("deployments and stages", () => {
  test("a deployment makes the stage that it names, or none", () => {
    expect(first.output).toEqual({ id: expect.stringMatching(/^[a-z0-9]{6}$/), createdDate: START });
    expect(stages(first.cloud)).toEqual([{ stageName: "prod", deploymentId: firstId }]);
    expect(stages(second.cloud)).toEqual(stages(first.cloud));
    expect(secondId).not.toBe(firstId);
  });

  test("a deployment to a stage that is there moves it", () => {
    const third = deploy(second.cloud, "prod");
    expect(stages(third.cloud)).toEqual([{ stageName: "prod", deploymentId: third.output["id"] }]);
  });

  test("a stage for a deployment, told by itself and by its deployment", () => {
    const input = { restApiId, stageName: "beta", deploymentId: secondId };
    const { cloud, output } = does(second.cloud, on("CreateStage", input));
    expect(output).toEqual({ stageName: "beta", deploymentId: secondId });
    expect(does(cloud, on("GetStage", { restApiId, stageName: "beta" })).output).toEqual(output);
    expect(stages(cloud, { deploymentId: secondId })).toEqual([output]);
  });

  test.each<[string, object, string]>([
    ["a stage that is there", { stageName: "prod", deploymentId: firstId }, "ConflictException"],
    ["a deployment that is not there", { stageName: "beta", deploymentId: "none" }, "NotFoundException"],
    ["a blank in its name", { stageName: "be ta", deploymentId: firstId }, "BadRequestException"],
    ["a name of 129 characters", { stageName: "s".repeat(129), deploymentId: firstId }, "BadRequestException"],
    ["stage variables", { stageName: "beta", deploymentId: firstId, variables: {} }, "NotEmulated"],
    ["an API that is not there", { restApiId: "none", stageName: "beta", deploymentId: firstId }, "NotFoundException"],
  ])("CreateStage refuses %s", (_, input, code) =>
    expect(fails(second.cloud, on("CreateStage", { restApiId, ...input })).code).toBe(code),
  );

  test.each<[object, string]>([
    [{ stageName: "be ta" }, "BadRequestException"],
    [{ canarySettings: {} }, "NotEmulated"],
    [{ restApiId: "none" }, "NotFoundException"],
  ])("CreateDeployment refuses %j", (input, code) =>
    expect(fails(made.cloud, on("CreateDeployment", { restApiId, ...input })).code).toBe(code),
  );

  test("deletion, but not while a mapping leads to the stage", () => {
    const deletion = on("DeleteStage", { restApiId, stageName: "prod" });
    const after = does(first.cloud, deletion).cloud;
    expect(stages(after)).toEqual([]);
    expect(fails(after, deletion).code).toBe("NotFoundException");
    const to = (stage: string) => Table.from([["v1", { basePath: "v1", restApiId, stage }]]);
    const mapped = (stage: string) => withDomains(first.cloud, apiDomain({ mappings: to(stage) }));
    expect(fails(mapped("prod"), deletion).code).toBe("BadRequestException");
    does(mapped("beta"), deletion);
  });

  test("stages that were there before have no deployment to tell", () => {
    const restApis = Table.from([["r", { id: "r", name: "r", disableExecuteApiEndpoint: false, stages: ["live"] }]]);
    const cloud = withDomains(world(), apiDomain());
    const regions = cloud.accounts.get("111122223333")!.regions;
    const state = { ...regions.get("us-east-1")!, restApis };
    const account = { ...cloud.accounts.get("111122223333")!, regions: regions.set("us-east-1", state) };
    const held = { ...cloud, accounts: cloud.accounts.set("111122223333", account) };
    expect(does(held, on("GetStage", { restApiId: "r", stageName: "live" })).output).toEqual({ stageName: "live" });
  });
});
