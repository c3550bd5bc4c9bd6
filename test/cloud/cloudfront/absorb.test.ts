import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { cloudFrontAt } from "../../../src/cloud/cloudfront/state.ts";
import type { CloudFront } from "../../../src/cloud/cloudfront/state.ts";
import { decodeCloud, encodeCloud } from "../../../src/cloud/codec.ts";
import { idsOf } from "../../../src/cloud/ids.ts";
import { learn } from "../../../src/cloud/learn.ts";
import { step } from "../../../src/cloud/step.ts";
import { tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  after,
  BEHAVIOR,
  cf,
  CODE,
  CONFIG,
  create,
  createFunction,
  distributed,
  does,
  etagOf,
  functionArn,
  published,
  running,
  START,
  update,
  world,
} from "./world.ts";

const reads = (from: Cloud, into: Cloud, ...calls: readonly Call[]): Cloud =>
  calls.reduce((cloud, each) => absorb(cloud, each, does(from, each).output), into);

const tables = ({ functions, distributions }: CloudFront): unknown => ({
  functions: [...functions],
  distributions: [...distributions],
});
const held = (cloud: Cloud): unknown => tables(cloudFrontAt(cloud, ACCOUNT));

const made = distributed(published(world()), { DefaultCacheBehavior: { ...BEHAVIOR, ...running("viewer-request") } });
const truth = tick(made.cloud, START + 300_000);
const DESCRIBE = cf("DescribeFunction", { Name: "rewrite" });
const LIVE = { Name: "rewrite", Stage: "LIVE" };
const GET = cf("GetDistribution", { Id: made.id });
const LIST = cf("ListDistributions", {});
const TAGS = [functionArn("rewrite"), `arn:aws:cloudfront::${ACCOUNT}:distribution/${made.id}`].map((Resource) =>
  cf("ListTagsForResource", { Resource }),
);

describe("what is read is as it was", () => {
  test("both stages with their code, and a distribution", () => {
    const all = [
      DESCRIBE,
      cf("DescribeFunction", LIVE),
      cf("GetFunction", { Name: "rewrite" }),
      cf("GetFunction", LIVE),
    ];
    expect(held(reads(truth, world(), ...all, GET, ...TAGS))).toEqual(held(truth));
  });

  test("a listing of functions tells no version and no code", () => {
    const listed = [...cloudFrontAt(reads(truth, world(), cf("ListFunctions", {})), ACCOUNT).functions];
    const version = { etag: undefined, config: CONFIG, code: undefined, createdAt: START, modifiedAt: START };
    expect(listed).toEqual([{ name: "rewrite", tags: undefined, development: version, live: version }]);
  });

  test("a later listing keeps what was read of a function that was not changed", () => {
    const known = reads(truth, world(), DESCRIBE, cf("GetFunction", { Name: "rewrite" }), cf("ListFunctions", {}));
    expect(cloudFrontAt(known, ACCOUNT).functions.get("rewrite")?.development).toMatchObject({
      etag: etagOf(truth),
      code: CODE,
    });
    const changed = after(
      truth,
      cf("UpdateFunction", { Name: "rewrite", IfMatch: etagOf(truth), FunctionConfig: CONFIG, FunctionCode: CODE }),
    );
    const later = reads(changed, known, cf("ListFunctions", {}));
    expect(cloudFrontAt(later, ACCOUNT).functions.get("rewrite")?.development).toMatchObject({
      etag: undefined,
      code: undefined,
    });
  });

  test("a listing of distributions shows a part of the config, and no version", () => {
    const listed = cloudFrontAt(reads(truth, world(), LIST), ACCOUNT).distributions.get(made.id);
    const {
      CallerReference: _reference,
      DefaultRootObject: _root,
      Logging: _log,
      ContinuousDeploymentPolicyId: _policy,
      ...shown
    } = made.config;
    expect(listed).toMatchObject({ etag: undefined, config: shown, tags: undefined });
    expect(listed?.config).not.toHaveProperty("CallerReference");
  });

  test("a later listing keeps the config that was read in full, until it is changed", () => {
    const known = reads(truth, world(), GET);
    const whole = cloudFrontAt(known, ACCOUNT).distributions.get(made.id);
    expect(cloudFrontAt(reads(truth, known, LIST), ACCOUNT).distributions.get(made.id)).toEqual(whole);
    const changed = after(truth, update(made, { Comment: "b" }));
    expect(cloudFrontAt(reads(changed, known, LIST), ACCOUNT).distributions.get(made.id)).toMatchObject({
      etag: undefined,
      deployment: { dueAt: Infinity, still: [] },
    });
    const again = reads(changed, known, LIST, cf("GetDistributionConfig", { Id: made.id }));
    expect(cloudFrontAt(again, ACCOUNT).distributions.get(made.id)).toMatchObject({ config: { Comment: "b" } });
  });

  test("what a whole listing leaves out is gone", () => {
    const known = reads(truth, world(), DESCRIBE, GET);
    expect(held(reads(world(), known, LIST, cf("ListFunctions", {})))).toEqual({ functions: [], distributions: [] });
    const page = cf("ListDistributions", { Marker: "F" });
    expect(cloudFrontAt(reads(truth, known, page), ACCOUNT).distributions.size).toBe(1);
  });

  test("what is on its way is deployed when a read says so, and not before", () => {
    const underway = reads(made.cloud, world(), GET);
    expect(held(tick(underway, START + 1e9))).toEqual(held(underway));
    expect(cloudFrontAt(reads(truth, underway, GET), ACCOUNT).distributions.get(made.id)?.deployment).toBeUndefined();
  });
});

