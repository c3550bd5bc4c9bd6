import { expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, withZone } from "../../src/cloud/edit.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import type { AnySpec, Change } from "../../src/resource/kind.ts";
import { kindOf } from "../../src/resource/kinds.ts";
import { regionsIn } from "../../src/resource/marker.ts";
import { recordChanges } from "../../src/resource/record-switch.ts";
import type { RecordSwitchSpec } from "../../src/resource/record-switch.ts";
import { readMarker } from "../../src/resource/swap.ts";
import { ROUTINGS, cname, latency, simple, weighted } from "../world/routings.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";

const SHOP = domainName("shop.example.com");

async function after(manifest: Manifest): Promise<Cloud> {
  const into = world();
  for (const each of ROUTINGS) prepare(into, each);
  expect((await reconcile(into, manifest)).outcome).toBe("converged");
  return into.emulator.cloud();
}

async function switchOf(
  from: Cloud,
  to: Manifest,
): Promise<{ readonly change: Change<AnySpec & RecordSwitchSpec>; readonly cloud: Cloud }> {
  const { plan, seen } = await look(to, CONVERGE, world(from, undefined, "switch").ports);
  const step = plan.steps.find(({ kind }) => kind === "record-switch");
  if (step === undefined) throw new Error("no switch");
  return { change: step.change as Change<AnySpec & RecordSwitchSpec>, cloud: seen.cloud };
}

const zoneIn = (cloud: Cloud) => {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  return zone;
};

function withRecord(cloud: Cloud, record: RecordSet): Cloud {
  const zone = zoneIn(cloud);
  return withZone(cloud, ACCOUNT, { ...zone, recordSets: zone.recordSets.set(recordKey(record), record) });
}

const kind = kindOf("record-switch");

test("record by record: what goes, what changes and what comes", async () => {
  const start = await after(latency);
  const told = async (to: Manifest): Promise<readonly string[]> =>
    recordChanges((await switchOf(start, to)).change).map(
      ({ address, before, after: wanted }) => `${address}: ${before?.type ?? "-"} ${wanted?.type ?? "-"}`,
    );
  expect(await told(weighted)).toEqual([
    "record-set/shop.example.com/A/storefront/us-east-1: A A",
    "record-set/shop.example.com/A/storefront/us-west-2: A A",
  ]);
  expect(await told(cname)).toEqual([
    "record-set/shop.example.com/A/storefront/us-east-1: A -",
    "record-set/shop.example.com/A/storefront/us-west-2: A -",
    "record-set/shop.example.com/CNAME/storefront/us-east-1: - CNAME",
    "record-set/shop.example.com/CNAME/storefront/us-west-2: - CNAME",
  ]);
});

test("all or nothing: a record that is no longer as it was planned from stops all of it", async () => {
  const { change, cloud } = await switchOf(await after(latency), weighted);
  expect(kind.next([change], cloud)).toMatchObject({ do: "call" });
  const [first] = change.before?.records ?? [];
  if (first?.live?.AliasTarget === undefined) throw new Error("no record");
  const edited = { ...first.live, AliasTarget: { ...first.live.AliasTarget, EvaluateTargetHealth: true } };
  expect(kind.next([change], withRecord(cloud, edited))).toMatchObject({
    do: "stop",
    replan: true,
    diagnostic: { code: "CHANGED_SINCE_PLAN" },
  });
});

test("nothing is left to do when it has been done", async () => {
  const { change } = await switchOf(await after(latency), weighted);
  expect(kind.next([change], await after(weighted))).toEqual({ do: "done" });
});

test("where there is no set identifier, the marker tells the Region", async () => {
  const read = readMarker(zoneIn(await after(simple)), SHOP);
  if (read.state !== "read") throw new Error("no marker");
  expect(read.marker.records).toMatchObject([{ type: "A", setIdentifier: "", region: "us-east-1" }]);
  expect(regionsIn(read.marker)).toEqual(["us-east-1"]);
  expect(read.record.ResourceRecords?.[1]?.Value).toMatch(/^"record A digest=[0-9a-f]{16} region=us-east-1"$/u);
});
