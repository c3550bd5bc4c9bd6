import { describe, expect, test } from "vitest";
import { KEY_ALGORITHMS } from "../../../src/cloud/acm/limits.ts";
import {
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  name,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

interface Output {
  readonly CertificateSummaryList: readonly { readonly CertificateArn: string }[];
  readonly NextToken?: string;
}

const list = (cloud: ReturnType<typeof world>, input: object) =>
  does(cloud, call("acm", "ListCertificates", input)).output as unknown as Output;
const arns = (output: Output) => output.CertificateSummaryList.map((each) => each.CertificateArn);

const cloud = withCertificates(
  world(),
  certificate({ arn: "arn:1", createdAt: START + 3 }),
  certificate({ arn: "arn:2", createdAt: START + 2, keyAlgorithm: "EC_prime256v1" }),
  certificate({ arn: "arn:3", createdAt: START + 1, status: "EXPIRED" }),
  certificate({ arn: "arn:4", createdAt: START, keyAlgorithm: "RSA_4096", type: "IMPORTED" }),
);

// Source: ACM API reference "ListCertificates" and "Filters".
describe("ListCertificates", () => {
  test.each<[string, object, string[]]>([
    ["hides all keys but RSA up to 2048 bits", {}, ["arn:1", "arn:3"]],
    ["an empty filter is none", { Includes: { keyTypes: [] } }, ["arn:1", "arn:3"]],
    ["shows what is asked for", { Includes: { keyTypes: ["EC_prime256v1", "RSA_4096"] } }, ["arn:2", "arn:4"]],
    [
      "shows everything for every key",
      { Includes: { keyTypes: KEY_ALGORITHMS } },
      ["arn:1", "arn:2", "arn:3", "arn:4"],
    ],
    ["by status", { CertificateStatuses: ["EXPIRED"] }, ["arn:3"]],
    [
      "sorted",
      { Includes: { keyTypes: KEY_ALGORITHMS }, SortBy: "CREATED_AT", SortOrder: "ASCENDING" },
      ["arn:4", "arn:3", "arn:2", "arn:1"],
    ],
    ["sorted the other way", { SortBy: "CREATED_AT", SortOrder: "DESCENDING" }, ["arn:1", "arn:3"]],
  ])("%s", (_, input, expected) => expect(arns(list(cloud, input))).toEqual(expected));

  test("in pages, each once", () => {
    const input = { Includes: { keyTypes: KEY_ALGORITHMS }, MaxItems: 3 };
    const first = list(cloud, input);
    const second = list(cloud, { ...input, NextToken: first.NextToken });
    expect([arns(first), arns(second)]).toEqual([["arn:1", "arn:2", "arn:3"], ["arn:4"]]);
    expect(second).not.toHaveProperty("NextToken");
    expect(list(cloud, { ...input, MaxItems: 4 })).not.toHaveProperty("NextToken");
  });

  test("the summary", () => {
    const one = withDomains(
      withCertificates(world(), certificate({ domains: [name("api.example.com"), name("*.b.example.com")] })),
      apiDomain(),
    );
    expect(list(one, {}).CertificateSummaryList[0]).toMatchObject({
      CertificateArn: ARN,
      DomainName: "api.example.com",
      SubjectAlternativeNameSummaries: ["api.example.com", "*.b.example.com"],
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      KeyAlgorithm: "RSA-2048",
      InUse: true,
      CreatedAt: START - 1_000,
      IssuedAt: START,
      NotBefore: START,
    });
  });

  test.each<[object, string]>([
    [{ MaxItems: 0 }, "ValidationException"],
    [{ MaxItems: 1_001 }, "ValidationException"],
    [{ SortBy: "CREATED_AT" }, "ValidationException"],
    [{ Includes: { keyUsage: ["ANY"] } }, "NotEmulated"],
  ])("%j is refused: %s", (input, code) =>
    expect(fails(cloud, call("acm", "ListCertificates", input)).code).toBe(code),
  );
});
