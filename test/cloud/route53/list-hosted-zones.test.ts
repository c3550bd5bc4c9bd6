import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { withZone } from "../../../src/cloud/edit.ts";
import { emptyCloud } from "../../../src/cloud/empty.ts";
import { Table } from "../../../src/cloud/table.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import { ACCOUNT, NOW, call, fault, run } from "./estate.ts";

const cloud = (
  [
    ["Z1", "example.org"],
    ["Z2", "example.com"],
    ["Z3", "a.example.com"],
    ["Z4", "example.com"],
    ["Z5", "a-b.example.com"],
  ] as const
).reduce<Cloud>(
  (next, [id, name]) =>
    withZone(next, ACCOUNT, {
      id,
      name: domainName(name),
      callerReference: id,
      private: id === "Z4",
      nameServers: [],
      recordSets: Table.empty(),
    }),
  emptyCloud(NOW),
);

const ids = (output: Record<string, unknown>): string =>
  (output["HostedZones"] as { Id: string }[]).map(({ Id }) => Id.replace("/hostedzone/", "")).join(" ");

describe("ListHostedZonesByName", () => {
  const list = (input: object) => call("ListHostedZonesByName", input);
  test.each<[string, object, string]>([
    ["by reversed labels, then by id", {}, "Z2 Z4 Z5 Z3 Z1"],
    ["DNSName is a start, not a filter", { DNSName: "a.example.com" }, "Z3 Z1"],
    ["with an id", { DNSName: "example.com.", HostedZoneId: "/hostedzone/Z3" }, "Z4 Z5 Z3 Z1"],
    ["beyond the end", { DNSName: "zz.org" }, ""],
  ])("%s", (_, input, expected) => {
    expect(ids(run(cloud, list(input)).output)).toBe(expected);
  });

  test("pages between two zones of one name", () => {
    const { output } = run(cloud, list({ MaxItems: "1" }));
    expect(output).toMatchObject({
      IsTruncated: true,
      MaxItems: 1,
      NextDNSName: "example.com.",
      NextHostedZoneId: "Z4",
    });
    expect(ids(run(cloud, list({ DNSName: "example.com.", HostedZoneId: "Z4" })).output)).toBe("Z4 Z5 Z3 Z1");
  });

  test("refused", () => {
    expect(fault(cloud, list({ HostedZoneId: "Z1" })).code).toBe("InvalidInput");
    expect(fault(cloud, list({ DNSName: "a..b" })).code).toBe("InvalidDomainName");
  });
});

describe("ListHostedZones", () => {
  const list = (input: object) => call("ListHostedZones", input);
  test("by id, in pages", () => {
    expect(ids(run(cloud, list({})).output)).toBe("Z1 Z2 Z3 Z4 Z5");
    const { output } = run(cloud, list({ MaxItems: 3 }));
    expect(output).toMatchObject({ IsTruncated: true, NextMarker: "Z4", Marker: "" });
    expect(ids(run(cloud, list({ Marker: "Z4" })).output)).toBe("Z4 Z5");
  });

  test("private ones only", () => {
    expect(ids(run(cloud, list({ HostedZoneType: "PrivateHostedZone" })).output)).toBe("Z4");
  });
});
