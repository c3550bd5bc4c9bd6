import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import type { Marker } from "../../src/resource/marker.ts";
import { recordSet } from "../../src/resource/record-set.ts";
import type { RecordSetSpec } from "../../src/resource/record-spec.ts";
import {
  EAST,
  GUARD,
  NOW,
  aliasRecord,
  base,
  changeAt,
  changesOf,
  cloudOf,
  inWords,
  liveDomain,
  markerRecord,
  marks,
} from "./clouds.ts";

const spec: RecordSetSpec = {
  ...base,
  type: "A",
  setIdentifier: `storefront/${EAST}`,
  region: EAST,
  routing: { policy: "latency" },
  evaluateTargetHealth: false,
  healthCheck: undefined,
};
const right = aliasRecord(EAST);
const old = aliasRecord(EAST, { HealthCheckId: "old" });
const west = aliasRecord("us-west-2");
const change = (before: RecordSetSpec | undefined, after: RecordSetSpec | undefined): Change<RecordSetSpec> => ({
  address: "a" as Address,
  before,
  after,
  guard: GUARD,
});
const bring = change(undefined, spec);
const update = change({ ...spec, live: old }, spec);
const remove = change({ ...spec, live: right }, undefined);
const domains = [liveDomain()];
const at = (records: readonly RecordSet[], over: Partial<Marker> = { records: marks(...records) }) => [
  ...records,
  markerRecord(over),
];
const entry = (drainedFrom: number | undefined) => ({
  target: `api-domain/${EAST}`,
  incarnation: liveDomain().regionalDomainName,
  since: 1,
  drainedFrom,
});

describe("what it needs next", () => {
  const rows: readonly (readonly [string, Change<RecordSetSpec>, Cloud, string])[] = [
    ["no endpoint", bring, cloudOf({ records: at([]) }), "stop CHANGED_SINCE_PLAN, replan"],
    ["not published", bring, cloudOf({ records: at([]), domains }), "ChangeResourceRecordSets"],
    [
      "published, pending",
      bring,
      cloudOf({ records: at([right]), domains, changes: [changeAt(Infinity)] }),
      "wait for Route 53 to have it on every name server",
    ],
    ["published, INSYNC", bring, cloudOf({ records: at([right]), domains, changes: [changeAt(NOW)] }), "done"],
    ["another one stands there, as read", update, cloudOf({ records: at([old]), domains }), "ChangeResourceRecordSets"],
    [
      "another one stands there, and not as read",
      update,
      cloudOf({ records: at([{ ...old, HealthCheckId: "newer" }]), domains }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "somebody else's marker",
      bring,
      cloudOf({ records: at([], { nonce: "n9.1" }), domains }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "its endpoint is condemned: taken back",
      bring,
      cloudOf({ records: at([], { entries: [entry(undefined)] }), domains }),
      "ChangeResourceRecordSets",
    ],
    [
      "its endpoint has drained: never published again",
      bring,
      cloudOf({ records: at([], { entries: [entry(NOW)] }), domains }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    ["to go", remove, cloudOf({ records: at([right]), domains }), "ChangeResourceRecordSets"],
    [
      "deleted by hand, still marked: forgotten",
      remove,
      cloudOf({ records: at([], { records: marks(right) }), domains }),
      "ChangeResourceRecordSets",
    ],
    ["gone", remove, cloudOf({ records: at([]), domains }), "done"],
    [
      "accepted: the marker takes the live digest",
      change(undefined, { ...spec, accept: true }),
      cloudOf({ records: at([old]), domains }),
      "ChangeResourceRecordSets",
    ],
  ];
  test.each(rows)("%s", (_what, each, cloud, expected) =>
    expect(inWords(recordSet.next([each], cloud))).toBe(expected),
  );
});

test("a removal repeats what was read verbatim, what stays too, and condemns what it led to", () => {
  const changes = changesOf(recordSet.next([remove], cloudOf({ records: at([right, west]), domains })));
  expect(changes.map(({ Action, ResourceRecordSet }) => [Action, ResourceRecordSet])).toMatchObject([
    ["DELETE", { Type: "TXT" }],
    ["DELETE", right],
    ["DELETE", west],
    ["CREATE", { Type: "TXT" }],
    ["CREATE", west],
  ]);
  expect(JSON.stringify(changes[3])).toContain("condemned api-domain/us-east-1");
});

test("several records of a name go in one swap, with one new marker", () => {
  const dual = change(undefined, { ...spec, type: "AAAA" });
  const changes = changesOf(recordSet.next([bring, dual], cloudOf({ records: at([]), domains })));
  expect(changes.map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Type}`)).toEqual([
    "DELETE TXT",
    "CREATE TXT",
    "CREATE A",
    "CREATE AAAA",
  ]);
});

describe("what is refused before the first write", () => {
  const theirs: RecordSet = {
    Name: "shop.example.com.",
    Type: "A",
    TTL: 60,
    ResourceRecords: [{ Value: "192.0.2.1" }],
  };
  const rows: readonly (readonly [string, readonly RecordSet[], string | undefined])[] = [
    ["nothing in the way", [], undefined],
    ["our own records", at([right, west]), undefined],
    ["a simple record", [theirs], "FOREIGN_IN_THE_WAY"],
    ["a record under our very set identifier that no marker lists", [right], "FOREIGN_IN_THE_WAY"],
    ["another manifest's marker", at([], { manifest: "other" }), "NAME_OWNED_ELSEWHERE"],
    ["another scope's marker", at([], { scope: "other1" }), "NAME_OWNED_ELSEWHERE"],
    [
      "a marker of another version",
      [{ ...markerRecord(), ResourceRecords: [{ Value: '"signalbox v=9"' }] }],
      "MARKER_UNREADABLE",
    ],
  ];
  test.each(rows)("%s", (_what, records, code) =>
    expect(recordSet.refuse?.(spec, undefined, cloudOf({ records, domains }))?.code).toBe(code),
  );
});

test("observed: ours is what the marker lists, edited what differs from its digest, the rest is foreign", () => {
  const foreign: RecordSet = {
    Name: "www.example.com.",
    Type: "A",
    TTL: 60,
    ResourceRecords: [{ Value: "192.0.2.1" }],
  };
  const cloud = cloudOf({
    records: [{ ...right, HealthCheckId: "x" }, west, foreign, markerRecord({ records: marks(right, west) })],
  });
  const scope = {
    account: base.account,
    owner: base.owner,
    zones: [base.zone],
    zoneByName: new Map([[base.zone.name, base.zone]]),
    wanted: new Set([domainName("shop.example.com")]),
    retired: new Set<never>(),
    checkedHosts: new Map(),
    drainMinimumSeconds: 900,
  };
  expect(recordSet.observe(cloud, scope).map(({ address, ours, edited }) => ({ address, ours, edited }))).toEqual([
    { address: "record-set/shop.example.com/A/storefront/us-east-1", ours: true, edited: true },
    { address: "record-set/shop.example.com/A/storefront/us-west-2", ours: true, edited: false },
    { address: "record-set/www.example.com/A", ours: false, edited: false },
  ]);
});
