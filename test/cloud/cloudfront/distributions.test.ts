import { describe, expect, test } from "vitest";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  after,
  BEHAVIOR,
  cf,
  config,
  create,
  distributed,
  does,
  fails,
  ORIGINS,
  START,
  takes,
  update,
  world,
} from "./world.ts";

const DEPLOYED = START + 5 * 60_000;

// Source: CloudFront API reference "CreateDistribution" and "Distribution".
describe("CreateDistribution", () => {
  test("answers with AWS's shape, on its way to the edge locations", () => {
    const { output } = does(world(), create());
    expect(output).toEqual({
      Distribution: {
        Id: expect.stringMatching(/^E[A-Z0-9]{13}$/) as string,
        ARN: expect.stringMatching(/^arn:aws:cloudfront::111122223333:distribution\/E[A-Z0-9]{13}$/) as string,
        Status: "InProgress",
        LastModifiedTime: START,
        InProgressInvalidationBatches: 0,
        DomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/) as string,
        ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
        ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
        DistributionConfig: expect.objectContaining({
          CallerReference: "one",
          Aliases: { Quantity: 0 },
          PriceClass: "PriceClass_All",
          HttpVersion: "http2",
        }) as object,
      },
      Location: expect.stringMatching(/\/2020-05-31\/distribution\/E[A-Z0-9]{13}$/) as string,
      ETag: expect.stringMatching(/^E[A-Z0-9]{13}$/) as string,
    });
  });

  test("what was given stays to the letter, also what is not looked into", () => {
    const given = {
      Comment: "a <b> & c",
      CacheTagConfig: { HeaderName: "tag" },
      Logging: { Enabled: true, IncludeCookies: false, Bucket: "b.s3.amazonaws.com", Prefix: "p/" },
      Restrictions: { GeoRestriction: { RestrictionType: "whitelist", Quantity: 2, Items: ["DE", "AT"] } },
      CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 404, ResponsePagePath: "/404.html" }] },
      CacheBehaviors: { Quantity: 0, Items: [] },
    };
    expect(distributed(world(), given).config).toMatchObject(given);
  });

  test.each<[string, object, string, number]>([
    ["the same caller reference", {}, "DistributionAlreadyExists", 409],
    ["no origin", { CallerReference: "2", Origins: { Quantity: 0 } }, "InvalidArgument", 400],
    [
      "two origins of one id",
      { CallerReference: "2", Origins: { Quantity: 2, Items: [ORIGINS.Items[0], ORIGINS.Items[0]] } },
      "InvalidArgument",
      400,
    ],
    [
      "a behavior that leads nowhere",
      { CallerReference: "2", DefaultCacheBehavior: { ...BEHAVIOR, TargetOriginId: "other" } },
      "NoSuchOrigin",
      404,
    ],
    [
      "a list of another length",
      { CallerReference: "2", Origins: { ...ORIGINS, Quantity: 2 } },
      "InconsistentQuantities",
      400,
    ],
    [
      "a list inside a list of another length",
      {
        CallerReference: "2",
        CacheBehaviors: {
          Quantity: 1,
          Items: [{ PathPattern: "a", ...BEHAVIOR, AllowedMethods: { Quantity: 2, Items: ["GET"] } }],
        },
      },
      "InconsistentQuantities",
      400,
    ],
    ["another price class", { CallerReference: "2", PriceClass: "PriceClass_1" }, "InvalidArgument", 400],
    ["staging", { CallerReference: "2", Staging: true }, "NotEmulated", 501],
    ["tenants", { CallerReference: "2", ConnectionMode: "tenant-only" }, "NotEmulated", 501],
  ])("refuses %s", (_, over, code, status) => {
    expect(fails(distributed(world()).cloud, create(over))).toMatchObject({ code, status });
  });

  test("a group of origins is a target too", () => {
    const groups = { Quantity: 1, Items: [{ Id: "group", Members: { Quantity: 0 } }] };
    const over = { OriginGroups: groups, DefaultCacheBehavior: { ...BEHAVIOR, TargetOriginId: "group" } };
    expect(takes(world(), create(over))).toBe(true);
  });

  const behaviors = (count: number): object => ({
    CacheBehaviors: {
      Quantity: count,
      Items: Array.from({ length: count }, (_, i) => ({ PathPattern: `/${i}`, ...BEHAVIOR })),
    },
  });
  const origins = (count: number): object => ({
    Origins: {
      Quantity: count,
      Items: Array.from({ length: count }, (_, i) => ({ ...ORIGINS.Items[0], Id: i === 0 ? "site" : `${i}` })),
    },
  });
  test.each<[string, object, object, string]>([
    ["cache behaviors", behaviors(75), behaviors(76), "TooManyCacheBehaviors"],
    ["origins", origins(100), origins(101), "TooManyOrigins"],
  ])("so many %s and no more", (_, most, more, code) => {
    does(world(), create(most));
    expect(fails(world(), create(more))).toMatchObject({ code, status: 400 });
  });

  test("so many distributions and no more", () => {
    const cloud = withQuota(distributed(world()).cloud, ACCOUNT, "cloudfront.distributions", 1);
    expect(fails(cloud, create({ CallerReference: "2" }))).toMatchObject({ code: "TooManyDistributions" });
  });

  test("with tags", () => {
    const input = { DistributionConfig: config(), Tags: { Items: [{ Key: "a", Value: "b" }] } };
    const made = does(world(), cf("CreateDistributionWithTags", { DistributionConfigWithTags: input }));
    const { ARN } = made.output["Distribution"] as { readonly ARN: string };
    expect(does(made.cloud, cf("ListTagsForResource", { Resource: ARN })).output).toEqual({
      Tags: { Items: [{ Key: "a", Value: "b" }] },
    });
  });
});

