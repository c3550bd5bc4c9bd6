import { describe, expect, test } from "vitest";
import { absorb } from "../../src/cloud/absorb.ts";
import { validationRecords } from "../../src/cloud/acm/validation.ts";
import { KEY_ALGORITHMS } from "../../src/cloud/acm/limits.ts";
import type { BasePathMapping, Cloud } from "../../src/cloud/cloud.ts";
import { withRegion } from "../../src/cloud/edit.ts";
import { probeKey } from "../../src/cloud/probe.ts";
import { Table } from "../../src/cloud/table.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  here,
  name,
  withCertificates,
  withDomains,
  world,
} from "./world.ts";

/** What the model answers, folded into another Cloud: reading it must give the same again. */
function reads(from: Cloud, into: Cloud, ...calls: ReturnType<typeof call>[]): Cloud {
  return calls.reduce((cloud, each) => absorb(cloud, each, does(from, each).output), into);
}

const LIST = call("acm", "ListCertificates", { Includes: { keyTypes: KEY_ALGORITHMS } });
const DESCRIBE = call("acm", "DescribeCertificate", { CertificateArn: ARN });
const TAGS = call("acm", "ListTagsForCertificate", { CertificateArn: ARN });
const DOMAINS = call("apigateway", "GetDomainNames", {});
const domain = { domainName: "api.example.com" };
const MAPPINGS = call("apigateway", "GetBasePathMappings", domain);

describe("certificates", () => {
  const domains = [name("example.com"), name("*.example.com")];
  const held = certificate({
    domains,
    keyAlgorithm: "EC_prime256v1",
    tags: { a: "b" },
    validation: validationRecords(ACCOUNT, domains),
    transparencyLogging: false,
  });
  const truth = withCertificates(world(), held);

  test("listed, described and with their tags they are as they were", () => {
    expect([...here(reads(truth, world(), LIST, DESCRIBE, TAGS)).certificates]).toEqual([held]);
  });

  test("a listing does not tell validation records, tags and logging", () => {
    const listed = [...here(reads(truth, world(), LIST)).certificates];
    expect(listed).toEqual([{ ...held, tags: undefined, validation: undefined, transparencyLogging: true }]);
  });

  test("a later listing keeps what was described, and takes the new status over", () => {
    const before = reads(truth, world(), LIST, DESCRIBE, TAGS);
    const expired = withCertificates(world(), { ...held, status: "EXPIRED" });
    expect([...here(reads(expired, before, LIST)).certificates]).toEqual([{ ...held, status: "EXPIRED" }]);
  });

  test("records that are told for some names only are not told", () => {
    const pending = withCertificates(world(), certificate({ status: "PENDING_VALIDATION", validation: undefined }));
    expect(here(reads(pending, world(), LIST, DESCRIBE)).certificates.get(ARN)?.validation).toBeUndefined();
  });

  test("tags come from the tagging service as well, for what is known", () => {
    const tagged = withDomains(truth, apiDomain({ tags: { c: "d" } }));
    const all = call("tagging", "GetResources", {});
    const known = reads(tagged, withDomains(reads(truth, world(), LIST), apiDomain()), all);
    expect(here(known).certificates.get(ARN)?.tags).toEqual({ a: "b" });
    expect(here(known).domains.get("api.example.com.")?.tags).toEqual({ c: "d" });
    expect(here(reads(tagged, world(), all)).certificates.size).toBe(0);
  });

  test("what AWS says about use is kept, and taken back when it says so", () => {
    const used = withCertificates(
      world(),
      certificate({ inUseBy: ["arn:aws:cloudfront::111122223333:distribution/E1"] }),
    );
    const seen = reads(used, world(), LIST, DESCRIBE);
    expect(here(seen).certificates.get(ARN)?.inUseBy).toHaveLength(1);
    expect(here(reads(used, seen, LIST)).certificates.get(ARN)?.inUseBy).toHaveLength(1);
    const free = withCertificates(world(), certificate());
    expect(here(reads(free, seen, LIST)).certificates.get(ARN)?.inUseBy).toEqual([]);
  });
});

