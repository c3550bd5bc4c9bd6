import { describe, expect, test } from "vitest";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { TAGGING_TIMES } from "../../../src/cloud/tagging/limits.ts";
import { withNow } from "../../../src/cloud/tick.ts";
import { call } from "../world.ts";
import { after, does, elb, estate, fails, now } from "./estate.ts";

const { cloud, balancer, listener, group } = estate();
const three = [balancer.arn, listener.arn, group];
const add = (Tags: readonly object[], ResourceArns: readonly string[] = three) =>
  elb("AddTags", { ResourceArns, Tags });
const told = (at: typeof cloud, ResourceArns: readonly string[] = three) =>
  does(at, elb("DescribeTags", { ResourceArns })).output["TagDescriptions"];

describe("tags", () => {
  const tagged = after(cloud, add([{ Key: "team", Value: "shop" }, { Key: "a" }]));

  test("of several things at once, in the order of the question", () => {
    const Tags = [
      { Key: "a", Value: "" },
      { Key: "team", Value: "shop" },
    ];
    expect(told(tagged)).toEqual(three.map((ResourceArn) => ({ ResourceArn, Tags })));
  });

  test("a value is replaced, a key removed, one that is not there is no matter", () => {
    const changed = after(
      tagged,
      add([{ Key: "team", Value: "blog" }], [listener.arn]),
      elb("RemoveTags", { ResourceArns: three, TagKeys: ["a", "b"] }),
    );
    expect(now(changed, listener)?.tags).toEqual({ team: "blog" });
    expect(told(changed, [group])).toEqual([{ ResourceArn: group, Tags: [{ Key: "team", Value: "shop" }] }]);
  });

  test.each<[string, ReturnType<typeof add>, string]>([
    ["a key twice", add([{ Key: "x" }, { Key: "x" }]), "DuplicateTagKeys"],
    ["a reserved key", add([{ Key: "AWS:x" }]), "ValidationError"],
    ["too long a key", add([{ Key: "x".repeat(129) }]), "ValidationError"],
    ["a key of strange characters", add([{ Key: "<x>" }]), "ValidationError"],
    ["51 tags", add(Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` }))), "TooManyTags"],
    ["an unknown load balancer", add([{ Key: "x" }], [`${balancer.arn}0`]), "LoadBalancerNotFound"],
    ["an unknown listener", add([{ Key: "x" }], [listener.arn, `${listener.arn}0`]), "ListenerNotFound"],
    ["an unknown target group", add([{ Key: "x" }], [`${group}0`]), "TargetGroupNotFound"],
    ["what is no ARN", add([{ Key: "x" }], ["x"]), "ValidationError"],
    ["21 things", elb("DescribeTags", { ResourceArns: Array.from({ length: 21 }, () => group) }), "ValidationError"],
    [
      "a rule",
      elb("DescribeTags", { ResourceArns: [`${listener.arn.replace(":listener/", ":listener-rule/")}/0`] }),
      "NotEmulated",
    ],
  ])("%s is refused", (_, made, code) => {
    expect(fails(cloud, made).code).toBe(code);
  });

  test("the tagging service shows them, some time later, by their types", () => {
    const listed = (at: number, filter: object = {}) => {
      const outcome = step(withNow(tagged, at), call("tagging", "GetResources", filter), hashIds(""));
      if (!outcome.ok) throw new Error(outcome.fault.message);
      const { ResourceTagMappingList: list } = outcome.output as {
        readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[];
      };
      return list.map(({ ResourceARN }) => ResourceARN);
    };
    const later = cloud.now + TAGGING_TIMES.shownAfter;
    expect(listed(later - 1)).toEqual([]);
    expect(listed(later)).toEqual(three.toSorted());
    expect(listed(later, { ResourceTypeFilters: ["elasticloadbalancing:listener"] })).toEqual([listener.arn]);
    expect(listed(later, { ResourceTypeFilters: ["elasticloadbalancing"], TagFilters: [{ Key: "x" }] })).toEqual([]);
  });
});
