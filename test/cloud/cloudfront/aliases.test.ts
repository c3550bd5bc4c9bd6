import { describe, expect, test } from "vitest";
import { withAccount } from "../../../src/cloud/edit.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { name } from "../world.ts";
import { ACCOUNT, after, cf, certified, create, distributed, does, fails, named, takes, update } from "./world.ts";

const domains = ["example.com", "*.example.com", "*.a.example.com"].map(name);
const cloud = certified({ domains });
const second = (...names: readonly string[]) => create({ CallerReference: "2", ...named(...names) });

// Source: CloudFront guide "Restrictions on using alternate domain names".
describe("an alias is of one distribution", () => {
  const made = distributed(cloud, named("www.example.com"));

  test.each<[string, readonly string[]]>([
    ["the same", ["www.example.com"]],
    ["the same in capitals", ["WWW.example.com"]],
    ["the same among others", ["b.example.com", "www.example.com"]],
  ])("%s name is refused", (_, names) => {
    const fault = fails(made.cloud, second(...names));
    expect(fault).toMatchObject({ code: "CNAMEAlreadyExists", status: 409 });
    expect(fault.message).toContain("already associated with a different resource");
  });

  test.each<[string, string]>([
    ["a wildcard above it", "*.example.com"],
    ["another name", "b.example.com"],
    ["the name above", "example.com"],
  ])("%s is not", (_, alias) => {
    expect(takes(made.cloud, second(alias))).toBe(true);
  });

  test("in whatever account", () => {
    const theirs = made.cloud.accounts.get(ACCOUNT);
    if (theirs === undefined) throw new Error("no account");
    const shared = withAccount(cloud, { ...theirs, id: "999999999999" });
    expect(fails(shared, second("www.example.com"))).toMatchObject({ code: "CNAMEAlreadyExists" });
  });

  test("its own it keeps; what it gives up is free", () => {
    const kept = after(made.cloud, update(made, { Comment: "b", ...named("www.example.com", "b.example.com") }));
    expect(fails(kept, second("b.example.com"))).toMatchObject({ code: "CNAMEAlreadyExists" });
    does(after(made.cloud, update(made, named("b.example.com"))), second("www.example.com"));
  });

  test.each<[string, readonly string[]]>([
    ["what is no name", ["a b"]],
    ["one name twice", ["b.example.com", "B.example.com"]],
  ])("%s is refused", (_, names) => {
    expect(fails(cloud, second(...names))).toMatchObject({ status: 400 });
  });

  test("so many and no more", () => {
    const tight = withQuota(cloud, ACCOUNT, "cloudfront.aliases", 2);
    does(tight, second("a.example.com", "b.example.com"));
    expect(fails(tight, second("a.example.com", "b.example.com", "c.example.com"))).toMatchObject({
      code: "TooManyDistributionCNAMEs",
    });
  });
});

// Source: CloudFront API reference "ListConflictingAliases".
describe("ListConflictingAliases", () => {
  const first = distributed(cloud, named("www.example.com", "x.a.example.com"));
  const both = after(first.cloud, second("*.example.com", "example.com"));
  const list = (Alias: string, over: object = {}): { Items: { Alias: string }[]; NextMarker?: string } =>
    does(both, cf("ListConflictingAliases", { DistributionId: first.id, Alias, ...over })).output[
      "ConflictingAliasesList"
    ] as never;
  const aliases = (Alias: string): readonly string[] => list(Alias).Items.map((each) => each.Alias);

  test.each<[string, readonly string[]]>([
    ["www.example.com", ["*.example.com", "www.example.com"]],
    ["*.example.com", ["*.example.com", "www.example.com"]],
    ["new.example.com", ["*.example.com"]],
    ["*.a.example.com", ["x.a.example.com"]],
    ["example.com", ["example.com"]],
  ])("of %s: %j", (alias, expected) => {
    expect(aliases(alias)).toEqual(expected);
  });

  test("ids are half hidden", () => {
    expect(list("example.com")).toEqual({
      MaxItems: 100,
      Quantity: 1,
      Items: [
        {
          Alias: "example.com",
          DistributionId: expect.stringMatching(/^\*{7}[A-Z0-9]{7}$/) as string,
          AccountId: "******223333",
        },
      ],
    });
  });

  test("page by page", () => {
    const page = list("*.example.com", { MaxItems: 1 });
    expect(page).toMatchObject({ MaxItems: 1, Quantity: 1 });
    expect(list("*.example.com", { MaxItems: 1, Marker: page.NextMarker }).Items.map((each) => each.Alias)).toEqual([
      "www.example.com",
    ]);
  });

  test.each<[string, object, string]>([
    ["of another distribution", { DistributionId: "E1", Alias: "www.example.com" }, "NoSuchDistribution"],
    [
      "of a name that the certificate does not cover",
      { DistributionId: first.id, Alias: "www.example.net" },
      "InvalidArgument",
    ],
    ["of what is no name", { DistributionId: first.id, Alias: "a b" }, "InvalidArgument"],
    ["with too large a page", { DistributionId: first.id, Alias: "www.example.com", MaxItems: 101 }, "InvalidArgument"],
  ])("%s it is refused", (_, input, code) => {
    expect(fails(both, cf("ListConflictingAliases", input))).toMatchObject({ code });
  });
});
