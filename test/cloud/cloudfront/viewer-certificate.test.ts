import { describe, expect, test } from "vitest";
import type { Certificate, Cloud } from "../../../src/cloud/cloud.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { call, name } from "../world.ts";
import { after, ARN, certified, create, distributed, does, fails, named, START, takes, update } from "./world.ts";

const DEPLOYED = START + 5 * 60_000;
const viewer = (over: object): object => ({
  Aliases: { Quantity: 1, Items: ["api.example.com"] },
  ViewerCertificate: { ACMCertificateArn: ARN, SSLSupportMethod: "sni-only", ...over },
});

// Source: CloudFront API reference "ViewerCertificate", guide "Requirements for using alternate domain names".
describe("the certificate of a distribution", () => {
  test.each<[string, Partial<Certificate>, object]>([
    ["covers its name", {}, named("api.example.com")],
    ["covers it by a wildcard", { domains: [name("*.example.com")] }, named("api.example.com")],
    ["covers a wildcard", { domains: [name("*.example.com")] }, named("*.example.com")],
    [
      "covers every name",
      { domains: [name("a.example.com"), name("b.example.com")] },
      named("a.example.com", "b.example.com"),
    ],
    ["covers a name in capitals", {}, named("API.Example.com")],
    ["of 1024 bits", { keyAlgorithm: "RSA_1024" }, named("api.example.com")],
    ["of 4096 bits", { keyAlgorithm: "RSA_4096" }, named("api.example.com")],
    ["of P-256", { keyAlgorithm: "EC_prime256v1" }, named("api.example.com")],
    ["of names that it has not, while it has none", {}, viewer({ ACMCertificateArn: ARN })],
  ])("one that %s is taken", (_, over, config) => {
    expect(takes(certified(over), create(config))).toBe(true);
  });

  test.each<[string, Partial<Certificate>, object, string, RegExp]>([
    [
      "not issued",
      { status: "PENDING_VALIDATION" },
      {},
      "InvalidViewerCertificate",
      /isn't in us-east-1 region, isn't valid/,
    ],
    ["expired", { status: "EXPIRED" }, {}, "InvalidViewerCertificate", /isn't valid/],
    ["of P-384", { keyAlgorithm: "EC_secp384r1" }, {}, "InvalidViewerCertificate", /EC_secp384r1/],
    ["for other names", { domains: [name("other.example.com")] }, {}, "InvalidViewerCertificate", /doesn't cover/],
    ["for the name above", { domains: [name("example.com")] }, {}, "InvalidViewerCertificate", /doesn't cover/],
    ["not there", {}, { ACMCertificateArn: `${ARN}x` }, "InvalidViewerCertificate", /doesn't exist/],
    [
      "of another Region",
      {},
      { ACMCertificateArn: ARN.replace("us-east-1", "eu-west-1") },
      "InvalidViewerCertificate",
      /isn't in us-east-1/,
    ],
    [
      "of another account",
      {},
      { ACMCertificateArn: ARN.replace("111122223333", "999999999999") },
      "InvalidViewerCertificate",
      /doesn't exist/,
    ],
    [
      "none at all",
      {},
      { ACMCertificateArn: undefined },
      "InvalidViewerCertificate",
      /must attach a trusted certificate/,
    ],
    ["two", {}, { CloudFrontDefaultCertificate: true }, "InvalidViewerCertificate", /Exactly one/],
    ["without a method", {}, { SSLSupportMethod: undefined }, "InvalidArgument", /SSL support method/],
    ["with an old version", {}, { MinimumProtocolVersion: "SSLv3" }, "InvalidMinimumProtocolVersion", /TLSv1 or later/],
    ["with no version", {}, { MinimumProtocolVersion: "TLSv9" }, "InvalidMinimumProtocolVersion", /TLSv9/],
    ["of IAM", {}, { ACMCertificateArn: undefined, IAMCertificateId: "x" }, "NotEmulated", /IAM/],
  ])("one that is %s is refused", (_, over, given, code, message) => {
    const fault = fails(certified(over), create(viewer(given)));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test("with one that has expired meanwhile other things can still be changed", () => {
    const made = distributed(certified(), named("api.example.com"));
    const expired = tick(made.cloud, START + 2e10);
    does(expired, update(made, { Comment: "b" }));
    expect(fails(expired, update(made, named("api.example.com", "b.example.com")))).toMatchObject({
      code: "InvalidViewerCertificate",
    });
  });
});

const acm = (operation: string): Parameters<typeof step>[1] => call("acm", operation, { CertificateArn: ARN });
const users = (cloud: Cloud): unknown =>
  (does(cloud, acm("DescribeCertificate")).output["Certificate"] as { InUseBy: unknown }).InUseBy;

// Source: ACM API reference "CertificateDetail" (InUseBy), "DeleteCertificate".
describe("ACM knows who uses it", () => {
  const made = distributed(certified(), named("api.example.com"));
  const arn = `arn:aws:cloudfront::111122223333:distribution/${made.id}`;

  test("the distribution, from the start", () => {
    expect(users(made.cloud)).toEqual([arn]);
    expect(step(made.cloud, acm("DeleteCertificate"), hashIds(""))).toMatchObject({
      ok: false,
      fault: { code: "ResourceInUseException" },
    });
  });

  test("until letting go of it is deployed", () => {
    const none = { Aliases: { Quantity: 0 }, ViewerCertificate: { CloudFrontDefaultCertificate: true } };
    const free = after(made.cloud, update(made, none));
    expect(users(free)).toEqual([arn]);
    expect(users(tick(free, DEPLOYED))).toEqual([]);
    does(tick(free, DEPLOYED), acm("DeleteCertificate"));
  });

  test("a distribution that is deleted lets go of it", () => {
    const { cloud, output } = does(made.cloud, update(made, { Enabled: false }));
    const disabled = tick(cloud, DEPLOYED);
    const remove = { Id: made.id, IfMatch: output["ETag"] };
    expect(users(disabled)).toEqual([arn]);
    expect(users(after(disabled, call("cloudfront", "DeleteDistribution", remove)))).toEqual([]);
  });

  test("it is renewed, as what is used is", () => {
    const detail = does(made.cloud, acm("DescribeCertificate")).output["Certificate"];
    expect(detail).toMatchObject({ RenewalEligibility: "ELIGIBLE" });
  });
});
