import { expect, test } from "vitest";
import { answeredKeyAlgorithm, requestedKeyAlgorithm, unfit } from "../../../src/cloud/acm/certificate.ts";
import type { CertificateConsumer } from "../../../src/cloud/acm/limits.ts";
import type { Certificate } from "../../../src/cloud/cloud.ts";
import { ARN, call, certificate, fails, name, world } from "../world.ts";

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

// Source: ACM API reference, errors of each operation.
test.each([
  ["DescribeCertificate", {}],
  ["DeleteCertificate", {}],
  ["AddTagsToCertificate", { Tags: [{ Key: "a" }] }],
  ["RemoveTagsFromCertificate", { Tags: [{ Key: "a" }] }],
  ["ListTagsForCertificate", {}],
  ["UpdateCertificateOptions", { Options: {} }],
  ["GetCertificate", {}],
  ["RenewCertificate", {}],
])("%s of what is not there", (operation, input) => {
  expect(fails(world(), call("acm", operation, { ...input, CertificateArn: ARN }))).toMatchObject({
    code: "ResourceNotFoundException",
    status: 400,
  });
  expect(fails(world(), call("acm", operation, { ...input, CertificateArn: "nonsense" })).code).toBe(
    "InvalidArnException",
  );
});
