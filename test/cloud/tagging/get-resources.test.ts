import { describe, expect, test } from "vitest";
import { accountOf, withAccount } from "../../../src/cloud/edit.ts";
import { MINUTE } from "../../../src/cloud/instant.ts";
import { Table } from "../../../src/cloud/table.ts";
import { withNow } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  START,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  name,
  withCertificates,
  withDomains,
  withZones,
  world,
  zone,
} from "../world.ts";

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
    [{ PaginationToken: "x" }, "InvalidParameterException"],
    [{ ResourceARNList: [arn("1")], ResourcesPerPage: 5 }, "InvalidParameterException"],
    [{ ExcludeCompliantResources: true }, "NotEmulated"],
    [{ TagsPerPage: 100 }, "NotEmulated"],
    [{ ResourceARNList: [arn("1")], TagFilters: [] }, "InvalidParameterException"],
    [{ ResourceTypeFilters: ["ec2:instance"] }, "NotEmulated"],
    [{ IncludeComplianceDetails: true }, "NotEmulated"],
  ])("%j is refused: %s", (input, code) => expect(fails(cloud, get(input)).code).toBe(code));

  test("a token is good for a quarter of an hour", () => {
    const { PaginationToken } = does(cloud, get({ ResourcesPerPage: 1 })).output as unknown as Output;
    const next = get({ ResourcesPerPage: 1, PaginationToken });
    does(withNow(cloud, START + 15 * MINUTE), next);
    expect(fails(withNow(cloud, START + 15 * MINUTE + 1), next).code).toBe("PaginationTokenExpiredException");
  });

  describe("hosted zones and health checks", () => {
    const check = {
      Id: "h-1",
      CallerReference: "r",
      HealthCheckVersion: 1,
      HealthCheckConfig: { Type: "HTTPS" as const },
    };
    const account = accountOf(withZones(world(), zone("example.com", [], { id: "Z1" })), ACCOUNT);
    const tagged = withAccount(world(), {
      ...account,
      healthChecks: Table.from([["h-1", check]]),
      route53Tags: Table.from([
        ["hostedzone/Z1", { team: "a" }],
        ["hostedzone/Z-gone", { team: "a" }],
        ["healthcheck/h-1", { team: "b" }],
        ["healthcheck/h-gone", { team: "b" }],
      ]),
    });

    test.each<[string, object, string[]]>([
      ["both", { ResourceTypeFilters: ["route53"] }, ["h-1", "Z1"]],
      ["zones", { ResourceTypeFilters: ["route53:hostedzone"] }, ["Z1"]],
      ["health checks", { ResourceTypeFilters: ["route53:healthcheck"] }, ["h-1"]],
      ["by a tag", { TagFilters: [{ Key: "team", Values: ["a"] }] }, ["Z1"]],
      ["by ARN", { ResourceARNList: ["arn:aws:route53:::healthcheck/h-1"] }, ["h-1"]],
    ])("%s, in us-east-1", (_, input, expected) =>
      expect(ends(does(tagged, get(input)).output as unknown as Output)).toEqual(expected),
    );

    test("nowhere else", () => {
      const elsewhere = call("tagging", "GetResources", {}, "eu-west-1");
      expect(ends(does(tagged, elsewhere).output as unknown as Output)).toEqual([]);
    });
  });
});
