import { describe, expect, test } from "vitest";
import { cloudFrontAt } from "../../../src/cloud/cloudfront/state.ts";
import { QUOTAS, withQuota } from "../../../src/cloud/quotas.ts";
import { tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  after,
  BEHAVIOR,
  cf,
  CODE,
  CONFIG,
  createFunction,
  create,
  distributed,
  does,
  etagOf,
  fails,
  functionArn,
  published,
  running,
  START,
  takes,
  update,
  world,
} from "./world.ts";

const summaryOf = (output: Readonly<Record<string, unknown>>): unknown => output["FunctionSummary"];
const OTHER = Buffer.from("function handler(event) { return { statusCode: 204 }; }");

// Source: CloudFront API reference "CreateFunction".
describe("CreateFunction", () => {
  test("answers with AWS's shape, in the DEVELOPMENT stage", () => {
    const { output } = does(world(), createFunction());
    expect(output).toEqual({
      FunctionSummary: {
        Name: "rewrite",
        Status: "UNPUBLISHED",
        FunctionConfig: CONFIG,
        FunctionMetadata: {
          FunctionARN: functionArn("rewrite"),
          Stage: "DEVELOPMENT",
          CreatedTime: START,
          LastModifiedTime: START,
        },
      },
      ETag: expect.stringMatching(/^E[A-Z0-9]{13}$/) as string,
      Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${functionArn("rewrite")}`,
    });
  });

  test.each<[string, ReturnType<typeof createFunction>, string, number]>([
    ["a name that is taken", createFunction(), "FunctionAlreadyExists", 409],
    ["a name of other characters", createFunction("a.b"), "InvalidArgument", 400],
    ["no code", createFunction("b", { FunctionCode: Buffer.alloc(0) }), "InvalidArgument", 400],
    [
      "another runtime",
      createFunction("b", { FunctionConfig: { ...CONFIG, Runtime: "nodejs" } }),
      "InvalidArgument",
      400,
    ],
    ["too much code", createFunction("b", { FunctionCode: Buffer.alloc(10_241) }), "FunctionSizeLimitExceeded", 413],
    ["far too much code", createFunction("b", { FunctionCode: Buffer.alloc(40_961) }), "InvalidArgument", 400],
    ["a reserved tag", createFunction("b", { Tags: { Items: [{ Key: "aws:x", Value: "" }] } }), "InvalidTagging", 400],
    [
      "a key value store",
      createFunction("b", { FunctionConfig: { ...CONFIG, KeyValueStoreAssociations: { Quantity: 1, Items: [{}] } } }),
      "NotEmulated",
      501,
    ],
  ])("refuses %s", (_, made, code, status) => {
    expect(fails(after(world(), createFunction()), made)).toMatchObject({ code, status });
  });

  test("just so much code is taken", () => {
    expect(takes(world(), createFunction("b", { FunctionCode: Buffer.alloc(10_240, " ") }))).toBe(true);
  });

  test("so many and no more", () => {
    const cloud = withQuota(after(world(), createFunction("a")), ACCOUNT, "cloudfront.functions", 2);
    const full = after(cloud, createFunction("b"));
    expect(fails(full, createFunction("c"))).toMatchObject({ code: "TooManyFunctions", status: 400 });
    expect(QUOTAS["cloudfront.functions"].value).toBe(100);
  });

  test("functions of another account do not count, and their names are free", () => {
    const theirs = cf("CreateFunction", createFunction().input as object, "999999999999");
    expect(cloudFrontAt(after(world(), theirs, createFunction()), ACCOUNT).functions.size).toBe(1);
  });
});

// Source: CloudFront API reference "UpdateFunction", "PublishFunction".
describe("what is decided on a version", () => {
  const cloud = published(world());
  const content = { FunctionConfig: CONFIG, FunctionCode: OTHER };
  const calls: readonly (readonly [string, object])[] = [
    ["UpdateFunction", content],
    ["PublishFunction", {}],
    ["DeleteFunction", {}],
  ];

  test.each(calls)("%s without If-Match", (operation, input) => {
    const fault = fails(cloud, cf(operation, { Name: "rewrite", ...input }));
    expect(fault).toMatchObject({ code: "InvalidIfMatchVersion", status: 400 });
  });

  test.each(calls)("%s by a version that is no more", (operation, input) => {
    const next = does(cloud, cf("UpdateFunction", { Name: "rewrite", IfMatch: etagOf(cloud), ...content })).cloud;
    const stale = cf(operation, { Name: "rewrite", IfMatch: etagOf(cloud), ...input });
    expect(fails(next, stale)).toMatchObject({ code: "PreconditionFailed", status: 412 });
  });

  test.each(calls)("%s by the version of the LIVE stage", (operation, input) => {
    const live = cf(operation, { Name: "rewrite", IfMatch: etagOf(cloud, "rewrite", "LIVE"), ...input });
    expect(fails(cloud, live)).toMatchObject({ code: "PreconditionFailed" });
  });

  test.each(calls)("%s of nothing", (operation, input) => {
    const fault = fails(cloud, cf(operation, { Name: "nothing", IfMatch: "E1", ...input }));
    expect(fault).toMatchObject({ code: "NoSuchFunctionExists", status: 404 });
  });
});

describe("stages", () => {
  const made = after(world(), createFunction());

  test("what is not published has no LIVE stage", () => {
    for (const operation of ["DescribeFunction", "GetFunction"])
      expect(fails(made, cf(operation, { Name: "rewrite", Stage: "LIVE" }))).toMatchObject({
        code: "NoSuchFunctionExists",
      });
  });

  test("publishing copies it, under another version id, which the answer does not tell", () => {
    const { cloud, output } = does(made, cf("PublishFunction", { Name: "rewrite", IfMatch: etagOf(made) }));
    expect(output).not.toHaveProperty("ETag");
    expect(summaryOf(output)).toMatchObject({ Status: "UNASSOCIATED", FunctionMetadata: { Stage: "LIVE" } });
    expect(etagOf(cloud, "rewrite", "LIVE")).not.toBe(etagOf(cloud));
    expect(etagOf(cloud)).toBe(etagOf(made));
  });

  test("an update changes DEVELOPMENT alone, until it is published", () => {
    const cloud = tick(published(world()), START + 1);
    const content = { FunctionConfig: CONFIG, FunctionCode: OTHER };
    const updated = after(cloud, cf("UpdateFunction", { Name: "rewrite", IfMatch: etagOf(cloud), ...content }));
    const codeAt = (at: typeof cloud, Stage: string): unknown =>
      does(at, cf("GetFunction", { Name: "rewrite", Stage })).output["FunctionCode"];
    expect([codeAt(updated, "DEVELOPMENT"), codeAt(updated, "LIVE")]).toEqual([OTHER, CODE]);
    expect(summaryOf(does(updated, cf("DescribeFunction", { Name: "rewrite" })).output)).toMatchObject({
      Status: "UNPUBLISHED",
      FunctionMetadata: { CreatedTime: START, LastModifiedTime: START + 1 },
    });
    const again = after(updated, cf("PublishFunction", { Name: "rewrite", IfMatch: etagOf(updated) }));
    expect(codeAt(again, "LIVE")).toEqual(OTHER);
  });

  test("the status follows what runs it", () => {
    const statusOf = (at: typeof made): unknown =>
      (summaryOf(does(at, cf("DescribeFunction", { Name: "rewrite", Stage: "LIVE" })).output) as { Status: unknown })
        .Status;
    const cloud = published(world());
    const used = distributed(cloud, { DefaultCacheBehavior: { ...BEHAVIOR, ...running("viewer-request") } }).cloud;
    expect([statusOf(cloud), statusOf(used), statusOf(tick(used, START + 300_000))]).toEqual([
      "UNASSOCIATED",
      "IN_PROGRESS",
      "DEPLOYED",
    ]);
  });
});

describe("DeleteFunction", () => {
  test("takes what nothing runs", () => {
    const cloud = published(world());
    const gone = after(cloud, cf("DeleteFunction", { Name: "rewrite", IfMatch: etagOf(cloud) }));
    expect(fails(gone, cf("DescribeFunction", { Name: "rewrite" }))).toMatchObject({ code: "NoSuchFunctionExists" });
  });

  test("not while a cache behavior runs it, nor until letting go of it is deployed", () => {
    const made = distributed(published(world()), {
      CacheBehaviors: { Quantity: 1, Items: [{ PathPattern: "/a/*", ...BEHAVIOR, ...running("viewer-response") }] },
    });
    const remove = cf("DeleteFunction", { Name: "rewrite", IfMatch: etagOf(made.cloud) });
    expect(fails(made.cloud, remove)).toMatchObject({ code: "FunctionInUse", status: 409 });
    const free = after(made.cloud, update(made, { CacheBehaviors: { Quantity: 0 } }));
    expect(fails(free, remove)).toMatchObject({ code: "FunctionInUse" });
    does(tick(free, START + 300_000), remove);
  });
});

// Source: CloudFront API reference "ListFunctions".
describe("ListFunctions", () => {
  const cloud = after(published(published(world(), "b"), "c"), createFunction("a"));
  const list = (
    input: object,
  ): { Quantity: number; Items?: readonly { Name: string; FunctionMetadata: { Stage: string } }[] } =>
    does(cloud, cf("ListFunctions", input)).output["FunctionList"] as never;
  const names = (input: object): readonly string[] =>
    (list(input).Items ?? []).map(({ Name, FunctionMetadata }) => `${Name} ${FunctionMetadata.Stage}`);

  test("every stage of each, by name", () => {
    expect(names({})).toEqual(["a DEVELOPMENT", "b DEVELOPMENT", "b LIVE", "c DEVELOPMENT", "c LIVE"]);
  });
  test("one stage", () => {
    expect(names({ Stage: "LIVE" })).toEqual(["b LIVE", "c LIVE"]);
    expect(list({ Stage: "LIVE", MaxItems: "1" })).toMatchObject({ Quantity: 1, MaxItems: 1, NextMarker: "b LIVE" });
  });
  test("page by page it is the same", () => {
    const seen: string[] = [];
    let marker: object = {};
    for (;;) {
      const page = list({ MaxItems: 2, ...marker }) as { NextMarker?: string };
      seen.push(...names({ MaxItems: 2, ...marker }));
      if (page.NextMarker === undefined) break;
      marker = { Marker: page.NextMarker };
    }
    expect(seen).toEqual(names({}));
  });
  test("nothing has no items", () => {
    expect(does(world(), cf("ListFunctions", {})).output).toEqual({ FunctionList: { MaxItems: 100, Quantity: 0 } });
  });
  test.each(["0", "-1", "x"])("MaxItems %s is refused", (MaxItems) => {
    expect(fails(cloud, cf("ListFunctions", { MaxItems }))).toMatchObject({ code: "InvalidArgument" });
  });
});

test("a distribution that is made with it holds it too", () => {
  const used = after(
    published(world()),
    create({ DefaultCacheBehavior: { ...BEHAVIOR, ...running("viewer-request") } }),
  );
  expect(fails(used, cf("DeleteFunction", { Name: "rewrite", IfMatch: etagOf(used) }))).toMatchObject({
    code: "FunctionInUse",
  });
});
