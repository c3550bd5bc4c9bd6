import { describe, expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { markerRecord as kind } from "../../src/resource/marker-record.ts";
import type { MarkerSpec } from "../../src/resource/marker-record.ts";
import { GUARD, aliasRecord, base, changesOf, cloudOf, inWords, markerRecord, marks } from "./clouds.ts";

const remove: Change<MarkerSpec> = {
  address: "a" as Address,
  before: { ...base, live: markerRecord() },
  after: undefined,
  guard: GUARD,
};

describe("the marker goes last", () => {
  const rows: readonly (readonly [string, Cloud, string])[] = [
    ["gone", cloudOf(), "done"],
    ["nothing left of the name", cloudOf({ records: [markerRecord()] }), "ChangeResourceRecordSets"],
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
    expect(changesOf(kind.next([remove], cloudOf({ records: [markerRecord()] })))).toEqual([
      { Action: "DELETE", ResourceRecordSet: markerRecord() },
    ]);
  });
});
