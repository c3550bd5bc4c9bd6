import { describe, expect, test } from "vitest";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { ARN, call, certificate, withCertificates, world } from "../world.ts";

const codeOf = (operation: string, input: object): string => {
  const outcome = step(withCertificates(world(), certificate()), call("acm", operation, input), hashIds("constraints"));
  return outcome.ok ? "ok" : outcome.fault.code;
};

const BROKEN = "ValidationException";
const letters = (count: number): string => "a".repeat(count);
const tags = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: `k${i}` }));

// Source: ACM API reference "RequestCertificate", "Tag".
describe("RequestCertificate", () => {
  const request = (over: object) =>
    codeOf("RequestCertificate", { DomainName: "api.example.com", ValidationMethod: "DNS", ...over });

  test.each<[string, object, string]>([
    ["a name", {}, "ok"],
    ["a wildcard", { DomainName: "*.example.com" }, "ok"],
    ["capitals", { DomainName: "API.Example.com" }, "ok"],
    ["no name", { DomainName: "" }, BROKEN],
    ["one label", { DomainName: "localhost" }, BROKEN],
    ["a dot at the end", { DomainName: "api.example.com." }, BROKEN],
    ["a wildcard inside", { DomainName: "a.*.example.com" }, BROKEN],
    ["a partial wildcard", { DomainName: "a*.example.com" }, BROKEN],
    ["an underscore", { DomainName: "_a.example.com" }, BROKEN],
    ["a hyphen first", { DomainName: "-a.example.com" }, BROKEN],
    ["a hyphen last", { DomainName: "a-.example.com" }, BROKEN],
    ["an empty label", { DomainName: "a..example.com" }, BROKEN],
    ["a label of 63", { SubjectAlternativeNames: [`${letters(63)}.example.com`] }, "ok"],
    ["a label of 64", { SubjectAlternativeNames: [`${letters(64)}.example.com`] }, BROKEN],
    ["a name of 253", { SubjectAlternativeNames: [`${`${letters(59)}.`.repeat(4)}example.co.uk`] }, "ok"],
    ["a name of 254", { SubjectAlternativeNames: [`${`${letters(59)}.`.repeat(4)}examples.co.uk`] }, BROKEN],
    ["an alternative name of one label", { SubjectAlternativeNames: ["localhost"] }, BROKEN],
    ["no alternative names at all", { SubjectAlternativeNames: [] }, BROKEN],
    ["101 alternative names", { SubjectAlternativeNames: tags(101).map(({ Key }) => `${Key}.example.com`) }, BROKEN],
    ["a token of 32", { IdempotencyToken: letters(32) }, "ok"],
    ["a token of 33", { IdempotencyToken: letters(33) }, BROKEN],
    ["an empty token", { IdempotencyToken: "" }, BROKEN],
    ["a token with a hyphen", { IdempotencyToken: "a-b" }, BROKEN],
    ["a key that does not exist", { KeyAlgorithm: "RSA-2048" }, BROKEN],
    ["a method that does not exist", { ValidationMethod: "PHONE" }, BROKEN],
    ["an option that does not exist", { Options: { Export: "MAYBE" } }, BROKEN],
    ["another authority's ARN", { CertificateAuthorityArn: ARN }, BROKEN],
    ["50 tags", { Tags: tags(50) }, "ok"],
    ["51 tags", { Tags: tags(51) }, BROKEN],
    ["no tags at all", { Tags: [] }, BROKEN],
    ["a key of 128", { Tags: [{ Key: letters(128), Value: letters(256) }] }, "ok"],
    ["a key of 129", { Tags: [{ Key: letters(129) }] }, BROKEN],
    ["a value of 257", { Tags: [{ Key: "a", Value: letters(257) }] }, BROKEN],
    ["an empty key", { Tags: [{ Key: "" }] }, BROKEN],
    ["an empty value", { Tags: [{ Key: "a", Value: "" }] }, "ok"],
    ["letters of all scripts", { Tags: [{ Key: "größe/a:b=c+d-e@f.g_h i", Value: "ü" }] }, "ok"],
    ["a star in a tag", { Tags: [{ Key: "address", Value: "*.example.com" }] }, BROKEN],
  ])("%s", (_, over, code) => expect(request(over)).toBe(code));
});

