import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordSet } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { markedName, markerName, parseMarker, recordDigest, renderMarker } from "../../src/resource/marker.ts";
import type { Marker } from "../../src/resource/marker.ts";
import { regionsOf } from "../../src/cloud/region.ts";

const shop = domainName("shop.example.com");

const word = fc.string({ unit: fc.constantFrom(...'abz09-_./ =%"\\*~é'.split("")), minLength: 1, maxLength: 12 });
const distinct = <T>(arbitrary: fc.Arbitrary<T>, by: (each: T) => string): fc.Arbitrary<T[]> =>
  fc.uniqueArray(arbitrary, { maxLength: 4, selector: by });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });

const user = fc.record({
  name: fc.constantFrom(...["shop.example.com", "*.shop.example.com", "www.example.net"].map(domainName)),
  zone: word,
});

const markers: fc.Arbitrary<Marker> = fc.record(
  {
    manifest: word,
    scope: word,
    generation: fc.integer({ min: 1, max: 1_000_000 }),
    nonce: word,
    maxTtl: fc.integer({ min: 0, max: 86_400 }),
    records: distinct(
      fc.oneof(
        fc.record({ type: fc.constantFrom("A", "AAAA"), setIdentifier: word, digest: word }),
        fc.record({ type: fc.constant("A"), setIdentifier: word, digest: word, kept: word }),
      ),
      (each) => `${each.type} ${each.setIdentifier}`,
    ),
    entries: distinct(
      fc.record(
        {
          target: word,
          incarnation: word,
          since: fc.nat(),
          drainedFrom: fc.option(instant, { nil: undefined }),
          claim: fc.record({ nonce: word, notAfter: instant }),
        },
        { requiredKeys: ["target", "incarnation", "since", "drainedFrom"] },
      ),
      (each) => each.target,
    ),
    tombs: distinct(fc.record({ target: word, incarnation: word }), (each) => each.target),
    home: fc.record({ region: word, host: word, users: distinct(user, (each) => each.name) }),
    releasedAt: instant,
  },
  { requiredKeys: ["manifest", "scope", "generation", "nonce", "maxTtl", "records", "entries", "tombs"] },
);

const sorted = (marker: Marker): Marker => {
  const byJson = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    ...marker,
    records: marker.records.toSorted(byJson),
    entries: marker.entries.toSorted(byJson),
    tombs: marker.tombs.toSorted(byJson),
    ...(marker.home === undefined ? {} : { home: { ...marker.home, users: marker.home.users.toSorted(byJson) } }),
  };
};

const EXAMPLE: Marker = {
  manifest: "storefront",
  scope: "7f3k9q",
  generation: 3,
  nonce: "n1.3",
  maxTtl: 60,
  records: [{ type: "A", setIdentifier: "storefront/us-east-1", digest: "0123456789abcdef" }],
  entries: [
    {
      target: "api-domain/us-west-2",
      incarnation: "d-abc.execute-api.us-west-2.amazonaws.com",
      since: 3,
      drainedFrom: undefined,
    },
    {
      target: "api-domain/eu-central-1",
      incarnation: "d-def.execute-api.eu-central-1.amazonaws.com",
      since: 2,
      drainedFrom: Date.UTC(2026, 0, 1),
      claim: { nonce: "n1.3", notAfter: Date.UTC(2026, 0, 1, 0, 32) },
    },
    { target: "health-check/11111111-1111", incarnation: "11111111-1111", since: 2, drainedFrom: Date.UTC(2026, 0, 1) },
  ],
  tombs: [{ target: "api-domain/eu-west-1", incarnation: "d-old.execute-api.eu-west-1.amazonaws.com" }],
};

const textOf = (record: RecordSet): readonly string[] => (record.ResourceRecords ?? []).map((each) => each.Value);

