import { describe, expect, test } from "vitest";
import type { ZoneChange } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { parseMarker, recordDigest } from "../../src/resource/marker.ts";
import type { Marker } from "../../src/resource/marker.ts";
import { guardHolds, lastChange, swapCall } from "../../src/resource/swap.ts";
import type { NameDelta } from "../../src/resource/swap.ts";
import {
  GUARD,
  NOW,
  aliasRecord,
  base,
  changesOf,
  cloudOf,
  inWords,
  marker,
  markerRecord,
  marks,
  shop,
  zone,
} from "./clouds.ts";

const east = aliasRecord("us-east-1");
const west = aliasRecord("us-west-2");
const condemnedWest = { target: "api-domain/us-west-2", incarnation: "d-west", since: 1, drainedFrom: undefined };

const swap = (delta: NameDelta, old: Partial<Marker> = { records: marks(east, west) }) =>
  swapCall([{ spec: base, guard: GUARD, delta }], cloudOf({ records: [east, west, markerRecord(old)] }));

function written(delta: NameDelta, old?: Partial<Marker>): Marker {
  const record = changesOf(swap(delta, old)).find(
    ({ Action, ResourceRecordSet }) => Action === "CREATE" && ResourceRecordSet.Type === "TXT",
  )?.ResourceRecordSet;
  const read = record === undefined ? undefined : parseMarker(record);
  if (read === undefined) throw new Error("no marker written");
  return read;
}

describe("the batch", () => {
  const fresh = aliasRecord("us-east-1", { HealthCheckId: "h2" });

  test("deletes first, the old marker and records verbatim, then creates; nothing is overwritten blindly", () => {
    const old = markerRecord({ records: marks(east, west) });
    const changes = changesOf(swap({ drop: [east], publish: [{ record: fresh, takesBack: [] }] }));
    expect(changes.map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Type}`)).toEqual([
      "DELETE TXT",
      "DELETE A",
      "CREATE TXT",
      "CREATE A",
    ]);
    expect(changes[0]?.ResourceRecordSet).toEqual(old);
    expect(changes[1]?.ResourceRecordSet).toEqual(east);
    expect(changes[3]?.ResourceRecordSet).toEqual(fresh);
  });

  test("where there is no marker yet it only creates", () => {
    const next = swapCall(
      [{ spec: base, guard: { ...GUARD, basis: undefined }, delta: { publish: [{ record: east, takesBack: [] }] } }],
      cloudOf(),
    );
    expect(changesOf(next).map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Type}`)).toEqual([
      "CREATE TXT",
      "CREATE A",
    ]);
  });

  test("two names of a zone go in one batch, all deletions before all creations", () => {
    const other = { ...base, name: domainName("api.example.com") };
    const next = swapCall(
      [
        { spec: base, guard: GUARD, delta: {} },
        { spec: other, guard: { ...GUARD, basis: undefined }, delta: {} },
      ],
      cloudOf({ records: [markerRecord()] }),
    );
    expect(changesOf(next).map(({ Action, ResourceRecordSet }) => `${Action} ${ResourceRecordSet.Name}`)).toEqual([
      "DELETE _signalbox.shop.example.com.",
      "CREATE _signalbox.shop.example.com.",
      "CREATE _signalbox.api.example.com.",
    ]);
  });

  test("no swap is no call", () => {
    expect(swapCall([], cloudOf())).toEqual({ do: "done" });
  });
});

