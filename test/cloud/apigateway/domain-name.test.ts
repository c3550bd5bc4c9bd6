import { describe, expect, test } from "vitest";
import { createDomainName } from "../../../src/cloud/apigateway/domain-name.ts";
import type { Certificate } from "../../../src/cloud/cloud.ts";
import { regionOf, withRegion } from "../../../src/cloud/edit.ts";
import { step } from "../../../src/cloud/step.ts";
import { hashIds, idsOf } from "../../../src/cloud/ids.ts";
import { QUOTAS, withQuota } from "../../../src/cloud/quotas.ts";
import { Table } from "../../../src/cloud/table.ts";
import {
  ACCOUNT,
  ARN,
  REGION,
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

const valid = {
  domainName: "api.example.com",
  regionalCertificateArn: ARN,
  endpointConfiguration: { types: ["REGIONAL"] },
};
const create = (over: object = {}) => call("apigateway", "CreateDomainName", { ...valid, ...over });
const ready = (over: Partial<Certificate> = {}) => withCertificates(world(), certificate(over));

// Source: API Gateway API reference "CreateDomainName" and "DomainName".
describe("CreateDomainName", () => {
  test("answers with AWS's shape, available at once", () => {
    const { cloud, output } = does(ready(), create({ tags: { a: "b" } }));
    expect(output).toEqual({
      domainName: "api.example.com",
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
      regionalHostedZoneId: expect.stringMatching(/^Z[0-9A-F]{13}$/),
      regionalCertificateArn: ARN,
      endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
      domainNameStatus: "AVAILABLE",
      securityPolicy: "TLS_1_2",
      routingMode: "BASE_PATH_MAPPING_ONLY",
      tags: { a: "b" },
    });
    expect(here(cloud).domains.get("api.example.com.")?.mappings?.size).toBe(0);
  });

  test("the hosted zone is one for the Region", () => {
    const cloud = ready({ domains: [name("*.example.com")] });
    const one = does(cloud, create());
    const two = does(one.cloud, create({ domainName: "b.example.com" }));
    expect(two.output.regionalHostedZoneId).toBe(one.output.regionalHostedZoneId);
    expect(two.output.regionalDomainName).not.toBe(one.output.regionalDomainName);
  });

  test("a real answer's identifiers are taken over", () => {
    const real = {
      regionalDomainName: "d-real.execute-api.us-east-1.amazonaws.com",
      regionalHostedZoneId: "Z1UJRXOUMOOFQ8",
    };
    const result = createDomainName(ready(), create(), idsOf(create(), real));
    expect(result).toMatchObject({ ok: true, output: real });
  });

  const enhanced = "SecurityPolicy_TLS13_1_3_2025_09";
  // Sources: API Gateway guide "Set up a regional custom domain name", "Security policies", "Tag restrictions".
  test.each<[string, Partial<Certificate>, object, RegExp]>([
    ["an unknown certificate", {}, { regionalCertificateArn: `${ARN}x` }, /must be in 'us-east-1'/],
    ["no certificate", {}, { regionalCertificateArn: undefined }, /needs a regional certificate/],
    ["a pending certificate", { status: "PENDING_VALIDATION" }, {}, /not ISSUED/],
    ["a name that it does not cover", {}, { domainName: "b.example.com" }, /does not cover/],
    ["an unconfirmed key", { keyAlgorithm: "EC_secp521r1" }, {}, /not supported/],
    ["no name", {}, { domainName: "" }, /Invalid domain name/],
    ["an unknown policy", {}, { securityPolicy: "TLS_1_3" }, /Invalid security policy/],
    [
      "an edge policy",
      {},
      { securityPolicy: "SecurityPolicy_TLS13_2025_EDGE", endpointAccessMode: "BASIC" },
      /Invalid security policy/,
    ],
    ["an enhanced policy without access mode", {}, { securityPolicy: enhanced }, /must be set/],
    ["a legacy policy with access mode", {}, { endpointAccessMode: "STRICT" }, /not supported/],
    [
      "an unknown access mode",
      {},
      { securityPolicy: enhanced, endpointAccessMode: "LOOSE" },
      /Invalid endpoint access mode/,
    ],
    [
      "an unknown address type",
      {},
      { endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv6" } },
      /Invalid IP address type/,
    ],
    ["an unknown routing mode", {}, { routingMode: "NONE" }, /Invalid routing mode/],
    ["a reserved tag", {}, { tags: { "aws:a": "" } }, /Invalid tag/],
  ])("refuses %s", (_, over, input, message) => {
    const fault = fails(ready(over), create(input));
    expect(fault).toMatchObject({ code: "BadRequestException", status: 400 });
    expect(fault.message).toMatch(message);
  });

  test.each<[string, object]>([
    ["enhanced policies", { securityPolicy: enhanced, endpointAccessMode: "STRICT" }],
    ["dualstack", { endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" } }],
    ["routing rules", { routingMode: "ROUTING_RULE_ONLY" }],
    ["P-256", {}],
  ])("takes %s", (_, input) => {
    const made = here(does(ready({ keyAlgorithm: "EC_prime256v1" }), create(input)).cloud).domains.get(
      "api.example.com.",
    );
    expect(made).toMatchObject({ status: "AVAILABLE" });
  });

  test.each<[string, object]>([
    ["private ones", { endpointConfiguration: { types: ["PRIVATE"] } }],
    ["two endpoint types", { endpointConfiguration: { types: ["REGIONAL", "EDGE"] } }],
    ["mutual TLS", { mutualTlsAuthentication: { truststoreUri: "s3://b/k" } }],
  ])("does not guess at %s", (_, input) =>
    expect(fails(ready(), create(input))).toMatchObject({ code: "NotEmulated", status: 501 }),
  );

  test("a name that is taken, also by another account", () => {
    expect(fails(withDomains(ready(), apiDomain()), create())).toMatchObject({
      code: "BadRequestException",
      message: "The domain name you provided already exists.",
    });
    const theirs = regionOf(world(), "999999999999", REGION);
    const cloud = withRegion(ready(), "999999999999", {
      ...theirs,
      domains: Table.from([["api.example.com.", apiDomain()]]),
    });
    expect(fails(cloud, create()).code).toBe("BadRequestException");
    const elsewhere = withRegion(ready(), ACCOUNT, {
      ...regionOf(world(), ACCOUNT, "eu-west-1"),
      domains: Table.from([["api.example.com.", apiDomain()]]),
    });
    does(elsewhere, create());
  });

  test("the quota of domain names", () => {
    const quota = QUOTAS["apigateway.domainNames"].value;
    const many = Array.from({ length: quota }, (_, i) => apiDomain({ name: name(`n${i}.example.com`) }));
    const full = withDomains(ready(), ...many);
    expect(fails(full, create())).toMatchObject({
      code: "LimitExceededException",
      status: 429,
      retryAfterSeconds: 1,
    });
    does(withQuota(full, ACCOUNT, "apigateway.domainNames", quota + 1), create());
    expect(fails(withQuota(ready(), ACCOUNT, "apigateway.domainNames", 0), create()).code).toBe(
      "LimitExceededException",
    );
  });
});

interface Listing {
  readonly items: readonly { readonly domainName: string; readonly tags: { readonly label: string } }[];
  readonly position?: string;
}

describe("reading and deleting", () => {
  const cloud = withDomains(
    world(),
    ...["c", "a", "b"].map((label) => apiDomain({ name: name(`${label}.example.com`), tags: { label } })),
  );
  const page = (input: object) => does(cloud, call("apigateway", "GetDomainNames", input)).output as unknown as Listing;

  // Source: API Gateway API reference "GetDomainNames".
  test("pages carry the tags, and end", () => {
    const first = page({ limit: 2 });
    const second = page({ limit: 2, position: first.position });
    const names = (output: Listing) => output.items.map((each) => [each.domainName, each.tags.label]);
    expect([...names(first), ...names(second)]).toEqual([
      ["a.example.com", "a"],
      ["b.example.com", "b"],
      ["c.example.com", "c"],
    ]);
    expect(second).not.toHaveProperty("position");
    expect(page({ limit: 3 })).not.toHaveProperty("position");
    expect(does(world(), call("apigateway", "GetDomainNames", {})).output).toEqual({});
  });

  test("25 on a page unless asked, 500 at most", () => {
    const many = Array.from({ length: 501 }, (_, i) => apiDomain({ name: name(`n${i}.example.com`) }));
    const size = (input: object) =>
      (does(withDomains(world(), ...many), call("apigateway", "GetDomainNames", input)).output as unknown as Listing)
        .items.length;
    expect([size({}), size({ limit: 500 }), size({ limit: 5_000 })]).toEqual([25, 500, 500]);
  });

  test("domains of other accounts are not modelled", () => {
    expect(fails(cloud, call("apigateway", "GetDomainNames", { resourceOwner: "OTHER_ACCOUNTS" })).code).toBe(
      "NotEmulated",
    );
  });

  test.each(["GetDomainName", "DeleteDomainName", "UpdateDomainName", "GetBasePathMappings"])(
    "%s of what is not there",
    (operation) => {
      expect(fails(world(), call("apigateway", operation, { domainName: "a.example.com" }))).toEqual({
        code: "NotFoundException",
        message: "Invalid domain name identifier specified",
        status: 404,
      });
    },
  );

  const mapping = { basePath: "(none)", restApiId: "r" };
  test.each([
    ["no mappings", Table.empty<typeof mapping>(), true],
    ["mappings that were not listed", undefined, true],
    ["a mapping", Table.from([["(none)", mapping]]), false],
  ])("deletion with %s: %s", (_, mappings, gone) => {
    const held = withDomains(world(), apiDomain({ mappings }));
    const deletion = call("apigateway", "DeleteDomainName", { domainName: "api.example.com" });
    const result = step(held, deletion, hashIds(""));
    expect(result.ok ? here(result.cloud).domains.size : result.fault.code).toBe(gone ? 0 : "BadRequestException");
  });
});
