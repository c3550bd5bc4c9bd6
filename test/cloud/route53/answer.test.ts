import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { answer, answersByRegion, possibleAnswers } from "../../../src/cloud/route53/answer.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import { ACCOUNT, ZONE, a, alias, cname, estate, latencyAlias, withCheck } from "./estate.ts";

const ask = (cloud: Cloud, name: string, type: RecordSet["Type"] = "A", region = "eu-west-1") =>
  answer(cloud, ACCOUNT, ZONE, domainName(name), type, region);
/** The code, or what each record set that is answered says it is. */
const said = (cloud: Cloud, name: string, type: RecordSet["Type"] = "A", region = "eu-west-1"): string => {
  const { code, records } = ask(cloud, name, type, region);
  return code === "NOERROR" ? records.map(label).join(" ") : code;
};
const label = (record: RecordSet): string =>
  record.SetIdentifier ?? record.ResourceRecords?.[0]?.Value ?? record.AliasTarget?.DNSName ?? "";

const name = "shop.example.com.";
const east = latencyAlias(name, "us-east-1", { HealthCheckId: "east" });
const west = latencyAlias(name, "us-west-2", { HealthCheckId: "west" });
const tokyo = latencyAlias(name, "ap-northeast-1", { HealthCheckId: "tokyo" });

/** The three Regions, of which these are dead. */
function world(...dead: readonly string[]): Cloud {
  return ["east", "west", "tokyo"].reduce(
    (cloud, id) => withCheck(cloud, id, { Inverted: dead.includes(id) }),
    estate(east, west, tokyo),
  );
}

describe("latency", () => {
  test.each<[string, string, readonly string[], string]>([
    ["the nearest", "eu-west-1", [], "shop/us-east-1"],
    ["the nearest, from elsewhere", "ap-southeast-2", [], "shop/ap-northeast-1"],
    ["at home", "us-west-2", [], "shop/us-west-2"],
    ["the next when the nearest is dead", "eu-west-1", ["east"], "shop/us-west-2"],
    ["the only one alive", "eu-west-1", ["east", "west"], "shop/ap-northeast-1"],
    ["the nearest when all are dead", "eu-west-1", ["east", "west", "tokyo"], "shop/us-east-1"],
  ])("%s", (_, region, dead, expected) => {
    expect(said(world(...dead), name, "A", region)).toBe(expected);
  });

  test("a check may be told what it finds", () => {
    const probe = (config: { FullyQualifiedDomainName?: string }) =>
      config.FullyQualifiedDomainName !== "east.example.org";
    const { records } = answer(world(), ACCOUNT, ZONE, domainName(name), "A", "eu-west-1", probe);
    expect(records.map(label)).toEqual(["shop/us-west-2"]);
  });

  test("from every Region", () => {
    const answers = answersByRegion(world(), ACCOUNT, ZONE, domainName(name), "A");
    expect(answers.size).toBe(34);
    expect(new Set([...answers.values()].flatMap(({ records }) => records.map(label)))).toEqual(
      new Set(["shop/us-east-1", "shop/us-west-2", "shop/ap-northeast-1"]),
    );
    expect([...answersByRegion(world(), ACCOUNT, ZONE, domainName(name), "A", ["sa-east-1"]).keys()]).toEqual([
      "sa-east-1",
    ]);
  });

  test("a single record set is answered, healthy or not", () => {
    const cloud = withCheck(estate(east), "east", { Inverted: true });
    expect(said(cloud, name)).toBe("shop/us-east-1");
  });
});

describe("other policies", () => {
  const weighted = (id: string, Weight: number) =>
    a(name, "192.0.2.1", { SetIdentifier: id, Weight, HealthCheckId: id });
  const failover = (id: string, Failover: "PRIMARY" | "SECONDARY") =>
    a(name, "192.0.2.1", { SetIdentifier: id, Failover, HealthCheckId: id });
  const multivalue = (id: string) =>
    a(name, "192.0.2.1", { SetIdentifier: id, MultiValueAnswer: true, HealthCheckId: id });
  const pair = [failover("p", "PRIMARY"), failover("s", "SECONDARY")];
  test.each<[string, readonly RecordSet[], readonly string[], string]>([
    ["simple", [a(name, "192.0.2.7")], [], "192.0.2.7"],
    ["weighted: all that may be drawn", [weighted("x", 1), weighted("y", 3), weighted("z", 0)], [], "x y"],
    ["weighted: weight 0 when no other is healthy", [weighted("x", 1), weighted("z", 0)], ["x"], "z"],
    ["weighted: weight 0 everywhere", [weighted("x", 0), weighted("z", 0)], [], "x z"],
    ["weighted: none healthy", [weighted("x", 1), weighted("z", 0)], ["x", "z"], "x"],
    ["failover: primary", pair, [], "p"],
    ["failover: secondary", pair, ["p"], "s"],
    ["failover: primary when both are dead", pair, ["p", "s"], "p"],
    ["multivalue: the healthy ones", [multivalue("x"), multivalue("y"), multivalue("z")], ["y"], "x z"],
    ["multivalue: eight at the most", "abcdefghij".split("").map(multivalue), [], "a b c d e f g h"],
  ])("%s", (_, records, dead, expected) => {
    const ids = records.flatMap(({ HealthCheckId }) => HealthCheckId ?? []);
    const cloud = ids.reduce((next, id) => withCheck(next, id, { Inverted: dead.includes(id) }), estate(...records));
    expect(said(cloud, name)).toBe(expected);
  });
});

