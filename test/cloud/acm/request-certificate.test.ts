import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { HOUR, MINUTE } from "../../../src/cloud/instant.ts";
import { ACM_QUOTAS } from "../../../src/cloud/acm/limits.ts";
import { withNow } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  REGION,
  START,
  call,
  certificate,
  does,
  fails,
  here,
  name,
  withCertificates,
  world,
} from "../world.ts";

const valid = { DomainName: "api.example.com", ValidationMethod: "DNS" };
const request = (over: object = {}, region = REGION) =>
  call("acm", "RequestCertificate", { ...valid, ...over }, region);
const arnOf = (cloud: Cloud, over: object = {}) => does(cloud, request(over)).output.CertificateArn as string;

describe("RequestCertificate", () => {
  test("makes a pending certificate in its Region, records not told yet", () => {
    const { cloud, output } = does(
      world(),
      request({
        SubjectAlternativeNames: ["*.API.example.com", "api.example.com"],
        KeyAlgorithm: "EC_prime256v1",
        Tags: [{ Key: "a", Value: "b" }],
      }),
    );
    expect(output.CertificateArn).toMatch(new RegExp(`^arn:aws:acm:${REGION}:${ACCOUNT}:certificate/[0-9a-f-]{36}$`));
    expect([...here(cloud).certificates]).toEqual([
      {
        arn: output.CertificateArn,
        domains: [name("api.example.com"), name("*.api.example.com")],
        keyAlgorithm: "EC_prime256v1",
        type: "AMAZON_ISSUED",
        status: "PENDING_VALIDATION",
        transparencyLogging: true,
        tags: { a: "b" },
        createdAt: START,
        validation: undefined,
        inUseBy: [],
      },
    ]);
  });

  const long = `${"a".repeat(60)}.example.com`;
  // Source: ACM API reference "RequestCertificate"; ACM guide "Quotas".
  test.each<[string, object, string]>([
    ["no name", { DomainName: "" }, "ValidationException"],
    ["one label", { DomainName: "localhost" }, "ValidationException"],
    ["a wildcard inside", { DomainName: "a.*.example.com" }, "ValidationException"],
    ["a partial wildcard", { DomainName: "a*.example.com" }, "ValidationException"],
    ["an underscore", { DomainName: "_a.example.com" }, "ValidationException"],
    ["a primary name of more than 64 characters", { DomainName: long }, "InvalidDomainValidationOptionsException"],
    [
      "11 names",
      { SubjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `n${i}.example.com`) },
      "LimitExceededException",
    ],
    ["a token with a hyphen", { IdempotencyToken: "a-b" }, "ValidationException"],
    ["a token of 33 characters", { IdempotencyToken: "a".repeat(33) }, "ValidationException"],
    ["a key that can only be imported", { KeyAlgorithm: "RSA_4096" }, "InvalidParameterException"],
    ["a key that does not exist", { KeyAlgorithm: "RSA-2048" }, "ValidationException"],
    ["51 tags", { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}` })) }, "TooManyTagsException"],
    ["a reserved tag", { Tags: [{ Key: "aws:x", Value: "1" }] }, "InvalidTagException"],
    ["a star in a tag", { Tags: [{ Key: "address", Value: "*.example.com" }] }, "InvalidTagException"],
    ["a tag twice", { Tags: [{ Key: "a" }, { Key: "a" }] }, "InvalidTagException"],
  ])("refuses %s", (_, over, code) => expect(fails(world(), request(over)).code).toBe(code));

  test("a long name is welcome as an alternative name", () => {
    expect(arnOf(world(), { SubjectAlternativeNames: [long] })).toContain("certificate/");
  });

  test.each<[string, object]>([
    ["e-mail validation, also as the default", { ValidationMethod: undefined }],
    ["HTTP validation", { ValidationMethod: "HTTP" }],
    ["private certificates", { CertificateAuthorityArn: "arn" }],
    ["export", { Options: { Export: "ENABLED" } }],
    ["ManagedBy", { ManagedBy: "CLOUDFRONT" }],
  ])("does not guess at %s", (_, over) =>
    expect(fails(world(), request(over))).toMatchObject({ code: "NotEmulated", status: 501 }),
  );

  test("the quota of certificates", () => {
    const many = Array.from({ length: ACM_QUOTAS.certificates }, (_, i) => certificate({ arn: `arn:${i}` }));
    expect(fails(withCertificates(world(), ...many), request()).code).toBe("LimitExceededException");
    expect(arnOf(withCertificates(world(), ...many.slice(1)))).toContain("certificate/");
  });
});

// Source: ACM API reference "RequestCertificate" (IdempotencyToken), and assumptions named in the code.
describe("the idempotency token", () => {
  const first = () => does(world(), request({ IdempotencyToken: "token" }));

  test("without one, every request is another certificate", () => {
    const { cloud, output } = does(world(), request());
    expect(arnOf(cloud)).not.toBe(output.CertificateArn);
  });

  test.each<[string, number, object, boolean]>([
    ["at once", 0, {}, true],
    ["within the hour", 59 * MINUTE, {}, true],
    ["after the hour", HOUR, {}, false],
    ["for another name", 0, { DomainName: "b.example.com" }, true],
    ["with another token", 0, { IdempotencyToken: "other" }, false],
  ])("asked again %s", (_, later, over, same) => {
    const { cloud, output } = first();
    const again = arnOf(withNow(cloud, START + later), { IdempotencyToken: "token", ...over });
    expect(again === output.CertificateArn).toBe(same);
  });

  test("still names a certificate that was deleted since", () => {
    const { cloud, output } = first();
    const deleted = does(cloud, call("acm", "DeleteCertificate", { CertificateArn: output.CertificateArn })).cloud;
    const again = does(deleted, request({ IdempotencyToken: "token" }));
    expect(again.output.CertificateArn).toBe(output.CertificateArn);
    expect(here(again.cloud).certificates.size).toBe(0);
  });

  test("is of one Region", () => {
    const { cloud, output } = first();
    const other = does(cloud, request({ IdempotencyToken: "token" }, "eu-west-1")).output.CertificateArn;
    expect(other).not.toBe(output.CertificateArn);
    expect(other).toContain(":eu-west-1:");
  });
});