describe("the text of a marker", () => {
  test("reads like this", () => {
    expect(renderMarker(shop, EXAMPLE)).toMatchObject({ Name: "_signalbox.shop.example.com.", Type: "TXT", TTL: 60 });
    expect(textOf(renderMarker(shop, EXAMPLE))).toEqual([
      '"signalbox v=1 manifest=storefront scope=7f3k9q generation=3 nonce=n1.3 ttl=60"',
      '"record A storefront/us-east-1 digest=0123456789abcdef"',
      '"condemned api-domain/eu-central-1 is=d-def.execute-api.eu-central-1.amazonaws.com since=2 drained=2026-01-01T00%3A00%3A00.000Z claim=n1.3 until=2026-01-01T00%3A32%3A00.000Z"',
      '"condemned api-domain/us-west-2 is=d-abc.execute-api.us-west-2.amazonaws.com since=3"',
      '"condemned health-check/11111111-1111 is=11111111-1111 since=2 drained=2026-01-01T00%3A00%3A00.000Z"',
      '"gone api-domain/eu-west-1 was=d-old.execute-api.eu-west-1.amazonaws.com"',
    ]);
  });

  test("read back, it is the same marker", () => {
    const comesBack = fc.property(markers, (marker) => {
      expect(parseMarker(renderMarker(shop, marker))).toEqual(sorted(marker));
    });
    fc.assert(comesBack, { numRuns: 200 });
  });

  test("every string of it fits a TXT string of 255 characters, also with every Region published and condemned", () => {
    const regions = regionsOf("aws").map(({ code }) => code);
    expect(regions.length).toBeGreaterThanOrEqual(30);
    const long = "x".repeat(64);
    const marker: Marker = {
      ...EXAMPLE,
      manifest: long,
      nonce: `${long}.1000000`,
      records: regions.flatMap((region) =>
        ["A", "AAAA"].map((type) => ({
          type,
          setIdentifier: `${long}/${region}`,
          digest: "0123456789abcdef",
          kept: "0123456789abcdef",
        })),
      ),
      entries: regions.map((region) => ({
        target: `api-domain/${region}`,
        incarnation: `d-abcdefghij.execute-api.${region}.amazonaws.com`,
        since: 1_000_000,
        drainedFrom: Date.UTC(2026, 0, 1),
      })),
      tombs: regions.map((region) => ({
        target: `api-domain/${region}`,
        incarnation: `d-abcdefghij.execute-api.${region}.amazonaws.com`,
      })),
    };
    const values = textOf(renderMarker(shop, marker));
    expect(values).toHaveLength(1 + regions.length * 4);
    for (const value of values) expect(value.length - 2).toBeLessThanOrEqual(255);
  });
});

describe("what this version cannot read", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["nothing", []],
    ["somebody's TXT", ['"v=spf1 -all"']],
    ["another version", ['"signalbox v=2 manifest=a scope=b generation=1 nonce=n ttl=60"']],
    ["no nonce", ['"signalbox v=1 manifest=a scope=b generation=1 ttl=60"']],
    ["no manifest", ['"signalbox v=1 scope=b generation=1 nonce=n ttl=60"']],
    ["generation 0", ['"signalbox v=1 manifest=a scope=b generation=0 nonce=n ttl=60"']],
    [
      "a fact of an unknown sort",
      ['"signalbox v=1 manifest=a scope=b generation=1 nonce=n ttl=60"', '"claimed api-domain/us-east-1"'],
    ],
    ["a value that is not quoted", ["signalbox"]],
  ];
  test.each(cases)("%s", (_what, values) => {
    expect(
      parseMarker({
        Name: "_signalbox.shop.example.com.",
        Type: "TXT",
        TTL: 60,
        ResourceRecords: values.map((Value) => ({ Value })),
      }),
    ).toBeUndefined();
  });
});

describe("a marker's name", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["shop.example.com.", "_signalbox.shop.example.com."],
    ["*.deep.example.com.", "_signalbox._wildcard.deep.example.com."],
    ["example.com.", "_signalbox.example.com."],
  ];
  test.each(cases)("%s ↔ %s", (name, marker) => {
    expect(markerName(domainName(name))).toBe(marker);
    expect(markedName(domainName(marker))).toBe(name);
  });

  test("other names are no marker's", () => {
    expect(markedName(domainName("_acme.shop.example.com"))).toBeUndefined();
  });
});

describe("the digest of a record set", () => {
  const record: RecordSet = {
    Name: "shop.example.com.",
    Type: "A",
    SetIdentifier: "a",
    Region: "us-east-1",
    AliasTarget: { HostedZoneId: "Z1", DNSName: "d.", EvaluateTargetHealth: false },
  };

  test("does not depend on the order of members, nor on undefined ones", () => {
    const { AliasTarget, ...rest } = record;
    const turned = {
      AliasTarget: Object.fromEntries(Object.entries(AliasTarget ?? {}).toReversed()),
      ...Object.fromEntries(Object.entries(rest).toReversed()),
      TTL: undefined,
    } as unknown as RecordSet;
    expect(recordDigest(turned)).toBe(recordDigest(record));
    expect(recordDigest(record)).toMatch(/^[0-9a-f]{16}$/u);
  });

  test.each([
    { HealthCheckId: "h" },
    { Region: "us-west-2" },
    { AliasTarget: { HostedZoneId: "Z1", DNSName: "d.", EvaluateTargetHealth: true } },
  ] satisfies Partial<RecordSet>[])("%j changes it", (change) => {
    expect(recordDigest({ ...record, ...change })).not.toBe(recordDigest(record));
  });
});
