import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { tagsKey } from "../../../src/cloud/route53/tags.ts";
import { ACCOUNT, ZONE, call, estate, fault, run, withCheck } from "./estate.ts";

const zone = { ResourceType: "hostedzone", ResourceId: ZONE };
const check = { ResourceType: "healthcheck", ResourceId: "hc-1" };
const start = withCheck(estate(), "hc-1");
const change = (of: object, AddTags?: readonly object[], RemoveTagKeys?: readonly string[]) =>
  call("ChangeTagsForResource", {
    ...of,
    ...(AddTags === undefined ? {} : { AddTags }),
    ...(RemoveTagKeys === undefined ? {} : { RemoveTagKeys }),
  });
const tag = (Key: string, Value = "v") => ({ Key, Value });
const tags = (...keys: readonly string[]) => keys.map((key) => tag(key));
const numbered = (count: number) => tags(...Array.from({ length: count }, (_, index) => `k${index}`));
const listed = (cloud: Cloud, of: object): unknown =>
  (run(cloud, call("ListTagsForResource", of)).output["ResourceTagSet"] as { readonly Tags: unknown }).Tags;

describe.each([
  ["a zone", zone],
  ["a health check", check],
])("tags of %s", (_, of) => {
  test("are added, edited and removed, and listed by key", () => {
    const first = run(start, change(of, [tag("b"), tag("a", "1")])).cloud;
    expect(listed(first, of)).toEqual([tag("a", "1"), tag("b")]);
    const second = run(first, change(of, [tag("a", "2"), tag("c")], ["b", "not-there"])).cloud;
    expect(listed(second, of)).toEqual([tag("a", "2"), tag("c")]);
    expect(listed(first, of)).toHaveLength(2);
  });
  test("none at first, and none once the last is gone", () => {
    expect(listed(start, of)).toEqual([]);
    expect(listed(run(run(start, change(of, tags("a"))).cloud, change(of, undefined, ["a"])).cloud, of)).toEqual([]);
  });
  test("ten of a resource, and room is made by what goes", () => {
    const full = run(start, change(of, numbered(10))).cloud;
    expect(fault(full, change(of, tags("new")))).toMatchObject({ code: "InvalidInput", status: 400 });
    expect(listed(run(full, change(of, tags("new"), ["k0"])).cloud, of)).toHaveLength(10);
    expect(listed(run(full, change(of, [tag("k0", "other")])).cloud, of)).toHaveLength(10);
  });
});

test("the prefix of an id may stay on it", () => {
  const { cloud } = run(start, change({ ...zone, ResourceId: `/hostedzone/${ZONE}` }, tags("a")));
  expect(listed(cloud, zone)).toEqual([tag("a")]);
});

test("a Value left out is empty", () => {
  expect(listed(run(start, change(zone, [{ Key: "a" }])).cloud, zone)).toEqual([tag("a", "")]);
});

describe("of several resources", () => {
  const list = (ResourceType: string, ...ResourceIds: readonly string[]) =>
    call("ListTagsForResources", { ResourceType, ResourceIds });
  test("in the order asked for", () => {
    const cloud = run(withCheck(start, "hc-2"), change(check, tags("a"))).cloud;
    expect(run(cloud, list("healthcheck", "hc-2", "hc-1")).output).toEqual({
      ResourceTagSets: [
        { ResourceType: "healthcheck", ResourceId: "hc-2", Tags: [] },
        { ResourceType: "healthcheck", ResourceId: "hc-1", Tags: [tag("a")] },
      ],
    });
  });
  test("ten at the most, one at least", () => {
    expect(fault(start, list("healthcheck", ...Array.from({ length: 11 }, () => "hc-1"))).message).toContain(
      "resourceIds",
    );
    expect(fault(start, list("healthcheck")).code).toBe("InvalidInput");
  });
  test("one that is not there fails all", () => {
    expect(fault(start, list("healthcheck", "hc-1", "hc-9")).code).toBe("NoSuchHealthCheck");
    expect(fault(start, list("hostedzone", "Z9")).code).toBe("NoSuchHostedZone");
  });
});

describe("refused", () => {
  test.each<[string, object, string]>([
    ["no such zone", { ...zone, ResourceId: "Z9" }, "NoSuchHostedZone"],
    ["no such check", { ...check, ResourceId: "hc-9" }, "NoSuchHealthCheck"],
    ["a zone's id for a check", { ...check, ResourceId: ZONE }, "NoSuchHealthCheck"],
    ["another type", { ResourceType: "change", ResourceId: "C1" }, "InvalidInput"],
  ])("%s", (_, of, code) => {
    expect(fault(start, change(of, tags("a"))).code).toBe(code);
    expect(fault(start, call("ListTagsForResource", of)).code).toBe(code);
  });
  test.each<[string, readonly object[]]>([
    ["eleven at once", numbered(11)],
    ["none", []],
    ["a key of 129 characters", tags("k".repeat(129))],
    ["a value of 257 characters", [tag("k", "v".repeat(257))]],
    ["no key", [{ Value: "v" }]],
    ["a key twice", tags("a", "a")],
    ["a key of AWS's own", tags("aws:x")],
  ])("%s", (_, added) => expect(fault(start, change(zone, added)).code).toBe("InvalidInput"));
});

test.each<[string, object, object]>([
  ["DeleteHostedZone", zone, { Id: ZONE }],
  ["DeleteHealthCheck", check, { HealthCheckId: "hc-1" }],
])("%s takes the tags along", (operation, of, input) => {
  const tagged = run(start, change(of, tags("a"))).cloud;
  expect(accountOf(tagged, ACCOUNT).route53Tags.size).toBe(1);
  expect(accountOf(run(tagged, call(operation, input)).cloud, ACCOUNT).route53Tags.size).toBe(0);
});

test("keys of the table", () => {
  expect(tagsKey("hostedzone", "/hostedzone/Z1")).toBe("hostedzone/Z1");
});
