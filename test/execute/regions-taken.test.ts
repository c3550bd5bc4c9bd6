import { expect, test } from "vitest";
import { domainName } from "../../src/dns/domain-name.ts";
import { alsoTaken, takesAgain, tooManyTaken } from "../../src/execute/regions-taken.ts";
import type { RegionsTaken } from "../../src/execute/regions-taken.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import type { AnySpec } from "../../src/resource/kind.ts";

const shop = domainName("shop.example.com");
const blog = domainName("blog.example.com");
const nothing: RegionsTaken = new Map();

const step = (kind: string, action: Step["action"], before: object | undefined, after?: object): Step => {
  const address = `${kind}/x` as Address;
  const change = {
    address,
    before: before as AnySpec | undefined,
    after: after as AnySpec | undefined,
    guard: undefined,
  };
  return { id: "x", kind, action, address, change, differences: [], after: [], names: [] };
};
const dropped = (name: string, region: string): Step => step("record-set", "delete", { name, region });
const switched = (from: readonly string[], to: readonly string[]): Step => {
  const records = (regions: readonly string[]): object => ({
    name: shop,
    records: regions.map((region) => ({ name: shop, region })),
  });
  return step("record-switch", "update", records(from), records(to));
};
const plan = (steps: readonly Step[], retired: Plan["retired"] = []): Plan => ({
  version: 1,
  owner: { manifest: "m", scope: "s" },
  account: "111122223333",
  readAt: 0,
  retired,
  nonce: "n",
  steps,
  held: [],
  diagnostics: [],
  foreign: {},
  unchanged: {},
});
const after = (...steps: readonly Step[]): RegionsTaken => alsoTaken(nothing, steps, plan(steps));

test("what a run takes adds up by name; what is retired, and what stays in a switch, does not count", () => {
  expect(after(dropped(shop, "us-east-1"), dropped(shop, "us-east-1"), dropped(blog, "us-west-2"))).toEqual(
    new Map([
      [shop, new Set(["us-east-1"])],
      [blog, new Set(["us-west-2"])],
    ]),
  );
  expect(after(switched(["us-east-1", "us-west-2"], ["us-west-2"]))).toEqual(new Map([[shop, new Set(["us-east-1"])]]));
  const gone = [dropped(shop, "us-east-1")];
  expect(alsoTaken(nothing, gone, plan(gone, [shop])).size).toBe(0);
  expect(after(step("record-set", "create", undefined, { name: shop, region: "us-east-1" })).size).toBe(0);
});

test("a Region that went in a switch and is back is taken again by whatever takes it", () => {
  const taken = after(switched(["us-east-1", "us-west-2"], ["us-west-2"]));
  expect(takesAgain(taken, dropped(shop, "us-east-1"))).toBe(true);
  expect(takesAgain(taken, switched(["us-east-1"], ["us-west-2"]))).toBe(true);
  expect(takesAgain(taken, dropped(shop, "us-west-2"))).toBe(false);
  expect(takesAgain(taken, dropped(blog, "us-east-1"))).toBe(false);
});

test("a simple record that leads elsewhere takes a Region, too", () => {
  const moved = (from: string, to: string): Step =>
    step("record-set", "update", { name: shop, region: from }, { name: shop, region: to });
  const taken = after(moved("us-west-2", "us-east-1"));
  expect(taken).toEqual(new Map([[shop, new Set(["us-west-2"])]]));
  expect(takesAgain(taken, moved("us-west-2", "us-east-1"))).toBe(true);
  expect(after(moved("us-west-2", "us-west-2")).size).toBe(0);
});

test("a later round may not take what the limit of the run does not allow, whoever has brought it since", () => {
  const codes = (taken: RegionsTaken, steps: readonly Step[], most: number): readonly string[] =>
    tooManyTaken(taken, plan(steps), most).map(({ code, subject }) => `${code} ${subject ?? ""}`);
  const one = after(dropped(shop, "us-east-1"));
  expect(codes(one, [dropped(shop, "us-west-2")], 1)).toEqual(["LIMIT_EXCEEDED shop.example.com"]);
  expect(codes(one, [dropped(shop, "us-west-2")], 2)).toEqual([]);
  expect(codes(one, [dropped(blog, "us-west-2")], 1)).toEqual([]);
  expect(codes(one, [dropped(shop, "us-east-1")], 1)).toEqual([]);
  // The plan's own limit is checked when it is made.
  expect(codes(nothing, [dropped(shop, "us-east-1"), dropped(shop, "us-west-2")], 1)).toEqual([]);
});
