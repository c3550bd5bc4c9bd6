import { describe, expect, test } from "vitest";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import { validationRecords } from "../../../src/cloud/acm/validation.ts";
import { tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  name,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

interface Output {
  readonly Certificate: {
    readonly Serial?: string;
    readonly RenewalSummary?: object;
    readonly DomainValidationOptions: readonly {
      readonly ValidationStatus: string;
      readonly ResourceRecord?: object;
    }[];
  };
}

const described = (cloud: ReturnType<typeof world>) =>
  (does(cloud, call("acm", "DescribeCertificate", { CertificateArn: ARN })).output as unknown as Output).Certificate;

// Source: ACM API reference "CertificateDetail" and "DomainValidation".
describe("DescribeCertificate", () => {
  const domains = [name("example.com"), name("*.example.com")];

  test("a pending one, before its records are told", () => {
    const pending = certificate({ domains, status: "PENDING_VALIDATION", validation: undefined });
    const { issuedAt: _a, notBefore: _b, notAfter: _c, ...held } = pending;
    const output = described(withCertificates(world(), held));
    expect(output.DomainValidationOptions).toEqual([
      {
        DomainName: "example.com",
        ValidationDomain: "example.com",
        ValidationStatus: "PENDING_VALIDATION",
        ValidationMethod: "DNS",
      },
      {
        DomainName: "*.example.com",
        ValidationDomain: "*.example.com",
        ValidationStatus: "PENDING_VALIDATION",
        ValidationMethod: "DNS",
      },
    ]);
    expect(output).toMatchObject({ Status: "PENDING_VALIDATION", InUseBy: [], RenewalEligibility: "INELIGIBLE" });
    expect(output).not.toHaveProperty("NotAfter");
  });

  test("an issued one in use: records with trailing dots, names without, instants as numbers", () => {
    const validation = validationRecords(ACCOUNT, domains);
    const held = certificate({ domains, validation, keyAlgorithm: "EC_prime256v1", transparencyLogging: false });
    const bound = withDomains(withCertificates(world(), held), apiDomain({ name: name("a.example.com") }));
    const output = described(tick(bound, START + ACM_TIMES.useNoticedAfter));
    const record = validation[name("example.com")];
    expect(output.DomainValidationOptions.map((each) => each.ResourceRecord)).toEqual([
      { Name: record?.name, Type: "CNAME", Value: record?.value },
      { Name: record?.name, Type: "CNAME", Value: record?.value },
    ]);
    expect(output).toMatchObject({
      CertificateArn: ARN,
      DomainName: "example.com",
      SubjectAlternativeNames: ["example.com", "*.example.com"],
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      KeyAlgorithm: "EC-prime256v1",
      IssuedAt: START,
      NotBefore: START,
      InUseBy: ["arn:aws:apigateway:us-east-1::/domainnames/a.example.com"],
      RenewalEligibility: "ELIGIBLE",
      Options: { CertificateTransparencyLoggingPreference: "DISABLED", Export: "DISABLED" },
      KeyUsages: [{ Name: "DIGITAL_SIGNATURE" }],
      ExtendedKeyUsages: [{ Name: "TLS_WEB_SERVER_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.1" }],
    });
    expect(output).not.toHaveProperty("RenewalSummary");
    expect(output.Serial).toMatch(/^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  });

  test.each([
    ["VALIDATION_TIMED_OUT", "FAILED"],
    ["FAILED", "FAILED"],
    ["ISSUED", "SUCCESS"],
    ["EXPIRED", "SUCCESS"],
  ] as const)("the names of a certificate that is %s are %s", (status, expected) => {
    expect(
      described(withCertificates(world(), certificate({ status }))).DomainValidationOptions[0]?.ValidationStatus,
    ).toBe(expected);
  });

  // Source: ACM API reference "RenewalSummary".
  test.each([
    ["PENDING_AUTO_RENEWAL", "PENDING_VALIDATION"],
    ["PENDING_VALIDATION", "PENDING_VALIDATION"],
    ["SUCCESS", "SUCCESS"],
    ["FAILED", "FAILED"],
  ] as const)("a renewal that is %s: its names are %s", (status, expected) => {
    const renewal = { status, reason: "CAA_ERROR", updatedAt: START };
    const validation = validationRecords(ACCOUNT, domains);
    const output = described(withCertificates(world(), certificate({ domains, validation, renewal })));
    expect(output.RenewalSummary).toMatchObject({
      RenewalStatus: status,
      RenewalStatusReason: "CAA_ERROR",
      UpdatedAt: START,
      DomainValidationOptions: [
        { DomainName: "example.com", ValidationStatus: expected, ResourceRecord: { Type: "CNAME" } },
        { DomainName: "*.example.com", ValidationStatus: expected },
      ],
    });
  });

  test("the serial number is another one after a renewal", () => {
    const serialOf = (notBefore: number) => described(withCertificates(world(), certificate({ notBefore }))).Serial;
    expect(serialOf(START)).not.toBe(serialOf(START + 1));
  });
});