describe("what becomes of it in time", () => {
  test("it is deployed after a while, and not before", () => {
    const { cloud, id } = distributed(world());
    const statusAt = (at: number): unknown =>
      (does(tick(cloud, at), cf("GetDistribution", { Id: id })).output["Distribution"] as { Status: unknown }).Status;
    expect([statusAt(DEPLOYED - 1), statusAt(DEPLOYED)]).toEqual(["InProgress", "Deployed"]);
    expect(nextDue(cloud)).toBe(DEPLOYED);
    expect(nextDue(tick(cloud, DEPLOYED))).toBeUndefined();
  });

  test("another change starts the time anew, and has a version of its own", () => {
    const made = distributed(world());
    const later = tick(made.cloud, START + 60_000);
    const { cloud, output } = does(later, update(made, { Comment: "changed" }));
    expect(output["ETag"]).not.toBe(made.etag);
    expect(nextDue(cloud)).toBe(DEPLOYED + 60_000);
  });
});

// Source: CloudFront API reference "UpdateDistribution".
describe("UpdateDistribution", () => {
  const made = distributed(world());

  test("what was read can be written back, and is the same again", () => {
    const read = does(made.cloud, cf("GetDistributionConfig", { Id: made.id })).output;
    const { cloud } = does(made.cloud, cf("UpdateDistribution", { Id: made.id, IfMatch: read["ETag"], ...only(read) }));
    expect(only(does(cloud, cf("GetDistributionConfig", { Id: made.id })).output)).toEqual(only(read));
  });

  const only = ({ DistributionConfig }: Readonly<Record<string, unknown>>): object => ({ DistributionConfig });

  test("members that no program knows survive", () => {
    const cloud = after(made.cloud, update(made, { Comment: "b", Novelty: { Deep: [{ Quantity: 0 }] } }));
    expect(does(cloud, cf("GetDistributionConfig", { Id: made.id })).output["DistributionConfig"]).toEqual({
      ...made.config,
      Comment: "b",
      Novelty: { Deep: [{ Quantity: 0 }] },
    });
  });

  const { DefaultCacheBehavior: behavior, ...others } = made.config;
  const { FieldLevelEncryptionId: _id, ...bare } = behavior as Readonly<Record<string, unknown>>;
  const [origin = {}] = (made.config["Origins"] as { readonly Items: readonly Readonly<Record<string, unknown>>[] })
    .Items;
  const settings = origin["CustomOriginConfig"] as object;
  const withOrigin = (over: object): object => ({
    ...made.config,
    Origins: { Quantity: 1, Items: [{ ...origin, ...over }] },
  });
  test.each<[string, object, string, number]>([
    ["another caller reference", { ...made.config, CallerReference: "x" }, "IllegalUpdate", 400],
    ["no aliases", { ...made.config, Aliases: undefined }, "IllegalUpdate", 400],
    ["no certificate", { ...made.config, ViewerCertificate: undefined }, "IllegalUpdate", 400],
    ["no error responses", { ...made.config, CustomErrorResponses: undefined }, "IllegalUpdate", 400],
    ["no field-level encryption", { ...others, DefaultCacheBehavior: bare }, "InvalidArgument", 400],
    [
      "no read timeout",
      withOrigin({ CustomOriginConfig: { ...settings, OriginReadTimeout: undefined } }),
      "IllegalUpdate",
      400,
    ],
    ["no headers of an origin", withOrigin({ CustomHeaders: undefined }), "IllegalUpdate", 400],
    [
      "an unknown origin",
      { ...made.config, DefaultCacheBehavior: { ...bare, FieldLevelEncryptionId: "", TargetOriginId: "x" } },
      "NoSuchOrigin",
      404,
    ],
  ])("refuses %s", (_, DistributionConfig, code, status) => {
    const fault = fails(made.cloud, cf("UpdateDistribution", { Id: made.id, IfMatch: made.etag, DistributionConfig }));
    expect(fault).toMatchObject({ code, status });
  });

  test.each<[string, object, string, number]>([
    ["no If-Match", { IfMatch: undefined }, "InvalidIfMatchVersion", 400],
    ["what is no version", { IfMatch: '"E1"' }, "InvalidIfMatchVersion", 400],
    ["an older version", { IfMatch: "E1" }, "PreconditionFailed", 412],
    ["another id", { Id: "E2" }, "NoSuchDistribution", 404],
  ])("refuses %s", (_, over, code, status) => {
    const input = { ...(update(made).input as object), ...over };
    expect(fails(made.cloud, cf("UpdateDistribution", input))).toMatchObject({ code, status });
  });

  test("a version serves once", () => {
    const next = after(made.cloud, update(made, { Comment: "first" }));
    expect(fails(next, update(made, { Comment: "second" }))).toMatchObject({ code: "PreconditionFailed" });
  });
});

