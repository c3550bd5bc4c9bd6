import { describe, expect, test } from "vitest";
import type { ApiDomain, Cloud } from "../../src/cloud/cloud.ts";
import { Table } from "../../src/cloud/table.ts";
import { basePathMapping } from "../../src/resource/base-path-mapping.ts";
import type { BasePathMappingSpec } from "../../src/resource/base-path-mapping.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { EAST, base, callOf, cloudOf, inWords, liveDomain } from "./clouds.ts";

const spec: BasePathMappingSpec = { ...base, region: EAST, basePath: "v1", restApi: "api1", stage: "prod" };
const bring: Change<BasePathMappingSpec> = {
  address: "a" as Address,
  before: undefined,
  after: spec,
  guard: undefined,
};
const remove: Change<BasePathMappingSpec> = {
  address: "a" as Address,
  before: spec,
  after: undefined,
  guard: undefined,
};
const domain = (tag: string, mapping?: { restApiId: string; stage: string }): ApiDomain =>
  liveDomain({
    tags: { ...liveDomain().tags, "signalbox:mappings": tag },
    mappings: mapping === undefined ? Table.empty() : Table.from([["v1", { basePath: "v1", ...mapping }]]),
  });

describe("what it needs next", () => {
  const right = { restApiId: "api1", stage: "prod" };
  const rows: readonly (readonly [string, Change<BasePathMappingSpec>, Cloud, string])[] = [
    ["no domain", bring, cloudOf(), "stop CHANGED_SINCE_PLAN, replan"],
    ["nothing there: the tag says first that it is ours", bring, cloudOf({ domains: [domain("")] }), "TagResource"],
    ["tagged", bring, cloudOf({ domains: [domain("v1")] }), "CreateBasePathMapping"],
    [
      "another stage: in place",
      bring,
      cloudOf({ domains: [domain("v1", { ...right, stage: "beta" })] }),
      "UpdateBasePathMapping",
    ],
    ["as it should be", bring, cloudOf({ domains: [domain("v1", right)] }), "done"],
    ["to go", remove, cloudOf({ domains: [domain("v1", right)] }), "DeleteBasePathMapping"],
    ["gone, the tag still says ours", remove, cloudOf({ domains: [domain("v1")] }), "TagResource"],
    ["gone altogether", remove, cloudOf({ domains: [domain("")] }), "done"],
    ["gone with its domain", remove, cloudOf(), "done"],
  ];
  test.each(rows)("%s", (_what, change, cloud, expected) =>
    expect(inWords(basePathMapping.next([change], cloud))).toBe(expected),
  );

  test("an update replaces what differs only", () => {
    const cloud = cloudOf({ domains: [domain("v1", { restApiId: "old", stage: "prod" })] });
    expect(callOf(basePathMapping.next([bring], cloud)).input).toEqual({
      domainName: "shop.example.com",
      basePath: "v1",
      patchOperations: [{ op: "replace", path: "/restapiId", value: "api1" }],
    });
  });
});