describe("the next marker", () => {
  const drainedWest = { ...condemnedWest, drainedFrom: NOW };
  const check = { target: "health-check/h1", incarnation: "h1", since: 1, drainedFrom: NOW };
  const rows: readonly (readonly [string, NameDelta, Partial<Marker>, Partial<Marker>])[] = [
    [
      "a bump changes generation and nonce only",
      {},
      { records: marks(east) },
      { generation: 2, nonce: "n1.2", records: marks(east) },
    ],
    [
      "publish lists the record",
      { publish: [{ record: west, takesBack: [] }] },
      { records: marks(east) },
      { records: marks(east, west) },
    ],
    [
      "drop and condemn: the entry has the generation of the very swap",
      { drop: [west], condemn: [{ target: "api-domain/us-west-2", incarnation: "d-west" }] },
      { records: marks(east, west), generation: 6 },
      { records: marks(east), generation: 7, entries: [{ ...condemnedWest, since: 7 }] },
    ],
    [
      "condemned twice stays as it was condemned first",
      { condemn: [{ target: "api-domain/us-west-2", incarnation: "other" }] },
      { entries: [condemnedWest] },
      { entries: [condemnedWest] },
    ],
    [
      "drained",
      { drained: [{ target: "api-domain/us-west-2", from: NOW }] },
      { entries: [condemnedWest] },
      { entries: [drainedWest] },
    ],
    [
      "release of an API domain leaves a tomb",
      { release: ["api-domain/us-west-2"] },
      { entries: [drainedWest] },
      { entries: [], tombs: [{ target: "api-domain/us-west-2", incarnation: "d-west" }] },
    ],
    [
      "release of a check leaves none: its id never comes again",
      { release: ["health-check/h1"] },
      { entries: [check] },
      { entries: [], tombs: [] },
    ],
    [
      "a later tomb replaces an earlier one",
      { release: ["api-domain/us-west-2"] },
      { entries: [drainedWest], tombs: [{ target: "api-domain/us-west-2", incarnation: "older" }] },
      { tombs: [{ target: "api-domain/us-west-2", incarnation: "d-west" }] },
    ],
    [
      "publishing takes an entry back, without a tomb",
      { publish: [{ record: west, takesBack: ["api-domain/us-west-2"] }] },
      { entries: [condemnedWest, check] },
      { entries: [check], tombs: [] },
    ],
    [
      "forget drops what is gone already",
      { forget: [{ type: "A", setIdentifier: "storefront/us-west-2" }] },
      { records: marks(east, west) },
      { records: marks(east) },
    ],
    [
      "accept takes the live digest, and remembers what was wanted",
      { accept: [{ live: east, kept: "wanted" }] },
      { records: [{ type: "A", setIdentifier: "storefront/us-east-1", digest: "other" }] },
      { records: [{ type: "A", setIdentifier: "storefront/us-east-1", digest: recordDigest(east), kept: "wanted" }] },
    ],
    [
      "publishing again ends an acceptance",
      { drop: [east], publish: [{ record: east, takesBack: [] }] },
      { records: [{ type: "A", setIdentifier: "storefront/us-east-1", digest: "d", kept: "k" }] },
      { records: marks(east) },
    ],
    [
      "the largest TTL is remembered",
      { publish: [{ record: { ...east, TTL: 300 }, takesBack: [] }] },
      { maxTtl: 60 },
      { maxTtl: 300 },
    ],
    ["and never shrinks", { publish: [{ record: east, takesBack: [] }] }, { maxTtl: 300 }, { maxTtl: 300 }],
  ];
  test.each(rows)("%s", (_what, delta, old, expected) => {
    expect(written(delta, old)).toMatchObject(expected);
  });
});

describe("the guard", () => {
  const rows: readonly (readonly [string, Marker | undefined, string | undefined, boolean])[] = [
    ["the marker planned from", marker(), "n0.1", true],
    ["one that this plan wrote", marker({ nonce: "n1.7" }), "n0.1", true],
    ["one that another plan wrote", marker({ nonce: "n2.2" }), "n0.1", false],
    ["one whose plan's name only begins alike", marker({ nonce: "n11.2" }), "n0.1", false],
    ["equal content under another nonce", marker({ nonce: "n0.2" }), "n0.1", false],
    ["none, where there was none", undefined, undefined, true],
    ["none, where there was one", undefined, "n0.1", false],
    ["one, where there was none", marker(), undefined, false],
  ];
  test.each(rows)("%s", (_what, live, basis, holds) => {
    expect(guardHolds({ basis, nonce: "n1" }, live)).toBe(holds);
  });

  test("a swap is refused, never rebased, when somebody else's marker stands there", () => {
    expect(inWords(swap({ publish: [{ record: west, takesBack: [] }] }, { nonce: "n9.2" }))).toBe(
      "stop CHANGED_SINCE_PLAN, replan",
    );
  });

  test("and when the marker cannot be read", () => {
    const strange = { ...markerRecord(), ResourceRecords: [{ Value: '"signalbox v=9"' }] };
    expect(inWords(swapCall([{ spec: base, guard: GUARD, delta: {} }], cloudOf({ records: [strange] })))).toBe(
      "stop CHANGED_SINCE_PLAN, replan",
    );
  });
});

describe("the change whose INSYNC counts", () => {
  const change = (id: string, submittedAt: number, over: Partial<ZoneChange> = {}): ZoneChange => ({
    id,
    zoneId: zone.id,
    submittedAt,
    insyncAt: Infinity,
    names: [domainName("_signalbox.shop.example.com")],
    ...over,
  });
  test("is the newest that touched the name's marker, in its zone", () => {
    const changes = [
      change("C1", 1),
      change("C3", 3),
      change("C2", 2),
      change("C4", 4, { names: [shop] }),
      change("C5", 5, { zoneId: "Z2" }),
    ];
    expect(lastChange(cloudOf({ changes }), zone, shop)?.id).toBe("C3");
    expect(lastChange(cloudOf(), zone, shop)).toBeUndefined();
  });
});