describe("aliases", () => {
  test("inside the zone are followed, and said", () => {
    const web = alias("web.example.com.", name);
    const result = ask(estate(web, a(name, "192.0.2.7")), "web.example.com.");
    expect(result.records.map(label)).toEqual(["192.0.2.7"]);
    expect(result.via).toEqual([web]);
  });

  test("out of the zone are the answer", () => {
    expect(ask(estate(east), name).records).toEqual([east]);
  });

  test("into a latency group that they evaluate: a Region whose target is dead is passed over", () => {
    const group = (id: string, region: string) =>
      alias(name, `${id}.example.com.`, true, { SetIdentifier: id, Region: region });
    const cloud = withCheck(
      estate(
        group("eu", "eu-west-1"),
        group("us", "us-east-1"),
        a("eu.example.com.", "192.0.2.1", { SetIdentifier: "one", Weight: 1, HealthCheckId: "dead" }),
        a("us.example.com.", "192.0.2.2"),
      ),
      "dead",
      { Inverted: true },
    );
    expect(said(cloud, name)).toBe("192.0.2.2");
  });

  test("without evaluation a dead target is still answered", () => {
    const group = (id: string, region: string) =>
      alias(name, `${id}.example.com.`, false, { SetIdentifier: id, Region: region });
    const cloud = withCheck(
      estate(
        group("eu", "eu-west-1"),
        group("us", "us-east-1"),
        a("eu.example.com.", "192.0.2.1", { SetIdentifier: "one", Weight: 1, HealthCheckId: "dead" }),
        a("us.example.com.", "192.0.2.2"),
      ),
      "dead",
      { Inverted: true },
    );
    expect(said(cloud, name)).toBe("one");
  });

  test("a loop ends", () => {
    const cloud = estate(
      alias("x.example.com.", "y.example.com.", true),
      alias("y.example.com.", "x.example.com.", true),
    );
    expect(said(cloud, "x.example.com.")).toBe("NODATA");
  });
});

describe("CNAMEs", () => {
  const into = cname("c.example.com.", "Shop.example.com");
  test("inside the zone are followed", () => {
    expect(said(estate(into, a(name, "192.0.2.7")), "c.example.com.")).toBe("192.0.2.7");
    expect(ask(estate(into, a(name)), "c.example.com.").via).toEqual([into]);
  });
  test("out of the zone are the answer", () => {
    expect(said(estate(cname("c.example.com.", "x.example.org")), "c.example.com.")).toBe("x.example.org");
  });
  test("are the answer to a question for themselves", () => {
    expect(said(estate(into, a(name)), "c.example.com.", "CNAME")).toBe("Shop.example.com");
  });
  test("are the answer when their target has nothing", () => {
    expect(ask(estate(into), "c.example.com.")).toMatchObject({ code: "NXDOMAIN", records: [into] });
  });
  test("a target that is no name leads out", () => {
    expect(said(estate(cname("c.example.com.", "a..b")), "c.example.com.")).toBe("a..b");
  });
});

describe("names", () => {
  const wild = a("\\052.example.com.", "192.0.2.99");
  const deep = a("a.b.example.com.", "192.0.2.2");
  const delegated: RecordSet = {
    Name: "sub.example.com.",
    Type: "NS",
    TTL: 60,
    ResourceRecords: [{ Value: "ns.example.org" }],
  };
  test.each<[string, readonly RecordSet[], string, RecordSet["Type"], string]>([
    ["nothing there", [], "x.example.com.", "A", "NXDOMAIN"],
    ["another type there", [a("x.example.com.")], "x.example.com.", "AAAA", "NODATA"],
    ["a wildcard", [wild], "x.example.com.", "A", "192.0.2.99"],
    ["a wildcard, several labels up", [wild], "x.y.example.com.", "A", "192.0.2.99"],
    ["no wildcard where the name has another type", [wild, a("x.example.com.")], "x.example.com.", "AAAA", "NODATA"],
    ["no wildcard where names lie below", [wild, deep], "b.example.com.", "A", "NODATA"],
    ["no wildcard beside a closer encloser", [wild, deep], "x.b.example.com.", "A", "NXDOMAIN"],
    ["a wildcard of another type", [wild], "x.example.com.", "AAAA", "NODATA"],
    ["the wildcard itself", [wild], "*.example.com.", "A", "192.0.2.99"],
    ["delegated", [delegated, wild], "x.sub.example.com.", "A", "REFERRAL"],
    ["delegated, at the cut", [delegated], "sub.example.com.", "A", "REFERRAL"],
    ["outside the zone", [], "example.org.", "A", "NXDOMAIN"],
    ["the apex is not delegated", [], "example.com.", "NS", "ns-1.awsdns-00.com."],
  ])("%s", (_, records, asked, type, expected) => {
    expect(said(estate(...records), asked, type)).toBe(expected);
  });

  test("no such zone", () => {
    expect(answer(estate(), ACCOUNT, "Z9", domainName(name), "A", "eu-west-1").code).toBe("NXDOMAIN");
  });
});

describe("possibleAnswers", () => {
  const everything = (cloud: Cloud, asked = name) =>
    possibleAnswers(cloud, ACCOUNT, ZONE, domainName(asked), "A").records.map(label);
  test("every Region, dead or alive", () => {
    expect(everything(world("east"))).toEqual(["shop/ap-northeast-1", "shop/us-east-1", "shop/us-west-2"]);
  });
  test("through aliases, and weight 0 too", () => {
    const weighted = (id: string, Weight: number) => a(name, "192.0.2.1", { SetIdentifier: id, Weight });
    expect(
      everything(estate(alias("web.example.com.", name), weighted("x", 1), weighted("y", 0)), "web.example.com."),
    ).toEqual(["x", "y"]);
  });
});
