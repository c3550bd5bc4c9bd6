import { describe, expect, test } from "vitest";
import { answeredKeyAlgorithm, consumersOf, requestedKeyAlgorithm, unfit } from "../../../src/cloud/acm/certificate.ts";
import type { CertificateConsumer } from "../../../src/cloud/acm/limits.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import type { Certificate } from "../../../src/cloud/cloud.ts";
import {
  ACCOUNT,
  ARN,
  apiDomain,
  call,
  certificate,
  fails,
  here,
  name,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

test.each([
  ["RSA_2048", "RSA-2048"],
  ["RSA_4096", "RSA-4096"],
  ["EC_prime256v1", "EC-prime256v1"],
])("key algorithm %s is answered as %s", (requested, answered) => {
  expect(answeredKeyAlgorithm(requested)).toBe(answered);
  expect(requestedKeyAlgorithm(answered)).toBe(requested);
  expect(requestedKeyAlgorithm(requested)).toBe(requested);
});

// Source: ACM guide "Prerequisites for importing certificates" and API Gateway guide "Set up a regional custom domain name".
test.each<[string, Partial<Certificate>, string, CertificateConsumer, RegExp]>([
  ["fits", {}, "api.example.com", "apigateway", /^fits$/],
  ["is pending", { status: "PENDING_VALIDATION" }, "api.example.com", "apigateway", /not ISSUED/],
  ["has expired", { status: "EXPIRED" }, "api.example.com", "loadbalancer", /not ISSUED/],
  ["covers another name", {}, "b.example.com", "apigateway", /does not cover b\.example\.com/],
  ["P-384 at API Gateway", { keyAlgorithm: "EC_secp384r1" }, "api.example.com", "apigateway", /^fits$/],
  ["P-384 at CloudFront", { keyAlgorithm: "EC_secp384r1" }, "api.example.com", "cloudfront", /not supported/],
  ["P-256 at CloudFront", { keyAlgorithm: "EC_prime256v1" }, "api.example.com", "cloudfront", /^fits$/],
  ["P-521 at a load balancer", { keyAlgorithm: "EC_secp521r1" }, "api.example.com", "loadbalancer", /^fits$/],
  [
    "RSA 3072 at API Gateway is not confirmed",
    { keyAlgorithm: "RSA_3072" },
    "api.example.com",
    "apigateway",
    /not supported/,
  ],
])("a certificate that %s", (_, over, host, consumer, expected) => {
  const problem = unfit(certificate(over), name(host), consumer);
  expect(problem ?? "fits").toMatch(expected);
});

describe("who uses a certificate", () => {
  const mine = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/web/1`;
  const gateways = "arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/app/prod-iad-1/1";
  const domain = "arn:aws:apigateway:us-east-1::/domainnames/api.example.com";

  test.each<[string, readonly string[], boolean, readonly string[]]>([
    ["nobody", [], false, []],
    ["a domain", [], true, [domain]],
    ["a domain, as ACM reports it late", [gateways], true, [domain]],
    ["nobody any more, though ACM still says so", [gateways], false, []],
    ["a load balancer of the account", [mine], false, [mine]],
  ])("%s", (_, inUseBy, used, expected) => {
    const held = certificate({ inUseBy });
    const cloud = withDomains(withCertificates(world(), held), ...(used ? [apiDomain()] : []));
    expect(consumersOf(here(cloud), ACCOUNT, held)).toEqual(expected);
    const deletion = call("acm", "DeleteCertificate", { CertificateArn: ARN });
    // Source: ACM API reference "DeleteCertificate".
    const result = step(cloud, deletion, hashIds(""));
    expect(result.ok ? here(result.cloud).certificates.size : result.fault.code).toBe(
      expected.length > 0 ? "ResourceInUseException" : 0,
    );
  });
});

// Source: ACM API reference, errors of each operation.
test.each([
  ["DescribeCertificate", {}],
  ["DeleteCertificate", {}],
  ["AddTagsToCertificate", { Tags: [{ Key: "a" }] }],
  ["RemoveTagsFromCertificate", { Tags: [{ Key: "a" }] }],
  ["ListTagsForCertificate", {}],
  ["UpdateCertificateOptions", { Options: {} }],
])("%s of what is not there", (operation, input) => {
  expect(fails(world(), call("acm", operation, { ...input, CertificateArn: ARN }))).toMatchObject({
    code: "ResourceNotFoundException",
    status: 400,
  });
  expect(fails(world(), call("acm", operation, { ...input, CertificateArn: "nonsense" })).code).toBe(
    "InvalidArnException",
  );
});
