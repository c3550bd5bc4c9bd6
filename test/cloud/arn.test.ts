import { describe, expect, test } from "vitest";
import { certificateArn, domainNameArn, formatArn, parseArn, partitionOf } from "../../src/cloud/arn.ts";

describe("ARNs", () => {
  test.each([
    "arn:aws:acm:us-east-1:111122223333:certificate/1234",
    "arn:aws:apigateway:eu-west-1::/domainnames/*.example.com",
    "arn:aws-cn:acm:cn-north-1:111122223333:certificate/1234",
    "arn:aws:iam::aws:policy/ReadOnly",
  ])("%s comes back", (text) => {
    const parts = parseArn(text);
    expect(parts && formatArn(parts)).toBe(text);
  });

  test.each(["", "nonsense", "arn:aws:acm:us-east-1:12:certificate/1", "arn:aws:acm:us-east-1:111122223333:"])(
    "%j is none",
    (text) => expect(parseArn(text)).toBeUndefined(),
  );

  test("are made for a Region's partition", () => {
    expect(certificateArn("us-gov-west-1", "111122223333", "x")).toBe(
      "arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/x",
    );
    expect(domainNameArn("us-east-1", "a.example.com")).toBe(
      "arn:aws:apigateway:us-east-1::/domainnames/a.example.com",
    );
    expect(["us-east-1", "cn-north-1", "eusc-de-east-1"].map(partitionOf)).toEqual(["aws", "aws-cn", "aws-eusc"]);
  });
});
