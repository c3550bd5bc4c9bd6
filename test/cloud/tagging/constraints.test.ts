import { expect, test } from "vitest";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { call, world } from "../world.ts";

const of = (length: number): string => "x".repeat(length);
const get = (input: object) => step(world(), call("tagging", "GetResources", input), hashIds(""));
const filters = (count: number, values = 0) =>
  Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Values: Array.from({ length: values }, String) }));

// Source: Resource Groups Tagging API reference "GetResources" and "TagFilter".
test.each<[string, object]>([
  ["a page of none", { ResourcesPerPage: 0 }],
  ["a page of 101", { ResourcesPerPage: 101 }],
  ["51 filters", { TagFilters: filters(51) }],
  ["21 values of a filter", { TagFilters: filters(1, 21) }],
  ["a filter without a key", { TagFilters: [{ Key: "" }] }],
  ["a key of 129 characters", { TagFilters: [{ Key: of(129) }] }],
  ["a value of 257 characters", { TagFilters: [{ Key: "k", Values: [of(257)] }] }],
  ["a type of 257 characters", { ResourceTypeFilters: [of(257)] }],
  ["a token of 2,049 characters", { PaginationToken: of(2_049) }],
  ["no ARNs", { ResourceARNList: [] }],
  [
    "101 ARNs",
    { ResourceARNList: Array.from({ length: 101 }, () => "arn:aws:acm:us-east-1:111122223333:certificate/1") },
  ],
])("refuses %s", (_, input) =>
  expect(get(input)).toMatchObject({ ok: false, fault: { code: "InvalidParameterException", status: 400 } }),
);

test.each<[string, object]>([
  ["a page of 100", { ResourcesPerPage: 100 }],
  ["50 filters of 20 values", { TagFilters: filters(50, 20) }],
  ["the longest key and value", { TagFilters: [{ Key: of(128), Values: [of(256)] }] }],
])("takes %s", (_, input) => expect(get(input)).toMatchObject({ ok: true }));
