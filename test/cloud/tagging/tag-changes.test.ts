import { describe, expect, test } from "vitest";
import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../../../src/cloud/edit.ts";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { Table } from "../../../src/cloud/table.ts";
import { TAGGING_TIMES } from "../../../src/cloud/tagging/limits.ts";
import { withNow } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  here,
  withCertificates,
  withDomains,
  withZones,
  world,
  zone,
} from "../world.ts";

const LAG = TAGGING_TIMES.shownAfter;
const DOMAIN = "arn:aws:apigateway:us-east-1::/domainnames/api.example.com";

function after(cloud: Cloud, ...calls: readonly Call[]): Cloud {
  let at = cloud;
  for (const [index, each] of calls.entries()) {
    const outcome = step(at, each, hashIds(String(index)));
    if (!outcome.ok) throw new Error(outcome.fault.message);
    at = outcome.cloud;
  }
  return at;
}

/** The tags that GetResources shows at a time, by ARN. */
function shown(cloud: Cloud, at: number): Readonly<Record<string, unknown>> {
  const outcome = step(withNow(cloud, at), call("tagging", "GetResources", {}), hashIds(""));
  if (!outcome.ok) throw new Error(outcome.fault.message);
  const { ResourceTagMappingList: list } = outcome.output as {
    readonly ResourceTagMappingList: readonly {
      readonly ResourceARN: string;
      readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
    }[];
  };
  return Object.fromEntries(
    list.map(({ ResourceARN, Tags }) => [ResourceARN, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))]),
  );
}

const tagCertificate = (Key: string, Value: string): Call =>
  call("acm", "AddTagsToCertificate", { CertificateArn: ARN, Tags: [{ Key, Value }] });
const tagDomain = (tags: object, resourceArn = DOMAIN): Call =>
  call("apigateway", "TagResource", { resourceArn, tags });
const tagZone = (change: object): Call =>
  call("route53", "ChangeTagsForResource", { ResourceType: "hostedzone", ResourceId: "Z1", ...change });
const withZone = withZones(world(), zone("example.com", [], { id: "Z1" }));
const withRoute53Tags = withAccount(withZone, {
  ...accountOf(withZone, ACCOUNT),
  route53Tags: Table.from([["hostedzone/Z1", { d: "4" }]]),
});
const changed = (cloud: Cloud) => [...here(cloud).tagChanges.entries()].map(([arn]) => arn);
const held = withDomains(withCertificates(world(), certificate({ tags: { a: "1" } })), apiDomain());

// Source: Resource Groups Tagging API reference "GetResources".
describe("tags that were just written", () => {
  test.each<[string, Cloud, readonly Call[], object, object]>([
    ["of a certificate", held, [tagCertificate("b", "2")], { [ARN]: { a: "1" } }, { [ARN]: { a: "1", b: "2" } }],
    [
      "taken away",
      held,
      [call("acm", "RemoveTagsFromCertificate", { CertificateArn: ARN, Tags: [{ Key: "a" }] })],
      { [ARN]: { a: "1" } },
      {},
    ],
    ["of a domain", held, [tagDomain({ c: "3" })], { [ARN]: { a: "1" } }, { [ARN]: { a: "1" }, [DOMAIN]: { c: "3" } }],
    [
      "of a domain, whatever the case of the ARN",
      held,
      [tagDomain({ c: "3" }, DOMAIN.replace("api.", "API."))],
      { [ARN]: { a: "1" } },
      { [ARN]: { a: "1" }, [DOMAIN]: { c: "3" } },
    ],
    [
      "of a domain, taken away",
      withDomains(world(), apiDomain({ tags: { c: "3" } })),
      [call("apigateway", "UntagResource", { resourceArn: DOMAIN, tagKeys: ["c"] })],
      { [DOMAIN]: { c: "3" } },
      {},
    ],
    [
      "of a new domain",
      withCertificates(world(), certificate()),
      [
        call("apigateway", "CreateDomainName", {
          domainName: "API.example.com",
          regionalCertificateArn: ARN,
          endpointConfiguration: { types: ["REGIONAL"] },
          tags: { c: "3" },
        }),
      ],
      {},
      { [DOMAIN]: { c: "3" } },
    ],
    [
      "of a hosted zone",
      withZone,
      [tagZone({ AddTags: [{ Key: "d", Value: "4" }] })],
      {},
      { "arn:aws:route53:::hostedzone/Z1": { d: "4" } },
    ],
    [
      "of a hosted zone, all taken away",
      withRoute53Tags,
      [tagZone({ RemoveTagKeys: ["d"] })],
      { "arn:aws:route53:::hostedzone/Z1": { d: "4" } },
      {},
    ],
  ])("%s are shown only after a while", (_, cloud, calls, before, later) => {
    const written = after(cloud, ...calls);
    expect(shown(written, START + LAG - 1)).toEqual(before);
    expect(shown(written, START + LAG)).toEqual(later);
  });

  test("of a new certificate", () => {
    const request = { DomainName: "a.example.com", ValidationMethod: "DNS", Tags: [{ Key: "a", Value: "1" }] };
    const written = after(world(), call("acm", "RequestCertificate", request));
    expect(shown(written, START + LAG - 1)).toEqual({});
    expect(Object.values(shown(written, START + LAG))).toEqual([{ a: "1" }]);
  });

  test("twice in a row are shown together, and what was shown meanwhile stays", () => {
    const once = after(held, tagCertificate("b", "2"));
    const twice = after(withNow(once, START + LAG - 1), tagCertificate("b", "3"));
    expect(shown(twice, START + LAG)).toEqual({ [ARN]: { a: "1" } });
    expect(shown(twice, START + 2 * LAG - 1)).toEqual({ [ARN]: { a: "1", b: "3" } });
  });

  test("that say what was there already are no change", () => {
    expect(here(after(held, tagDomain({}))).domains.get("api.example.com.")?.tags).toEqual({});
    expect(shown(after(held, tagCertificate("a", "1")), START)).toEqual({ [ARN]: { a: "1" } });
  });

  test("are forgotten as changes once they are shown", () => {
    const once = after(held, tagCertificate("b", "2"));
    expect(changed(once)).toEqual([ARN]);
    const later = after(withNow(once, START + LAG), tagDomain({ c: "3" }));
    expect(changed(later)).toEqual([DOMAIN]);
  });

  test("a read leaves the Cloud as it is", () => {
    const outcome = step(held, call("tagging", "GetResources", {}), hashIds(""));
    expect(outcome.ok && outcome.cloud).toBe(held);
  });
});
