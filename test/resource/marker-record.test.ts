import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { MINUTE, SECOND } from "../../src/cloud/instant.ts";
import { MARKER_LINGER } from "../../src/cloud/linger.ts";
import { SIGNATURE_MARGIN, SIGNATURE_WINDOW } from "../../src/cloud/signature.ts";
import { DRAIN_FLOOR_SECONDS } from "../../src/resource/condemned.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import { markerRecord as kind } from "../../src/resource/marker-record.ts";
import type { MarkerSpec } from "../../src/resource/marker-record.ts";
import { GUARD, NOW, aliasRecord, base, changesOf, cloudOf, inWords, markerRecord, marks } from "./clouds.ts";

const remove: Change<MarkerSpec> = {
  address: "a" as Address,
  before: { ...base, live: markerRecord() },
  after: undefined,
  guard: GUARD,
};

const LONG_AGO = NOW - MARKER_LINGER;

describe("the marker goes last", () => {
  const rows: readonly (readonly [string, Cloud, string])[] = [
    ["gone", cloudOf(), "done"],
    [
      "nothing left of the name",
      cloudOf({ records: [markerRecord({ releasedAt: LONG_AGO })] }),
      "ChangeResourceRecordSets",
    ],
    [
      "nothing left, since a moment ago",
      cloudOf({ records: [markerRecord({ releasedAt: LONG_AGO + 1 })] }),
      "wait for late reads and late requests that rest on what is gone",
    ],
    [
      "a record is left",
      cloudOf({ records: [markerRecord({ records: marks(aliasRecord("us-east-1")) })] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "an entry is left",
      cloudOf({
        records: [markerRecord({ entries: [{ target: "t", incarnation: "i", since: 1, drainedFrom: undefined }] })],
      }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "another run's marker",
      cloudOf({ records: [markerRecord({ nonce: "n9.1" })] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
  ];
  test.each(rows)("%s", (_what, cloud, expected) => expect(inWords(kind.next([remove], cloud))).toBe(expected));

  test("verbatim", () => {
    const live = markerRecord({ releasedAt: LONG_AGO });
    expect(changesOf(kind.next([remove], cloudOf({ records: [live] })))).toEqual([
      { Action: "DELETE", ResourceRecordSet: live },
    ]);
  });

  test("one that does not say since when nothing is left says it first, and lingers from then on", () => {
    const [gone, noted] = changesOf(kind.next([remove], cloudOf({ records: [markerRecord()] })));
    expect(gone).toEqual({ Action: "DELETE", ResourceRecordSet: markerRecord() });
    const written = noted?.ResourceRecordSet ?? markerRecord();
    expect(parseMarker(written)).toMatchObject({ generation: 2, releasedAt: NOW });
    expect(kind.next([remove], cloudOf({ records: [written] }))).toMatchObject({
      do: "wait",
      until: NOW + MARKER_LINGER,
    });
  });

  test("it lingers longer than a first batch that was made before it can take, and than API Gateway's reads lag", () => {
    const late = SIGNATURE_WINDOW + SIGNATURE_MARGIN;
    expect(DRAIN_FLOOR_SECONDS * SECOND + MARKER_LINGER - late).toBeGreaterThanOrEqual(3 * MINUTE);
  });
});
