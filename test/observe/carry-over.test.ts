import { expect, test } from "vitest";
import type { Cloud, ZoneChange } from "../../src/cloud/cloud.ts";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { MARKER_LINGER } from "../../src/cloud/linger.ts";
import { markerName } from "../../src/resource/marker.ts";
import { carryOver } from "../../src/observe/carry-over.ts";
import { ACCOUNT, NOW, cloudOf, markerRecord, shop, zone } from "../resource/clouds.ts";

/** A run that has written the marker's fifth generation. */
function having(over: Partial<ZoneChange>): Cloud {
  const change: ZoneChange = {
    id: "C1",
    zoneId: zone.id,
    submittedAt: NOW - 1_000,
    insyncAt: Infinity,
    names: [shop, markerName(shop)],
    generations: { [markerName(shop)]: 5 },
    ...over,
  };
  const cloud = cloudOf();
  const account = accountOf(cloud, ACCOUNT);
  return withAccount(cloud, { ...account, changes: account.changes.set(change.id, change) });
}

test.each<readonly [string, Partial<ZoneChange>, Cloud, boolean]>([
  ["its marker stands", {}, cloudOf({ records: [markerRecord({ generation: 5 })] }), true],
  ["a later one stands", {}, cloudOf({ records: [markerRecord({ generation: 7 })] }), true],
  ["an earlier one stands", {}, cloudOf({ records: [markerRecord({ generation: 4 })] }), false],
  ["none stands", {}, cloudOf(), false],
  [
    "the marker may have gone and come since",
    { submittedAt: NOW - MARKER_LINGER },
    cloudOf({ records: [markerRecord({ generation: 5 })] }),
    false,
  ],
])("a change of this run counts on, or not: %s", (_what, change, fresh, counts) => {
  const carried = [...accountOf(carryOver(having(change), fresh), ACCOUNT).changes];
  expect(carried.map(({ id, generations }) => [id, generations])).toEqual(
    counts ? [["C1", { [markerName(shop)]: 5 }]] : [],
  );
});
