import { describe, expect, test } from "vitest";
import { withQuota } from "../../../src/cloud/quotas.ts";
import {
  ACCOUNT,
  after,
  BEHAVIOR,
  create,
  createFunction,
  distributed,
  does,
  fails,
  functionArn,
  published,
  running,
  takes,
  update,
  world,
} from "./world.ts";

const LAMBDA = "arn:aws:lambda:us-east-1:111122223333:function:edge:1";
const cloud = after(published(published(world()), "second"), createFunction("draft"));

interface Association {
  readonly arn: string;
  readonly on: string;
}

const behavior = (functions: readonly Association[], lambdas: readonly Association[] = []): object => ({
  ...BEHAVIOR,
  FunctionAssociations: {
    Quantity: functions.length,
    Items: functions.map(({ arn, on }) => ({ FunctionARN: arn, EventType: on })),
  },
  LambdaFunctionAssociations: {
    Quantity: lambdas.length,
    Items: lambdas.map(({ arn, on }) => ({ LambdaFunctionARN: arn, EventType: on })),
  },
});

const REWRITE = functionArn("rewrite");
const SECOND = functionArn("second");
const viewer = (arn: string, on = "viewer-request"): Association => ({ arn, on });

// Source: CloudFront guide "Restrictions on all edge functions", API reference "FunctionAssociation".
describe("the functions of a cache behavior", () => {
  test.each<[string, object]>([
    ["one", behavior([viewer(REWRITE)])],
    ["one for each event", behavior([viewer(REWRITE), viewer(SECOND, "viewer-response")])],
    ["one for both events", behavior([viewer(REWRITE), viewer(REWRITE, "viewer-response")])],
    ["beside Lambda functions for the origin", behavior([viewer(REWRITE)], [viewer(LAMBDA, "origin-request")])],
    ["Lambda functions alone", behavior([], [viewer(LAMBDA), viewer(LAMBDA, "viewer-response")])],
  ])("%s: taken", (_, DefaultCacheBehavior) => {
    expect(takes(cloud, create({ DefaultCacheBehavior }))).toBe(true);
  });

  test.each<[string, object, string, RegExp]>([
    [
      "one that is not published",
      behavior([viewer(functionArn("draft"))]),
      "InvalidFunctionAssociation",
      /not published/,
    ],
    [
      "one that does not exist",
      behavior([viewer(functionArn("none"))]),
      "InvalidFunctionAssociation",
      /does not exist/,
    ],
    [
      "one of another account",
      behavior([viewer(REWRITE.replace(ACCOUNT, "999999999999"))]),
      "InvalidFunctionAssociation",
      /same account/,
    ],
    ["what is no function", behavior([viewer("rewrite")]), "InvalidFunctionAssociation", /not valid/],
    [
      "for an event of the origin",
      behavior([viewer(REWRITE, "origin-request")]),
      "InvalidFunctionAssociation",
      /origin-request/,
    ],
    ["two for one event", behavior([viewer(REWRITE), viewer(SECOND)]), "InvalidFunctionAssociation", /only one/],
    ["both sorts on one event", behavior([viewer(REWRITE)], [viewer(LAMBDA)]), "InvalidFunctionAssociation", /both/],
    [
      "both sorts on viewer events",
      behavior([viewer(REWRITE)], [viewer(LAMBDA, "viewer-response")]),
      "InvalidFunctionAssociation",
      /both/,
    ],
    [
      "a Lambda function without a version",
      behavior([], [viewer(LAMBDA.replace(/1$/u, "$LATEST"))]),
      "InvalidLambdaFunctionAssociation",
      /must end with the version number/,
    ],
    [
      "a Lambda function of another Region",
      behavior([], [viewer(LAMBDA.replace("us-east-1", "eu-west-1"))]),
      "InvalidLambdaFunctionAssociation",
      /us-east-1/,
    ],
    [
      "two Lambda functions for one event",
      behavior([], [viewer(LAMBDA), viewer(LAMBDA)]),
      "InvalidLambdaFunctionAssociation",
      /only one/,
    ],
  ])("%s: refused", (_, wrong, code, message) => {
    for (const over of [
      { DefaultCacheBehavior: wrong },
      { CacheBehaviors: { Quantity: 1, Items: [{ PathPattern: "/a", ...wrong }] } },
    ]) {
      const fault = fails(cloud, create(over));
      expect(fault).toMatchObject({ code, status: 400 });
      expect(fault.message).toMatch(message);
    }
  });

  test("behaviors do not disturb each other", () => {
    const made = create({
      DefaultCacheBehavior: behavior([viewer(REWRITE)]),
      CacheBehaviors: {
        Quantity: 2,
        Items: [
          { PathPattern: "/a", ...behavior([viewer(REWRITE)]) },
          { PathPattern: "/b", ...behavior([], [viewer(LAMBDA)]) },
        ],
      },
    });
    expect(takes(cloud, made)).toBe(true);
  });

  test("so many distributions run one function, and no more; its own does not count twice", () => {
    const tight = withQuota(cloud, ACCOUNT, "cloudfront.distributionsPerFunction", 1);
    const over = { DefaultCacheBehavior: { ...BEHAVIOR, ...running("viewer-request") } };
    const made = distributed(tight, over);
    expect(fails(made.cloud, create({ CallerReference: "2", ...over }))).toMatchObject({
      code: "TooManyDistributionsWithSingleFunctionARN",
    });
    does(made.cloud, update(made, { Comment: "b" }));
  });
});
