import { describe, expect, test } from "vitest";
import type { Certificate, Cloud } from "../../../src/cloud/cloud.ts";
import { DAY, HOUR, MINUTE } from "../../../src/cloud/instant.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import type { QuotaKey } from "../../../src/cloud/quotas.ts";
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
const arnOf = (cloud: Cloud, over: object = {}, region = REGION) =>
  does(cloud, request(over, region)).output.CertificateArn as string;

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
    ["a primary name of more than 64 characters", { DomainName: long }, "InvalidDomainValidationOptionsException"],
    ["a key that can only be imported", { KeyAlgorithm: "RSA_4096" }, "InvalidParameterException"],
    ["a reserved tag", { Tags: [{ Key: "aws:x", Value: "1" }] }, "InvalidTagException"],
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
});

// Source: ACM guide "Quotas".
describe("quotas", () => {
  const limited = (key: QuotaKey, value: number) => withQuota(world(), ACCOUNT, key, value);
  const stock = (count: number, over: Partial<Certificate> = {}) =>
    Array.from({ length: count }, (_, i) =>
      certificate({ arn: `arn:${over.type ?? ""}${over.status ?? ""}${i}`, ...over }),
    );

  test("names of one certificate", () => {
    const names = (count: number) => ({
      SubjectAlternativeNames: Array.from({ length: count - 1 }, (_, i) => `n${i}.example.com`),
    });
    expect(arnOf(world(), names(10))).toContain("certificate/");
    expect(fails(world(), request(names(11))).code).toBe("LimitExceededException");
    expect(arnOf(limited("acm.namesPerCertificate", 100), names(100))).toContain("certificate/");
    expect(fails(limited("acm.namesPerCertificate", 2), request(names(3)))).toEqual({
      code: "LimitExceededException",
      message: "Certificate has too many domains.",
      status: 400,
    });
  });

  test("certificates by default", () => {
    const full = withCertificates(world(), ...stock(2_500));
    expect(fails(full, request()).code).toBe("LimitExceededException");
    expect(arnOf(withCertificates(world(), ...stock(2_499)))).toContain("certificate/");
    expect(arnOf(full, {}, "eu-west-1")).toContain(":eu-west-1:");
  });

  test.each<[string, Partial<Certificate>, boolean]>([
    ["issued", {}, true],
    ["expired", { status: "EXPIRED" }, true],
    ["revoked", { status: "REVOKED" }, true],
    ["imported", { type: "IMPORTED" }, false],
    ["private", { type: "PRIVATE" }, false],
  ])("a certificate that is %s counts: %s", (_, over, counts) => {
    const cloud = withCertificates(limited("acm.certificates", 3), ...stock(3, over));
    if (counts) expect(fails(cloud, request()).message).toMatch(/^Cannot request more certificates/);
    else expect(arnOf(cloud)).toContain("certificate/");
  });

  test("requests of 365 days, deleted certificates included, repetitions of a token not", () => {
    let cloud = limited("acm.requestsPerYear", 2);
    const made = does(cloud, request({ IdempotencyToken: "a" }));
    cloud = does(made.cloud, request({ IdempotencyToken: "a" })).cloud;
    cloud = does(cloud, call("acm", "DeleteCertificate", { CertificateArn: made.output.CertificateArn })).cloud;
    cloud = does(withNow(cloud, START + DAY), request()).cloud;
    expect(here(cloud).certificates.size).toBe(1);
    expect(fails(withNow(cloud, START + 365 * DAY - 1), request()).message).toBe(
      "Error: you have reached your limit of 2 certificates in the last year.",
    );
    const later = does(withNow(cloud, START + 365 * DAY), request()).cloud;
    expect(fails(later, request()).code).toBe("LimitExceededException");
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
