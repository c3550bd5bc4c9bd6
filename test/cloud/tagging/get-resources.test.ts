import { describe, expect, test } from "vitest";
import { apiDomain, call, certificate, does, fails, name, withCertificates, withDomains, world } from "../world.ts";

const cloud = withDomains(
  withCertificates(
    world(),
    certificate({ arn: "arn:aws:acm:us-east-1:111122223333:certificate/1", tags: { team: "a", env: "prod" } }),
    certificate({ arn: "arn:aws:acm:us-east-1:111122223333:certificate/2", tags: { team: "b" } }),
    certificate({ arn: "arn:aws:acm:us-east-1:111122223333:certificate/3", tags: {} }),
    certificate({ arn: "arn:aws:acm:us-east-1:111122223333:certificate/4", tags: undefined }),
  ),
  apiDomain({ tags: { team: "a" } }),
  apiDomain({ name: name("b.example.com") }),
);
const get = (input: object) => call("tagging", "GetResources", input);
interface Output {
  readonly PaginationToken: string;
  readonly ResourceTagMappingList: readonly { readonly ResourceARN: string; readonly Tags: readonly object[] }[];
}

const ends = (output: Output) => output.ResourceTagMappingList.map((each) => each.ResourceARN.split("/").at(-1));
const arn = (id: string) => `arn:aws:acm:us-east-1:111122223333:certificate/${id}`;

// Source: Resource Groups Tagging API reference "GetResources".
describe("GetResources", () => {
  test.each<[string, object, string[]]>([
    ["all that is tagged", {}, ["1", "2", "api.example.com"]],
    ["a key", { TagFilters: [{ Key: "env" }] }, ["1"]],
    ["a value", { TagFilters: [{ Key: "team", Values: ["a"] }] }, ["1", "api.example.com"]],
    ["any of several values", { TagFilters: [{ Key: "team", Values: ["a", "b"] }] }, ["1", "2", "api.example.com"]],
    ["all of several filters", { TagFilters: [{ Key: "team", Values: ["a"] }, { Key: "env" }] }, ["1"]],
    ["a type", { ResourceTypeFilters: ["acm:certificate"] }, ["1", "2"]],
    ["a service", { ResourceTypeFilters: ["apigateway"] }, ["api.example.com"]],
    ["types together", { ResourceTypeFilters: ["acm", "apigateway:domainnames"] }, ["1", "2", "api.example.com"]],
    ["ARNs", { ResourceARNList: [arn("2"), arn("9")] }, ["2"]],
  ])("%s", (_, input, expected) => expect(ends(does(cloud, get(input)).output as unknown as Output)).toEqual(expected));

  test("in pages, the last one with an empty token", () => {
    const first = does(cloud, get({ ResourcesPerPage: 2 })).output as unknown as Output;
    const second = does(cloud, get({ ResourcesPerPage: 2, PaginationToken: first.PaginationToken }))
      .output as unknown as Output;
    expect([ends(first), ends(second)]).toEqual([["1", "2"], ["api.example.com"]]);
    expect(second.PaginationToken).toBe("");
    expect(first.ResourceTagMappingList[0]?.Tags).toEqual([
      { Key: "env", Value: "prod" },
      { Key: "team", Value: "a" },
    ]);
  });

  test.each<[object, string]>([
    [{ ResourcesPerPage: 101 }, "InvalidParameterException"],
    [{ ResourceARNList: [arn("1")], TagFilters: [] }, "InvalidParameterException"],
    [{ ResourceTypeFilters: ["ec2:instance"] }, "NotEmulated"],
    [{ IncludeComplianceDetails: true }, "NotEmulated"],
  ])("%j is refused: %s", (input, code) => expect(fails(cloud, get(input)).code).toBe(code));
});
