import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import type { Call } from "../../src/cloud/call.ts";
import { withZone } from "../../src/cloud/edit.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { Table } from "../../src/cloud/table.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { evaluate, merge, readySteps } from "../../src/plan/evaluate.ts";
import type { Step } from "../../src/plan/plan.ts";
import type { Address } from "../../src/resource/address.ts";
import { renderMarker } from "../../src/resource/marker.ts";
import type { MarkedRecord } from "../../src/resource/marker.ts";
import { ACCOUNT, GUARD, base, cloudOf, marker, zone } from "../resource/clouds.ts";

const step = (id: string, kind: string, before: unknown, after: readonly string[] = []): Step => ({
  id,
  kind,
  action: "delete",
  address: id as Address,
  change: { address: id as Address, before: before as Step["change"]["before"], after: undefined, guard: GUARD },
  differences: [],
  after,
  names: [],
});

const other = { account: zone.account, id: "Z2", name: domainName("example.net") };
const nameOf = (index: number, within = zone) => domainName(`n${String(index)}.${within.name}`);

/** A name with one record, and a marker that lists so many records. */
const recordOf = (index: number, within = zone): RecordSet => ({
  Name: nameOf(index, within),
  Type: "A",
  TTL: 60,
  ResourceRecords: [{ Value: "192.0.2.1" }],
});
const dropping = (index: number, within = zone): Step =>
  step(`drop ${within.id} ${String(index)}`, "record-set", {
    ...base,
    zone: within,
    name: nameOf(index, within),
    type: "A",
    setIdentifier: "",
    live: recordOf(index, within),
  });

function estate(count: number, marked: readonly MarkedRecord[] = []): Cloud {
  let cloud = cloudOf();
  for (const within of [zone, other]) {
    const records = Array.from({ length: count }, (_each, index) => [
      recordOf(index, within),
      renderMarker(nameOf(index, within), marker({ records: marked })),
    ]).flat();
    cloud = withZone(cloud, ACCOUNT, {
      id: within.id,
      name: within.name,
      callerReference: "r",
      private: false,
      nameServers: [],
      recordSets: Table.from(records.map((record) => [recordKey(record), record])),
    });
  }
  return cloud;
}

const evaluations = (steps: readonly Step[], cloud: Cloud) => steps.map((each) => evaluate(each, cloud));
const several = (count: number, of: (index: number) => Step): readonly Step[] =>
  Array.from({ length: count }, (_each, index) => of(index));

interface Batch {
  readonly ChangeBatch: { readonly Changes: readonly { readonly ResourceRecordSet: RecordSet }[] };
}

const values = ({ input }: Call): readonly string[] =>
  (input as Batch).ChangeBatch.Changes.flatMap((change) =>
    (change.ResourceRecordSet.ResourceRecords ?? [{ Value: "" }]).map((each) => each.Value),
  );

describe("steps that want a call are brought together", () => {
  const cloud = estate(3);

  test("records of one zone in one call, of another zone in another", () => {
    const steps = [dropping(0), dropping(1), dropping(0, other), dropping(2)];
    expect(
      merge(evaluations(steps, cloud), cloud, new Set()).map((sendable) => sendable.steps.map(({ id }) => id)),
    ).toEqual([["drop Z1 0", "drop Z1 1", "drop Z1 2"], ["drop Z2 0"]]);
  });

  test("but for those that must go alone", () => {
    const steps = [dropping(0), dropping(1), dropping(2)];
    expect(
      merge(evaluations(steps, cloud), cloud, new Set(["drop Z1 1"])).map((sendable) => sendable.steps.length),
    ).toEqual([2, 1]);
  });

  test("and those that want none", () => {
    const gone = step("gone", "record-set", { ...base, type: "A", setIdentifier: "" });
    expect(merge(evaluations([gone], cloud), cloud, new Set())).toEqual([]);
  });
});

describe("what one request may hold", () => {
  test("at most 1,000 records: halved, in order, nothing lost", () => {
    const steps = several(400, (index) => dropping(index)); // three records a name: its own, the old and the new marker
    const cloud = estate(400);
    const sendables = merge(evaluations(steps, cloud), cloud, new Set());
    expect(sendables.length).toBeGreaterThan(1);
    for (const { call } of sendables) expect(values(call).length).toBeLessThanOrEqual(1_000);
    expect(sendables.flatMap((sendable) => sendable.steps)).toEqual(steps);
  });

  test("at most 32,000 characters of values", () => {
    const marked = Array.from({ length: 20 }, (_each, index) => ({
      type: "A",
      setIdentifier: `${"x".repeat(60)}/${String(index)}`,
      digest: "0123456789abcdef",
    }));
    const steps = several(10, (index) => dropping(index));
    const cloud = estate(10, marked);
    const sendables = merge(evaluations(steps, cloud), cloud, new Set());
    expect(sendables.length).toBeGreaterThan(1);
    for (const { call } of sendables) expect(values(call).join("").length).toBeLessThanOrEqual(32_000);
    expect(sendables.flatMap((sendable) => sendable.steps)).toEqual(steps);
  });
});

test("ready is what is neither done nor stopped, and all before it is done", () => {
  const steps = [
    step("a", "marker", {}),
    step("b", "marker", {}, ["a"]),
    step("c", "marker", {}, ["a", "b"]),
    step("d", "marker", {}),
  ];
  expect(readySteps(steps, new Set(["a"]), new Set(["d"])).map(({ id }) => id)).toEqual(["b"]);
  expect(readySteps(steps, new Set(), new Set()).map(({ id }) => id)).toEqual(["a", "d"]);
});
