import { describe, expect, test } from "vitest";
import type { RecordSet } from "../../../src/cloud/cloud.ts";
import { a, batch, cname, estate, fault, latencyAlias, listed, run } from "./estate.ts";

const simple = a("www.example.com.");
const latency = latencyAlias("shop.example.com.", "us-east-1");
const target = { HostedZoneId: "Z1", DNSName: "x.example.org." };

describe("InvalidInput", () => {
  test.each<[string, unknown, RegExp]>([
    [
      "no TTL",
      { ...simple, TTL: undefined },
      /Expected exactly one of \[AliasTarget, all of \[TTL, and ResourceRecords\], or TrafficPolicyInstanceId\], but found none in Change with \[Action=CREATE, Name=www\.example\.com\., Type=A, SetIdentifier=null\]/,
    ],
    ["no values", { ...simple, ResourceRecords: [] }, /but found none/],
    ["alias with a TTL", { ...latency, TTL: 60 }, /found more than one/],
    ["alias with values", { ...latency, ResourceRecords: [{ Value: "192.0.2.1" }] }, /found more than one/],
    ["alias without EvaluateTargetHealth", { Name: "x.example.com", Type: "A", AliasTarget: target }, /AliasTarget/],
    [
      "alias without a zone",
      { Name: "x.example.com", Type: "A", AliasTarget: { DNSName: "x.", EvaluateTargetHealth: false } },
      /AliasTarget/,
    ],
    [
      "identifier without policy",
      { ...simple, SetIdentifier: "x" },
      /one of \[Weight, Region, Failover, GeoLocation, or MultiValueAnswer\], but found none/,
    ],
    ["two policies", { ...latency, Weight: 1 }, /found more than one/],
    ["policy without identifier", { ...latency, SetIdentifier: undefined }, /Missing field 'SetIdentifier'/],
    [
      "identifier of 129 characters",
      { ...latency, SetIdentifier: "x".repeat(129) },
      /setIdentifier.*length less than or equal to 128/,
    ],
    [
      "negative TTL",
      { ...simple, TTL: -1 },
      /^1 validation error detected: Value '-1' at 'changeBatch\.changes\.1\.member\.resourceRecordSet\.tTL' failed to satisfy constraint: Member must have value greater than or equal to 0$/,
    ],
    ["TTL beyond 31 bits", { ...simple, TTL: 2_147_483_648 }, /tTL.*less than or equal to 2147483647/],
    ["weight beyond 255", { ...simple, SetIdentifier: "x", Weight: 256 }, /weight.*less than or equal to 255/],
    ["no such Region", { ...latency, Region: "us-east-9" }, /region.*enum value set/],
    ["a Region without latency records", { ...latency, Region: "us-iso-east-1" }, /region.*enum value set/],
    ["no such type", { ...simple, Type: "ANAME" }, /type.*enum value set: \[A, AAAA,/],
    ["no such role", { ...simple, SetIdentifier: "x", Failover: "TERTIARY" }, /failover.*\[PRIMARY, SECONDARY\]/],
    ["a name of 1025 characters", { ...simple, Name: "x".repeat(1_025) }, /name.*equal to 1024/],
    [
      "a value of 4001 characters",
      { ...simple, ResourceRecords: [{ Value: "x".repeat(4_001) }] },
      /value.*equal to 4000/,
    ],
    ["no name", { ...simple, Name: undefined }, /Name/],
    ["a name that is none", { ...simple, Name: "a..example.com" }, /empty label/],
  ])("%s", (_, record, message) => {
    const answer = fault(estate(), batch(["CREATE", record]));
    expect(answer.code).toBe("InvalidInput");
    expect(answer.message).toMatch(message);
  });

  test.each<[string, object]>([
    ["GeoProximityLocation", { AWSRegion: "us-east-1" }],
    ["CidrRoutingConfig", { CollectionId: "00000000-0000-4000-8000-000000000001", LocationName: "*" }],
  ])("%s is refused by name, but may be deleted", (member, value) => {
    const record = { ...simple, SetIdentifier: "x", [member]: value };
    for (const action of ["CREATE", "UPSERT"] as const)
      expect(fault(estate(), batch([action, record]))).toMatchObject({
        code: "NotEmulated",
        status: 501,
        message: expect.stringContaining(member),
      });
    expect(listed(run(estate(record as RecordSet), batch(["DELETE", record])).cloud)).toEqual([]);
  });

  test("no such action", () => {
    expect(fault(estate(), batch(["REPLACE" as "CREATE", simple])).code).toBe("InvalidInput");
  });
});

describe("values, InvalidChangeBatch", () => {
  const of = (Type: string, ...values: string[]) => ({
    Name: "v.example.com.",
    Type,
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
  });
  test.each<[string, unknown]>([
    ["A", of("A", "192.0.2.1", "192.0.2.2")],
    ["AAAA", of("AAAA", "2001:db8::1")],
    ["MX", of("MX", "10 mail.example.com")],
    ["SRV", of("SRV", "1 2 443 host.example.com")],
    ["TXT", of("TXT", '"a" "b"')],
    ["a string of 255 octets", of("TXT", `"${"x".repeat(255)}"`)],
    ["an escape is one octet", of("TXT", `"${"x".repeat(254)}\\303"`)],
  ])("accepted: %s", (_, record) => {
    expect(listed(run(estate(), batch(["CREATE", record])).cloud)).toHaveLength(1);
  });

  test.each<[string, unknown, RegExp]>([
    ["A that is IPv6", of("A", "2001:db8::1"), /ARRDATAIllegalIPv4Address/],
    ["AAAA that is IPv4", of("AAAA", "192.0.2.1"), /AAAARRDATAIllegalIPv6Address/],
    ["MX without a priority", of("MX", "mail.example.com"), /right fields/],
    ["CNAME without a target", of("CNAME", ""), /DomainNameEmpty/],
    ["two CNAMEs", of("CNAME", "a.example.org", "b.example.org"), /Only one Resource Record/],
    [
      "two values by latency",
      { ...of("A", "192.0.2.1", "192.0.2.2"), SetIdentifier: "x", Region: "us-east-1" },
      /Only one Resource Record/,
    ],
    ["TXT without quotes", of("TXT", "a"), /Value should be enclosed in quotation marks\) encountered with 'a'/],
    ["a string of 256 octets", of("TXT", `"${"x".repeat(256)}"`), /CharacterStringTooLong/],
    ["the same value twice", of("A", "192.0.2.1", "192.0.2.1"), /Duplicate/],
    [
      "401 values",
      of("A", ...Array.from({ length: 401 }, (_, index) => `192.0.${index >> 8}.${index & 255}`)),
      /Cannot have more than 400 records in a RRSet\./,
    ],
  ])("refused: %s", (_, record, message) => {
    const answer = fault(estate(), batch(["CREATE", record]));
    expect(answer.code).toBe("InvalidChangeBatch");
    expect(answer.message).toMatch(message);
  });

  test("a CNAME's value is kept as it is written", () => {
    expect(
      fault(
        estate(cname("c.example.com.", "X.example.org")),
        batch(["DELETE", cname("c.example.com.", "x.example.org.")]),
      ).message,
    ).toMatch(/do not match/);
  });
});
