import { describe, expect, test } from "vitest";
import { after, cf, createFunction, distributed, does, fails, functionArn, world } from "./world.ts";

const made = distributed(after(world(), createFunction()));
const arns = [functionArn("rewrite"), `arn:aws:cloudfront::111122223333:distribution/${made.id}`];
const tag = (Resource: string, ...Items: readonly { Key: string; Value?: string }[]) =>
  cf("TagResource", { Resource, Tags: { Items } });
const tagsOf = (cloud: typeof made.cloud, Resource: string): unknown =>
  does(cloud, cf("ListTagsForResource", { Resource })).output["Tags"];

// Source: CloudFront API reference "TagResource", "UntagResource", "ListTagsForResource".
describe.each(arns)("tags of %s", (arn) => {
  test("are added, replaced and taken away", () => {
    const two = after(made.cloud, tag(arn, { Key: "b", Value: "1" }, { Key: "a" }), tag(arn, { Key: "b", Value: "2" }));
    expect(tagsOf(two, arn)).toEqual({
      Items: [
        { Key: "a", Value: "" },
        { Key: "b", Value: "2" },
      ],
    });
    const one = after(two, cf("UntagResource", { Resource: arn, TagKeys: { Items: ["a", "none"] } }));
    expect(tagsOf(one, arn)).toEqual({ Items: [{ Key: "b", Value: "2" }] });
  });

  test("fifty and no more", () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    const full = after(made.cloud, tag(arn, ...many));
    expect(fails(full, tag(arn, { Key: "more", Value: "" }))).toMatchObject({ code: "InvalidTagging", status: 400 });
    does(full, tag(arn, { Key: "k1", Value: "new" }));
  });

  test.each<[string, string, string]>([
    ["a key of AWS's", "AWS:x", "InvalidTagging"],
    ["no key", "", "InvalidArgument"],
    ["a long key", "k".repeat(129), "InvalidArgument"],
    ["other characters", "a*b", "InvalidArgument"],
  ])("%s is refused", (_, Key, code) => {
    expect(fails(made.cloud, tag(arn, { Key, Value: "" }))).toMatchObject({ code });
  });
});

test.each<[string, string, string]>([
  ["a function that is not there", functionArn("none"), "NoSuchResource"],
  ["a distribution that is not there", "arn:aws:cloudfront::111122223333:distribution/E1", "NoSuchResource"],
  ["one of another account", functionArn("rewrite").replace("1111", "9999"), "NoSuchResource"],
  ["what is not CloudFront's", "arn:aws:s3:::bucket", "InvalidArgument"],
  ["another kind of thing", "arn:aws:cloudfront::111122223333:key-value-store/x", "NotEmulated"],
])("%s is refused", (_, Resource, code) => {
  expect(fails(made.cloud, cf("ListTagsForResource", { Resource }))).toMatchObject({ code });
});
