import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { accountOf, withRegion, withZone } from "../../../src/cloud/edit.ts";
import { emptyRegion } from "../../../src/cloud/empty.ts";
import { SECOND } from "../../../src/cloud/instant.ts";
import { Table } from "../../../src/cloud/table.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, NOW, ZONE, a, alias, call, cname, estate, fault, latencyAlias, run, withCheck } from "./estate.ts";

const ask = (RecordName: string, more: object = {}, RecordType = "A") =>
  call("TestDNSAnswer", { HostedZoneId: ZONE, RecordName, RecordType, ...more });
const data = (cloud: Cloud, name: string, more: object = {}, type = "A") =>
  run(cloud, ask(name, more, type)).output["RecordData"];
const near = (EDNS0ClientSubnetIP: string) => ({ EDNS0ClientSubnetIP });

const HOSTS = {
  virginia: "d-useast1.execute-api.us-east-1.amazonaws.com.",
  ireland: "d-euwest1.execute-api.eu-west-1.amazonaws.com.",
};
const shop = "shop.example.com.";
const byLatency = (more: Partial<RecordSet> = {}) => [
  latencyAlias(shop, "us-east-1", more),
  latencyAlias(shop, "eu-west-1"),
];

describe("one answer", () => {
  test("as a name server of the zone gives it", () => {
    expect(run(estate(a("www.example.com.", "192.0.2.7")), ask("WWW.example.com")).output).toEqual({
      Nameserver: "ns-1.awsdns-00.com",
      RecordName: "WWW.example.com",
      RecordType: "A",
      RecordData: ["192.0.2.7"],
      ResponseCode: "NOERROR",
      Protocol: "UDP",
    });
  });

  test.each<[string, Cloud, string, string, string, readonly string[]]>([
    ["no such name", estate(), "nobody.example.com", "A", "NXDOMAIN", []],
    ["no such type at the name", estate(a("www.example.com.")), "www.example.com", "TXT", "NOERROR", []],
    ["a name outside the zone", estate(), "www.example.org", "A", "REFUSED", []],
    ["a wildcard", estate(a("\\052.example.com.")), "any.example.com", "A", "NOERROR", ["192.0.2.1"]],
    [
      "a CNAME that leads out",
      estate(cname("c.example.com.", "x.example.org")),
      "c.example.com",
      "A",
      "NOERROR",
      ["x.example.org"],
    ],
    [
      "a CNAME inside the zone, and what it leads to",
      estate(cname("c.example.com.", "www.example.com"), a("www.example.com.")),
      "c.example.com",
      "A",
      "NOERROR",
      ["www.example.com", "192.0.2.1"],
    ],
    [
      "an alias to a record set",
      estate(alias("l.example.com.", "www.example.com."), a("www.example.com.")),
      "l.example.com",
      "A",
      "NOERROR",
      ["192.0.2.1"],
    ],
    [
      "a delegation is no answer",
      estate({ Name: "sub.example.com.", Type: "NS", TTL: 60, ResourceRecords: [{ Value: "ns.example.org." }] }),
      "sub.example.com",
      "NS",
      "NOERROR",
      [],
    ],
  ])("%s", (_, cloud, name, type, code, expected) => {
    expect(run(cloud, ask(name, {}, type)).output).toMatchObject({ ResponseCode: code, RecordData: expected });
  });

  test("of weighted record sets the heaviest, of multivalue ones all", () => {
    const weighted = (Value: string, Weight: number) => a(shop, Value, { SetIdentifier: Value, Weight });
    expect(data(estate(weighted("192.0.2.1", 1), weighted("192.0.2.9", 9), weighted("192.0.2.2", 2)), shop)).toEqual([
      "192.0.2.9",
    ]);
    const multi = (Value: string) => a(shop, Value, { SetIdentifier: Value, MultiValueAnswer: true });
    expect(data(estate(multi("192.0.2.1"), multi("192.0.2.2")), shop)).toEqual(["192.0.2.1", "192.0.2.2"]);
  });

  test("geolocation is not modelled", () => {
    const there = a(shop, "192.0.2.1", { SetIdentifier: "x", GeoLocation: { CountryCode: "DE" } });
    expect(fault(estate(there), ask(shop))).toMatchObject({
      status: 501,
      message: expect.stringContaining("geolocation"),
    });
  });
});