// Source: CloudFront guide "Delete a distribution".
describe("DeleteDistribution", () => {
  const made = distributed(world());
  const remove = (IfMatch: unknown) => cf("DeleteDistribution", { Id: made.id, IfMatch });
  const disabling = does(made.cloud, update(made, { Enabled: false }));
  const version = disabling.output["ETag"];

  test("not while it is enabled, nor while disabling it is on its way", () => {
    const notDisabled = { code: "DistributionNotDisabled", status: 409 };
    expect(fails(tick(made.cloud, DEPLOYED), remove(made.etag))).toMatchObject(notDisabled);
    expect(fails(disabling.cloud, remove(version))).toMatchObject(notDisabled);
  });

  test("then it goes, and its caller reference is free", () => {
    const gone = after(tick(disabling.cloud, DEPLOYED), remove(version));
    expect(fails(gone, cf("GetDistribution", { Id: made.id }))).toMatchObject({
      code: "NoSuchDistribution",
      status: 404,
    });
    does(gone, create());
  });

  test("by its version only", () => {
    const cloud = tick(disabling.cloud, DEPLOYED);
    expect(fails(cloud, remove(made.etag))).toMatchObject({ code: "PreconditionFailed", status: 412 });
    expect(fails(cloud, remove(undefined))).toMatchObject({ code: "InvalidIfMatchVersion", status: 400 });
  });
});

// Source: CloudFront API reference "ListDistributions".
test("ListDistributions goes on after the marker, and shows no caller reference", () => {
  const cloud = after(world(), ...["a", "b", "c"].map((CallerReference) => create({ CallerReference })));
  const list = (
    input: object,
  ): { Marker: string; NextMarker?: string; IsTruncated: boolean; Items: { Id: string }[] } =>
    does(cloud, cf("ListDistributions", input)).output["DistributionList"] as never;
  const whole = list({});
  expect(whole).toMatchObject({ Marker: "", MaxItems: 100, IsTruncated: false, Quantity: 3 });
  const first = list({ MaxItems: "2" });
  expect(first).toMatchObject({ IsTruncated: true, Quantity: 2, MaxItems: 2, NextMarker: whole.Items[1]?.Id });
  const rest = list({ MaxItems: "2", Marker: first.NextMarker });
  expect(rest).toMatchObject({ IsTruncated: false, Quantity: 1, Marker: first.NextMarker });
  expect([...first.Items, ...rest.Items]).toEqual(whole.Items);
  expect(whole.Items[0]).not.toHaveProperty("CallerReference");
  expect(does(world(), cf("ListDistributions", {})).output).toEqual({
    DistributionList: { Marker: "", MaxItems: 100, IsTruncated: false, Quantity: 0 },
  });
});
