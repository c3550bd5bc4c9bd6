import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { regionOf, withRegion } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { certificate, liveCertificate as found } from "../../src/resource/certificate.ts";
import type { CertificateSpec } from "../../src/resource/certificate.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import {
  ACCOUNT,
  ARN,
  EAST,
  NOW,
  callOf,
  certificateSpec,
  cloudOf,
  inWords,
  liveCertificate,
  liveDomain,
} from "./clouds.ts";

const bring = (spec: CertificateSpec = certificateSpec): Change<CertificateSpec> => ({
  address: "a" as Address,
  before: undefined,
  after: spec,
  guard: undefined,
});
const remove = (arn = ARN): Change<CertificateSpec> => ({
  address: "a" as Address,
  before: { ...certificateSpec, arn },
  after: undefined,
  guard: undefined,
});
const more = { ...certificateSpec, domains: [...certificateSpec.domains, domainName("more.example.com")] };

describe("what it needs next", () => {
  const rows: readonly (readonly [string, Change<CertificateSpec>, Cloud, string])[] = [
    ["nothing there", bring(), cloudOf(), "RequestCertificate"],
    [
      "just requested",
      bring(),
      cloudOf({ certificates: [liveCertificate({ status: "PENDING_VALIDATION", validation: undefined })] }),
      "wait for ACM to give the validation records",
    ],
    [
      "requested and described: issuance is another step's business",
      bring(),
      cloudOf({ certificates: [liveCertificate({ status: "PENDING_VALIDATION" })] }),
      "done",
    ],
    ["issued", bring(), cloudOf({ certificates: [liveCertificate()] }), "done"],
    [
      "issued, its names in another order",
      bring({ ...certificateSpec, domains: certificateSpec.domains.toReversed() }),
      cloudOf({ certificates: [liveCertificate()] }),
      "done",
    ],
    [
      "another name wanted: another certificate",
      bring(more),
      cloudOf({ certificates: [liveCertificate()] }),
      "RequestCertificate",
    ],
    [
      "another key wanted: another certificate",
      bring({ ...certificateSpec, keyAlgorithm: "EC_prime256v1" }),
      cloudOf({ certificates: [liveCertificate()] }),
      "RequestCertificate",
    ],
    [
      "a foreign one with these names",
      bring(),
      cloudOf({ certificates: [liveCertificate({ tags: {} })] }),
      "RequestCertificate",
    ],
    [
      "ours, but failed",
      bring(),
      cloudOf({ certificates: [liveCertificate({ status: "FAILED" })] }),
      "RequestCertificate",
    ],
    [
      "ours, but timed out",
      bring(),
      cloudOf({ certificates: [liveCertificate({ status: "VALIDATION_TIMED_OUT" })] }),
      "RequestCertificate",
    ],
    [
      "logging differs: the tag that says so comes first",
      bring({ ...certificateSpec, transparencyLogging: false }),
      cloudOf({ certificates: [liveCertificate()] }),
      "AddTagsToCertificate",
    ],
    [
      "logging differs, and is tagged",
      bring({ ...certificateSpec, transparencyLogging: false }),
      cloudOf({
        certificates: [liveCertificate({ tags: { ...liveCertificate().tags, "signalbox:unlogged": "true" } })],
      }),
      "UpdateCertificateOptions",
    ],
    [
      "a tag differs",
      bring({ ...certificateSpec, tags: { team: "x" } }),
      cloudOf({ certificates: [liveCertificate()] }),
      "AddTagsToCertificate",
    ],
    ["to be deleted", remove(), cloudOf({ certificates: [liveCertificate()] }), "DeleteCertificate"],
    [
      "to be deleted, still bound",
      remove(),
      cloudOf({ certificates: [liveCertificate()], domains: [liveDomain()] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    ["deleted", remove(), cloudOf(), "done"],
  ];
  test.each(rows)("%s", (_what, change, cloud, expected) =>
    expect(inWords(certificate.next([change], cloud))).toBe(expected),
  );
});

describe("the request", () => {
  const input = (cloud: Cloud): Readonly<Record<string, unknown>> =>
    callOf(certificate.next([bring()], cloud)).input as Readonly<Record<string, unknown>>;
  const used = (cloud: Cloud, token: string, arn: string): Cloud => {
    const region = regionOf(cloud, ACCOUNT, EAST);
    return withRegion(cloud, ACCOUNT, {
      ...region,
      certificateRequests: region.certificateRequests.set(token, { arn, at: NOW, fingerprint: "f" }),
    });
  };

  test("carries names, method, key and tags in the one call that creates it", () => {
    expect(input(cloudOf())).toMatchObject({
      DomainName: "shop.example.com",
      SubjectAlternativeNames: ["*.shop.example.com"],
      ValidationMethod: "DNS",
      KeyAlgorithm: "RSA_2048",
      IdempotencyToken: expect.stringMatching(/^\w{32}$/u),
    });
    expect(input(cloudOf())["Tags"]).toContainEqual({ Key: "signalbox:manifest", Value: "storefront" });
  });

  test("repeats its token while that leads nowhere yet, and passes over one whose certificate is gone or dead", () => {
    const first = String(input(cloudOf())["IdempotencyToken"]);
    expect(input(cloudOf())["IdempotencyToken"]).toBe(first);
    expect(input(used(cloudOf(), first, "arn:gone"))["IdempotencyToken"]).not.toBe(first);
    const dead = cloudOf({ certificates: [liveCertificate({ status: "FAILED" })] });
    expect(input(used(dead, first, ARN))["IdempotencyToken"]).not.toBe(first);
    const second = String(input(used(cloudOf(), first, "arn:gone"))["IdempotencyToken"]);
    expect(input(used(used(cloudOf(), first, "arn:gone"), second, "arn:gone-too"))["IdempotencyToken"]).not.toBe(
      second,
    );
  });
});

describe("which of several is the one", () => {
  const young = liveCertificate({ arn: `${ARN}2`, createdAt: NOW });
  const rows: readonly (readonly [string, Cloud, string])[] = [
    ["the oldest", cloudOf({ certificates: [young, liveCertificate()] }), ARN],
    [
      "an issued one before an older pending one",
      cloudOf({ certificates: [young, liveCertificate({ status: "PENDING_VALIDATION" })] }),
      young.arn,
    ],
    [
      "a usable one before an older dead one",
      cloudOf({ certificates: [young, liveCertificate({ status: "EXPIRED" })] }),
      young.arn,
    ],
  ];
  test.each(rows)("%s", (_what, cloud, arn) => expect(found(cloud, certificateSpec)?.arn).toBe(arn));
});

test("its address does not change with what may be renewed", () => {
  expect(certificate.address(certificateSpec)).toBe("certificate/storefront/us-east-1/RSA_2048");
  expect(certificate.address(more)).toBe(certificate.address(certificateSpec));
});