describe("by latency", () => {
  const cloud = estate(...byLatency());
  test.each<[string, object, string]>([
    ["nobody named: a resolver in us-east-1", {}, HOSTS.virginia],
    ["a client in Europe", near("81.2.69.160"), HOSTS.ireland],
    ["a client by IPv6", near("2a02:6b8::1"), HOSTS.ireland],
    ["a resolver in Europe", { ResolverIP: "81.2.69.160" }, HOSTS.ireland],
    [
      "the client counts more than its resolver",
      { ...near("198.51.100.1"), ResolverIP: "81.2.69.160" },
      HOSTS.virginia,
    ],
    ["a subnet that tells nothing", { ...near("81.2.69.160"), EDNS0ClientSubnetMask: "0" }, HOSTS.virginia],
    ["a subnet that tells enough", { ...near("81.2.69.160"), EDNS0ClientSubnetMask: "8" }, HOSTS.ireland],
  ])("%s", (_, client, host) => expect(data(cloud, shop, client)).toEqual([host]));
});

describe("by health", () => {
  const dead = (cloud: Cloud) => withCheck(cloud, "hc-1", { Inverted: true });
  test("the nearest that is healthy", () => {
    const cloud = estate(...byLatency({ HealthCheckId: "hc-1" }));
    expect(data(withCheck(cloud, "hc-1"), shop)).toEqual([HOSTS.virginia]);
    expect(data(dead(cloud), shop)).toEqual([HOSTS.ireland]);
  });

  test("the secondary, while the primary is not", () => {
    const role = (Value: string, Failover: "PRIMARY" | "SECONDARY", more: Partial<RecordSet> = {}) =>
      a(shop, Value, { SetIdentifier: Failover, Failover, ...more });
    const cloud = estate(role("192.0.2.1", "PRIMARY", { HealthCheckId: "hc-1" }), role("192.0.2.2", "SECONDARY"));
    expect(data(withCheck(cloud, "hc-1"), shop)).toEqual(["192.0.2.1"]);
    expect(data(dead(cloud), shop)).toEqual(["192.0.2.2"]);
  });

  test("a new check is healthy until there are data, an inverted one unhealthy", () => {
    const gone = withRegion(
      estate(...byLatency({ HealthCheckId: "hc-1" })),
      ACCOUNT,
      emptyRegion("us-east-1", { restApis: Table.empty() }),
    );
    const made = (Inverted: boolean) => {
      const HealthCheckConfig = {
        Type: "HTTPS",
        FullyQualifiedDomainName: "abc123.execute-api.us-east-1.amazonaws.com",
        RequestInterval: 10,
        FailureThreshold: 2,
        Inverted,
      };
      return run(gone, call("CreateHealthCheck", { CallerReference: "r", HealthCheckConfig }), () => "hc-1").cloud;
    };
    expect(data(made(false), shop)).toEqual([HOSTS.virginia]);
    expect(data(tick(made(false), NOW + 19 * SECOND), shop)).toEqual([HOSTS.virginia]);
    expect(data(tick(made(false), NOW + 20 * SECOND), shop)).toEqual([HOSTS.ireland]);
    expect(data(made(true), shop)).toEqual([HOSTS.ireland]);
    expect(data(tick(made(true), NOW + 20 * SECOND), shop)).toEqual([HOSTS.virginia]);
  });
});

describe("refused", () => {
  test.each<[string, object, string]>([
    ["no such zone", { HostedZoneId: "Z9" }, "NoSuchHostedZone"],
    ["a name that is none", { RecordName: "a..b" }, "InvalidInput"],
    ["no such type", { RecordType: "ANAME" }, "InvalidInput"],
    ["a client that is none", near("somewhere"), "InvalidInput"],
    ["a resolver that is none", { ResolverIP: "1.2.3" }, "InvalidInput"],
    ["a mask without a client", { EDNS0ClientSubnetMask: "24" }, "InvalidInput"],
    ["a mask longer than IPv4", { ...near("192.0.2.1"), EDNS0ClientSubnetMask: "33" }, "InvalidInput"],
    ["a mask longer than IPv6", { ...near("2001:db8::1"), EDNS0ClientSubnetMask: "129" }, "InvalidInput"],
    ["a mask that is no number", { ...near("192.0.2.1"), EDNS0ClientSubnetMask: "x" }, "InvalidInput"],
    ["a mask below 0", { ...near("192.0.2.1"), EDNS0ClientSubnetMask: "-1" }, "InvalidInput"],
  ])("%s", (_, more, code) => expect(fault(estate(), ask("www.example.com", more)).code).toBe(code));

  test("a private zone", () => {
    const zone = accountOf(estate(), ACCOUNT).zones.get(ZONE);
    if (zone === undefined) throw new Error("no zone");
    const cloud = withZone(estate(), ACCOUNT, { ...zone, private: true });
    expect(fault(cloud, ask("example.com")).code).toBe("InvalidInput");
  });
});
