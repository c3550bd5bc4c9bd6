import { describe, expect, test } from "vitest";
import { isRegion, latencyMs, regionFacts, regionsOf } from "../../src/cloud/region.ts";

describe("the list of Regions", () => {
  test("counts by partition", () => {
    const partitions = [
      "aws",
      "aws-cn",
      "aws-us-gov",
      "aws-iso",
      "aws-iso-b",
      "aws-iso-e",
      "aws-iso-f",
      "aws-eusc",
    ] as const;
    expect(partitions.map((partition) => regionsOf(partition).length)).toEqual([34, 2, 2, 2, 2, 1, 2, 1]);
  });

  test("is sorted by code", () => {
    const codes = regionsOf("aws").map(({ code }) => code);
    expect(codes).toEqual([...codes].toSorted());
  });

  test.each([
    ["us-east-1", { optIn: false, latency: true }],
    ["ap-northeast-3", { optIn: false, latency: true }],
    ["af-south-1", { optIn: true, latency: true }],
    ["us-iso-east-1", { latency: false }],
  ])("%s", (code, expected) => {
    expect(regionFacts(code)).toMatchObject(expected);
  });

  test("what is no Region", () => {
    expect(isRegion("us-east-9")).toBe(false);
    expect(regionFacts("US-EAST-1")).toBeUndefined();
  });
});

describe("latencyMs", () => {
  test.each([
    ["eu-west-2", "eu-west-1", "us-east-1"],
    ["us-west-1", "us-west-2", "us-east-1"],
    ["ap-southeast-1", "ap-southeast-3", "ap-northeast-1"],
    ["sa-east-1", "us-east-1", "ap-southeast-2"],
    ["ap-southeast-6", "ap-southeast-2", "us-west-2"], // across the date line
  ])("from %s, %s is nearer than %s", (from, near, far) => {
    expect(latencyMs(from, near)).toBeLessThan(latencyMs(from, far));
  });

  test("is the same both ways, and least at home", () => {
    for (const { code: a } of regionsOf("aws")) {
      for (const { code: b } of regionsOf("aws")) {
        expect(latencyMs(a, b)).toBe(latencyMs(b, a));
        expect(latencyMs(a, a)).toBeLessThanOrEqual(latencyMs(a, b));
      }
    }
  });

  test("about what is measured over the Atlantic", () => {
    expect(latencyMs("us-east-1", "eu-west-1")).toBeGreaterThan(60);
    expect(latencyMs("us-east-1", "eu-west-1")).toBeLessThan(90);
  });

  test("there is no default for what is no Region", () => {
    expect(() => latencyMs("us-east-1", "mars-north-1")).toThrow(/mars-north-1/);
  });
});
