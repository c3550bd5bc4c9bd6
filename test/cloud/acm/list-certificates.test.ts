import { describe, expect, test } from "vitest";
import { ACM_TIMES, KEY_ALGORITHMS } from "../../../src/cloud/acm/limits.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  here,
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
    ["by usage", { Includes: { keyUsage: ["KEY_ENCIPHERMENT"] } }, ["arn:1", "arn:3"]],
    [
      "by one of several usages",
      { Includes: { keyUsage: ["KEY_AGREEMENT", "DIGITAL_SIGNATURE"] } },
      ["arn:1", "arn:3"],
    ],
    ["a usage that none has", { Includes: { keyUsage: ["CRL_SIGNING"] } }, []],
    ["elliptic keys only sign", { Includes: { keyTypes: ["EC_prime256v1"], keyUsage: ["KEY_ENCIPHERMENT"] } }, []],
    ["for servers", { Includes: { extendedKeyUsage: ["TLS_WEB_SERVER_AUTHENTICATION"] } }, ["arn:1", "arn:3"]],
    ["for clients", { Includes: { extendedKeyUsage: ["TLS_WEB_CLIENT_AUTHENTICATION"] } }, []],
    ["what can be exported", { Includes: { exportOption: "ENABLED" } }, []],
    ["what cannot", { Includes: { exportOption: "DISABLED" } }, ["arn:1", "arn:3"]],
    ["what CloudFront manages", { Includes: { managedBy: "CLOUDFRONT" } }, []],
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

  test("the next page starts after the last one shown, though that was deleted meanwhile", () => {
    const input = {
      Includes: { keyTypes: KEY_ALGORITHMS },
      MaxItems: 2,
      SortBy: "CREATED_AT",
      SortOrder: "DESCENDING",
    };
    const first = list(cloud, input);
    expect(arns(first)).toEqual(["arn:1", "arn:2"]);
    const state = here(cloud);
    const less = withRegion(cloud, ACCOUNT, { ...state, certificates: state.certificates.delete("arn:2") });
    expect(arns(list(less, { ...input, NextToken: first.NextToken }))).toEqual(["arn:3", "arn:4"]);
  });

  test("a listing shows a hundred names of a certificate", () => {
    const domains = Array.from({ length: 101 }, (_, i) => name(`n${i}.example.com`));
    const [only] = list(withCertificates(world(), certificate({ domains })), {}).CertificateSummaryList;
    expect(only).toMatchObject({ HasAdditionalSubjectAlternativeNames: true });
    expect(only).toHaveProperty("SubjectAlternativeNameSummaries.length", 100);
  });

  test("the summary", () => {
    const held = certificate({ domains: [name("api.example.com"), name("*.b.example.com")] });
    const bound = withDomains(withCertificates(world(), held), apiDomain());
    const one = tick(bound, START + ACM_TIMES.useNoticedAfter);
    expect(list(one, {}).CertificateSummaryList[0]).toMatchObject({
      CertificateArn: ARN,
      DomainName: "api.example.com",
      SubjectAlternativeNameSummaries: ["api.example.com", "*.b.example.com"],
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      KeyAlgorithm: "RSA-2048",
      HasAdditionalSubjectAlternativeNames: false,
      KeyUsages: ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"],
      ExtendedKeyUsages: ["TLS_WEB_SERVER_AUTHENTICATION"],
      ExportOption: "DISABLED",
      RenewalEligibility: "ELIGIBLE",
      InUse: true,
      CreatedAt: START - 1_000,
      IssuedAt: START,
      NotBefore: START,
    });
  });

  test.each<[object, string]>([
    [{ SortBy: "CREATED_AT" }, "ValidationException"],
    [{ SortOrder: "ASCENDING" }, "ValidationException"],
    [{ NextToken: "nonsense" }, "InvalidArgsException"],
  ])("%j is refused: %s", (input, code) =>
    expect(fails(cloud, call("acm", "ListCertificates", input)).code).toBe(code),
  );
});
