import { describe, expect, test } from "vitest";
import { apiDomain, call, does, fails, here, withDomains, world } from "../world.ts";

const resourceArn = "arn:aws:apigateway:us-east-1::/domainnames/api.example.com";
const on = (operation: string, input: object) => call("apigateway", operation, { resourceArn, ...input });
const cloud = withDomains(world(), apiDomain({ tags: { a: "1", b: "2" } }));
const after = (operation: string, input: object) =>
  here(does(cloud, on(operation, input)).cloud).domains.get("api.example.com.")?.tags;

// Source: API Gateway API reference "TagResource", "UntagResource", "GetTags".
describe("tags of a domain name", () => {
  test.each([
    ["TagResource", { tags: { b: "3", c: "4" } }, { a: "1", b: "3", c: "4" }],
    ["UntagResource", { tagKeys: ["a", "x"] }, { b: "2" }],
    ["GetTags", {}, { a: "1", b: "2" }],
  ])("%s %j leaves %j", (operation, input, expected) => expect(after(operation, input)).toEqual(expected));

  test("are read", () => expect(does(cloud, on("GetTags", {})).output).toEqual({ tags: { a: "1", b: "2" } }));

  test.each<[string, object, string]>([
    ["a domain that is not there", { resourceArn: `${resourceArn}.au` }, "NotFoundException"],
    ["another Region's ARN", { resourceArn: resourceArn.replace("us-east-1", "eu-west-1") }, "BadRequestException"],
    ["what is no ARN", { resourceArn: "api.example.com" }, "BadRequestException"],
    ["other resources", { resourceArn: "arn:aws:apigateway:us-east-1::/restapis/abc" }, "NotEmulated"],
    ["a star in a value", { tags: { address: "*.example.com" } }, "BadRequestException"],
    [
      "more than 50",
      { tags: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, ""])) },
      "BadRequestException",
    ],
  ])("refuses %s", (_, input, code) => expect(fails(cloud, on("TagResource", { tags: {}, ...input })).code).toBe(code));
});
