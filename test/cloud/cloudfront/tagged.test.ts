import { expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { call } from "../world.ts";
import { after, cf, config, createFunction, does, functionArn, START, world } from "./world.ts";

const GET = call("tagging", "GetResources", {});
const SETTLED = START + 60_000;

interface Listed {
  readonly ResourceTagMappingList: readonly { readonly ResourceARN: string; readonly Tags: readonly object[] }[];
}

const listed = (cloud: ReturnType<typeof world>, input: object = {}): readonly string[] =>
  (does(cloud, { ...GET, input }).output as unknown as Listed).ResourceTagMappingList.map(
    ({ ResourceARN, Tags }) => `${ResourceARN.split(":").at(-1)} ${JSON.stringify(Tags)}`,
  );

const tags = { Items: [{ Key: "team", Value: "web" }] };
const made = does(
  after(world(), createFunction("rewrite", { Tags: tags }), createFunction("untagged")),
  cf("CreateDistributionWithTags", { DistributionConfigWithTags: { DistributionConfig: config(), Tags: tags } }),
);
const { ARN } = made.output["Distribution"] as { readonly ARN: string };
const [id] = ARN.split("/").slice(-1);
const SHOWN = '[{"Key":"team","Value":"web"}]';

// Source: Resource Groups Tagging API reference "GetResources".
test("the tagging service shows functions and distributions, after a while", () => {
  expect(listed(made.cloud)).toEqual([]);
  const settled = tick(made.cloud, SETTLED);
  expect(listed(settled)).toEqual([`distribution/${id} ${SHOWN}`, `function/rewrite ${SHOWN}`]);
  expect(listed(settled, { ResourceTypeFilters: ["cloudfront:function"] })).toEqual([`function/rewrite ${SHOWN}`]);
  expect(listed(settled, { ResourceTypeFilters: ["cloudfront"] })).toHaveLength(2);
});

test("a change of tags too", () => {
  const settled = tick(made.cloud, SETTLED);
  const untagged = after(settled, cf("UntagResource", { Resource: ARN, TagKeys: { Items: ["team"] } }));
  expect(listed(untagged)).toHaveLength(2);
  expect(listed(tick(untagged, SETTLED + 60_000))).toEqual([`function/rewrite ${SHOWN}`]);
});

test("what it tells is folded into what is known", () => {
  const settled = tick(made.cloud, SETTLED);
  const known = absorb(
    world(),
    cf("DescribeFunction", { Name: "rewrite" }),
    does(settled, cf("DescribeFunction", { Name: "rewrite" })).output,
  );
  const told = absorb(known, GET, does(settled, GET).output);
  expect(does(told, cf("ListTagsForResource", { Resource: functionArn("rewrite") })).output).toEqual({ Tags: tags });
});
