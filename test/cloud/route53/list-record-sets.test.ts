import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { ZONE, a, call, estate, fault, latencyAlias, records, run } from "./estate.ts";

const list = (input: object) => call("ListResourceRecordSets", { HostedZoneId: ZONE, ...input });

interface Page {
  readonly ResourceRecordSets: readonly RecordSet[];
  readonly IsTruncated: boolean;
  readonly NextRecordName?: string;
  readonly NextRecordType?: string;
  readonly NextRecordIdentifier?: string;
  readonly MaxItems: number;
}
const page = (cloud: Cloud, input: object): Page => run(cloud, list(input)).output as unknown as Page;
const names = ({ ResourceRecordSets }: Page): readonly string[] =>
  ResourceRecordSets.map(({ Name, Type, SetIdentifier }) => [Name, Type, SetIdentifier].filter(Boolean).join(" "));

const cloud = estate(
  a("a.example.com."),
  a("a-b.example.com."),
  a("\\052.example.com."),
  latencyAlias("shop.example.com.", "us-east-1"),
  latencyAlias("shop.example.com.", "us-west-2"),
  { Name: "shop.example.com.", Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"x"' }] },
);

describe("order and start", () => {
  const all = [
    "example.com. NS",
    "example.com. SOA",
    "\\052.example.com. A",
    "a-b.example.com. A",
    "a.example.com. A",
    "shop.example.com. A shop/us-east-1",
    "shop.example.com. A shop/us-west-2",
    "shop.example.com. TXT",
  ];
  test.each<[string, object, readonly string[]]>([
    ["everything", {}, all],
    ["from a name", { StartRecordName: "a-b.example.com" }, all.slice(3)],
    ["from a name that is not there", { StartRecordName: "b.example.com." }, all.slice(5)],
    ["from a wildcard, unescaped", { StartRecordName: "*.EXAMPLE.com" }, all.slice(2)],
    ["from a name and type", { StartRecordName: "shop.example.com", StartRecordType: "TXT" }, all.slice(7)],
    [
      "from a name, type and identifier",
      { StartRecordName: "shop.example.com", StartRecordType: "A", StartRecordIdentifier: "shop/us-west-2" },
      all.slice(6),
    ],
    ["from beyond the end", { StartRecordName: "zz.example.com" }, []],
  ])("%s", (_, input, expected) => {
    expect(names(page(cloud, input))).toEqual(expected);
    expect(page(cloud, input)).toMatchObject({ IsTruncated: false, MaxItems: 300 });
  });
});

describe("pages", () => {
  test("the markers name the first record set of the next page", () => {
    expect(page(cloud, { MaxItems: "6" })).toMatchObject({
      IsTruncated: true,
      MaxItems: 6,
      NextRecordName: "shop.example.com.",
      NextRecordType: "A",
      NextRecordIdentifier: "shop/us-west-2",
    });
    expect(page(cloud, { MaxItems: 2 })).not.toHaveProperty("NextRecordIdentifier");
  });

  test.each([1, 2, 3, 7, 8, 300])("pages of %i give everything once", (MaxItems) => {
    const found: RecordSet[] = [];
    let markers: object | undefined = {};
    while (markers !== undefined) {
      const { ResourceRecordSets, IsTruncated, NextRecordName, NextRecordType, NextRecordIdentifier } = page(cloud, {
        MaxItems,
        ...markers,
      });
      found.push(...ResourceRecordSets);
      markers = IsTruncated
        ? {
            StartRecordName: NextRecordName,
            StartRecordType: NextRecordType,
            ...(NextRecordIdentifier && { StartRecordIdentifier: NextRecordIdentifier }),
          }
        : undefined;
    }
    expect(found).toEqual(records(cloud));
  });

  test("300 at the most", () => {
    const big = estate(...Array.from({ length: 400 }, (_, index) => a(`n${index}.example.com.`)));
    expect(page(big, { MaxItems: 1_000 })).toMatchObject({ IsTruncated: true, MaxItems: 300 });
    expect(page(big, {}).ResourceRecordSets).toHaveLength(300);
  });
});

describe("refused", () => {
  test.each<[string, object, string]>([
    ["type without name", { StartRecordType: "A" }, "InvalidInput"],
    ["identifier without type", { StartRecordName: "a.example.com", StartRecordIdentifier: "x" }, "InvalidInput"],
    ["MaxItems 0", { MaxItems: 0 }, "InvalidInput"],
    ["MaxItems that is no number", { MaxItems: "many" }, "InvalidInput"],
    ["no such zone", { HostedZoneId: "Z9" }, "NoSuchHostedZone"],
  ])("%s", (_, input, code) => {
    expect(fault(cloud, list(input)).code).toBe(code);
  });
});