// Source: ACM API reference "ListCertificates" and "Filters".
describe("ListCertificates", () => {
  test.each<[object, string]>([
    [{}, "ok"],
    [{ MaxItems: 1 }, "ok"],
    [{ MaxItems: 1_000 }, "ok"],
    [{ MaxItems: 0 }, BROKEN],
    [{ MaxItems: 1_001 }, BROKEN],
    [{ CertificateStatuses: ["ISSUED", "LOST"] }, BROKEN],
    [{ SortBy: "NAME", SortOrder: "ASCENDING" }, BROKEN],
    [{ SortBy: "CREATED_AT", SortOrder: "UP" }, BROKEN],
    [{ Includes: { keyTypes: ["RSA-2048"] } }, BROKEN],
    [{ Includes: { keyUsage: ["ANY"] } }, "ok"],
    [{ Includes: { keyUsage: ["EVERYTHING"] } }, BROKEN],
    [{ Includes: { extendedKeyUsage: ["NONE"] } }, "ok"],
    [{ Includes: { extendedKeyUsage: ["EVERYTHING"] } }, BROKEN],
    [{ Includes: { exportOption: "YES" } }, BROKEN],
    [{ Includes: { managedBy: "ELB" } }, BROKEN],
    [{ NextToken: "" }, BROKEN],
  ])("%j: %s", (input, code) => expect(codeOf("ListCertificates", input)).toBe(code));
});

// Source: ACM API reference, CertificateArn of each operation.
describe.each([
  ["DescribeCertificate", {}],
  ["DeleteCertificate", {}],
  ["AddTagsToCertificate", { Tags: [{ Key: "a" }] }],
  ["RemoveTagsFromCertificate", { Tags: [{ Key: "a" }] }],
  ["ListTagsForCertificate", {}],
  ["UpdateCertificateOptions", { Options: {} }],
  ["GetCertificate", {}],
  ["RenewCertificate", {}],
])("%s", (operation, rest) => {
  test.each([
    ["too short", "arn:aws:acm:a:1:x", BROKEN],
    ["too long", `arn:aws:acm:us-east-1:1:certificate/${letters(2_048)}`, BROKEN],
    ["of another service", "arn:aws:iam:us-east-1:111122223333:certificate/1", BROKEN],
    ["of something else of ACM's", "arn:aws:acm:us-east-1:111122223333:thing/1", "InvalidArnException"],
    ["of what is not there", `${ARN.slice(0, -1)}9`, "ResourceNotFoundException"],
  ])("an ARN that is %s", (_, CertificateArn, code) =>
    expect(codeOf(operation, { ...rest, CertificateArn })).toBe(code),
  );
});

// Source: ACM API reference "AddTagsToCertificate", "UpdateCertificateOptions", "PutAccountConfiguration".
test.each<[string, object, string]>([
  ["AddTagsToCertificate", { CertificateArn: ARN, Tags: [] }, BROKEN],
  ["AddTagsToCertificate", { CertificateArn: ARN, Tags: tags(51) }, BROKEN],
  ["RemoveTagsFromCertificate", { CertificateArn: ARN, Tags: [{ Key: "*" }] }, BROKEN],
  [
    "UpdateCertificateOptions",
    { CertificateArn: ARN, Options: { CertificateTransparencyLoggingPreference: "OFF" } },
    BROKEN,
  ],
  ["PutAccountConfiguration", { IdempotencyToken: "a", ExpiryEvents: { DaysBeforeExpiry: 0 } }, BROKEN],
  ["PutAccountConfiguration", { IdempotencyToken: "a", ExpiryEvents: { DaysBeforeExpiry: 1 } }, "ok"],
  ["PutAccountConfiguration", { IdempotencyToken: "a b", ExpiryEvents: { DaysBeforeExpiry: 1 } }, BROKEN],
])("%s with %j: %s", (operation, input, code) => expect(codeOf(operation, input)).toBe(code));

test.each([
  "ImportCertificate",
  "ExportCertificate",
  "RevokeCertificate",
  "ResendValidationEmail",
  "SearchCertificates",
])("%s is refused by name", (operation) => expect(codeOf(operation, {})).toBe("NotEmulated"));