describe("what a refusal tells", () => {
  const refusal = (code: string) => ({ code, message: "", status: 404 });
  test.each<[string, Call, string, unknown]>([
    ["a function is gone", DESCRIBE, "NoSuchFunctionExists", [undefined, true]],
    ["only its published version", cf("DescribeFunction", LIVE), "NoSuchFunctionExists", ["unpublished", true]],
    ["a distribution is gone", GET, "NoSuchDistribution", ["published", false]],
    ["another fault tells nothing", GET, "AccessDenied", ["published", true]],
  ])("%s", (_, call, code, expected) => {
    const { functions, distributions } = cloudFrontAt(learn(truth, call, refusal(code)), ACCOUNT);
    const edge = functions.get("rewrite");
    const stage = edge && (edge.live === undefined ? "unpublished" : "published");
    expect([stage, distributions.has(made.id)]).toEqual(expected);
  });
});

test("AWS's own identifiers are taken over from its answers", () => {
  const real = {
    Distribution: { Id: "EDFDVBD6EXAMPLE", DomainName: "d111111abcdef8.cloudfront.net" },
    ETag: "E2QWRUHEXAMPLE",
  };
  const outcome = step(world(), create(), idsOf(create(), real));
  expect(outcome).toMatchObject({ ok: true, output: real });
  const edge = step(world(), createFunction(), idsOf(createFunction(), { ETag: "ETVABCEXAMPLE" }));
  expect(edge).toMatchObject({ ok: true, output: { ETag: "ETVABCEXAMPLE" } });
});

test("the state on disk carries it, code included; one without it is read as empty", () => {
  const again = decodeCloud(JSON.parse(JSON.stringify(encodeCloud(made.cloud))));
  expect(held(again)).toEqual(
    JSON.parse(JSON.stringify({ ...(held(made.cloud) as object) }), (key, value: unknown) =>
      key === "code" ? new Uint8Array(CODE) : value,
    ),
  );
  expect(held(decodeCloud(JSON.parse(JSON.stringify(encodeCloud(world())))))).toEqual({
    functions: [],
    distributions: [],
  });
});