describe("domain names", () => {
  const mappings = Table.from<BasePathMapping>([["v1", { basePath: "v1", restApiId: "r1", stage: "prod" }]]);
  const truth = withDomains(
    world(),
    apiDomain({ mappings, tags: { a: "b" }, endpointAccessMode: "STRICT" }),
    apiDomain({ name: name("b.example.com") }),
  );
  const of = (cloud: Cloud) => here(cloud).domains.get("api.example.com.");

  test("a listing tells all but the mappings", () => {
    const listed = reads(truth, world(), DOMAINS);
    expect(here(listed).domains.size).toBe(2);
    expect(of(listed)).toEqual({ ...of(truth), mappings: undefined });
  });

  test("mappings, listed; none at all is known to be none", () => {
    const known = reads(
      truth,
      world(),
      DOMAINS,
      MAPPINGS,
      call("apigateway", "GetBasePathMappings", { domainName: "b.example.com" }),
    );
    expect([...(of(known)?.mappings ?? [])]).toEqual([...mappings]);
    expect(here(known).domains.get("b.example.com.")?.mappings?.size).toBe(0);
    const gone = withDomains(world(), apiDomain());
    expect(of(reads(gone, known, MAPPINGS))?.mappings?.size).toBe(0);
  });

  test("the pages of a listing add up", () => {
    const two = withDomains(world(), apiDomain({ mappings: mappings.set("v2", { basePath: "v2", restApiId: "r1" }) }));
    const first = call("apigateway", "GetBasePathMappings", { ...domain, limit: 1 });
    const { position } = does(two, first).output;
    const known = reads(
      two,
      reads(truth, world(), DOMAINS),
      first,
      call("apigateway", "GetBasePathMappings", { ...domain, limit: 1, position }),
    );
    expect(of(known)?.mappings?.size).toBe(2);
  });

  test("a domain that is read again keeps its mappings, one that was made anew does not", () => {
    const known = reads(truth, world(), DOMAINS, MAPPINGS);
    const read = call("apigateway", "GetDomainName", domain);
    expect(of(reads(truth, known, read))?.mappings?.size).toBe(1);
    const anew = withDomains(world(), apiDomain({ regionalDomainName: "d-other.execute-api.us-east-1.amazonaws.com" }));
    expect(of(reads(anew, known, read))?.mappings).toBeUndefined();
  });

  test("one mapping read by itself", () => {
    const known = reads(withDomains(world(), apiDomain()), world(), DOMAINS, MAPPINGS);
    const one = call("apigateway", "GetBasePathMapping", { ...domain, basePath: "v1" });
    expect(of(reads(truth, known, one))?.mappings?.get("v1")?.stage).toBe("prod");
    expect(of(reads(truth, reads(truth, world(), DOMAINS), one))?.mappings).toBeUndefined();
  });

  test("edge-optimized ones are known by their distribution, private ones are left out", () => {
    const items = [
      {
        domainName: "edge.example.com",
        distributionDomainName: "d1.cloudfront.net",
        distributionHostedZoneId: "Z2FDTNDATAQYW2",
        endpointConfiguration: { types: ["EDGE"] },
      },
      { domainName: "private.example.com", endpointConfiguration: { types: ["PRIVATE"] } },
    ];
    const { domains } = here(absorb(world(), DOMAINS, { items }));
    expect(domains.size).toBe(1);
    expect(domains.get("edge.example.com.")).toMatchObject({
      regionalDomainName: "d1.cloudfront.net",
      endpointTypes: ["EDGE"],
    });
  });
});

describe("REST APIs", () => {
  const api = { id: "r1", name: "shop", disableExecuteApiEndpoint: true, stages: ["prod"] };
  const truth = withRegion(world(), ACCOUNT, { ...here(world()), restApis: Table.from([["r1", api]]) });
  const stages = call("apigateway", "GetStages", { restApiId: "r1" });
  const one = call("apigateway", "GetRestApi", { restApiId: "r1" });
  const all = call("apigateway", "GetRestApis", {});

  test.each([
    ["one and its stages", [one, stages], [api]],
    ["listed", [all], [{ ...api, stages: undefined }]],
    ["stages stay when it is read again", [one, stages, all], [api]],
    ["stages of what is not known are of no use", [stages], undefined],
  ])("%s", (_, calls, expected) => {
    const { restApis } = here(reads(truth, world(), ...calls));
    expect(restApis && [...restApis]).toEqual(expected);
  });

  test("none at all is known to be none", () => {
    expect(
      here(reads(withRegion(world(), ACCOUNT, { ...here(world()), restApis: Table.empty() }), world(), all)).restApis
        ?.size,
    ).toBe(0);
  });
});

test("a passed probe is kept", () => {
  const input = { address: { host: "h" }, sni: "s", host: "s", path: "/" };
  const cloud = absorb(world(), call("probe", "Probe", input), {});
  expect(here(cloud).probes.get(probeKey(input))).toBe(START);
});

test.each([
  call("sts", "GetCallerIdentity", {}),
  call("acm", "GetCertificate", {}),
  call("apigateway", "GetResources", {}),
  call("tagging", "GetTagKeys", {}),
])("$service:$operation tells nothing about the Cloud", (made) => {
  const cloud = world();
  expect(absorb(cloud, made, {})).toEqual(cloud);
});
