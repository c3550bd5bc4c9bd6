import { describe, expect, test } from "vitest";
import type { HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { display } from "../../src/dns/domain-name.ts";
import { checkUser, homeTarget } from "../../src/resource/check-user.ts";
import type { CheckUserSpec } from "../../src/resource/check-user.ts";
import { homeName, referencePrefix } from "../../src/resource/health-check-identity.ts";
import type { HealthCheckSpec } from "../../src/resource/health-check-identity.ts";
import type { Address } from "../../src/resource/address.ts";
import { parseMarker, renderMarker } from "../../src/resource/marker.ts";
import {
  EAST,
  GUARD,
  NOW,
  aliasRecord,
  base,
  changesOf,
  cloudOf,
  inWords,
  marker,
  markerRecord,
  owner,
  shop,
  zone,
} from "./clouds.ts";

const host = "2wkt1cxxxx.execute-api.us-east-1.amazonaws.com";
const settings = { path: "/prod/health", searchString: "ok", intervalSeconds: 30, failureThreshold: 2 };
const name = homeName({ role: "gate", region: EAST, host, ...settings }, owner, zone.name);
const top: HealthCheckSpec = {
  ...base,
  ...settings,
  name,
  role: "gate",
  region: EAST,
  host,
  shared: true,
  child: undefined,
};
const spec: CheckUserSpec = { ...base, name, region: EAST, top, user: shop, userZone: zone };
const here = { name: shop, zone: zone.id };

const homeMarker = (users: readonly (typeof here)[], nonce = "n0.1"): RecordSet =>
  renderMarker(name, marker({ nonce, maxTtl: 0, home: { region: EAST, host, users } }));

const gate: HealthCheck = {
  Id: "g1",
  CallerReference: `${referencePrefix(top)}1`,
  HealthCheckVersion: 1,
  HealthCheckConfig: { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: [] },
};

const change = { address: "check-user" as Address, guard: GUARD };
const join = { ...change, before: undefined, after: spec };
const leave = { ...change, before: spec, after: undefined };
const entry = (drainedFrom: number | undefined, nonce: string): RecordSet =>
  markerRecord({
    nonce,
    entries: [{ target: homeTarget(name), incarnation: display(name), since: 1, drainedFrom }],
  });

const usersAfter = (records: readonly RecordSet[]): readonly string[] => {
  const guard = { ...GUARD, basis: records.length === 0 ? undefined : GUARD.basis };
  const created = changesOf(checkUser.next([{ ...join, guard }], cloudOf({ records }))).find(
    ({ Action }) => Action === "CREATE",
  );
  const next = created === undefined ? undefined : parseMarker(created.ResourceRecordSet);
  return (next?.home?.users ?? []).map((user) => user.name);
};

describe("a name registers", () => {
  test("with a swap of the home marker, whether or not it stands there", () => {
    expect(usersAfter([])).toEqual([shop]);
    expect(usersAfter([homeMarker([])])).toEqual([shop]);
    expect(usersAfter([homeMarker([here])])).toEqual([shop]);
  });
  test.each([
    ["by this plan", homeMarker([here], "n1.2"), "done"],
    ["this plan has swapped it for another name", homeMarker([], "n1.2"), "ChangeResourceRecordSets"],
    ["another run has been here since", homeMarker([here], "n9.2"), "stop CHANGED_SINCE_PLAN, replan"],
  ])("%s", (_what, home, expected) => {
    expect(inWords(checkUser.next([join], cloudOf({ records: [home] })))).toBe(expected);
  });
});

describe("a name leaves", () => {
  const long = NOW - 16 * MINUTE;
  const refers = aliasRecord(EAST, { HealthCheckId: "g1" });
  const rows: readonly (readonly [string, readonly RecordSet[], string])[] = [
    [
      "drained, and its marker swapped by this plan",
      [homeMarker([here]), entry(long, "n1.2")],
      "ChangeResourceRecordSets",
    ],
    ["only condemned", [homeMarker([here]), entry(undefined, "n1.2")], "stop CHANGED_SINCE_PLAN, replan"],
    ["still held by resolvers", [homeMarker([here]), entry(NOW - MINUTE, "n1.2")], "wait for resolvers to forget it"],
    [
      "its marker not swapped by this plan",
      [homeMarker([here]), entry(long, "n0.1")],
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "its record refers to the gate",
      [homeMarker([here]), entry(long, "n1.2"), refers],
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    ["gone from there", [homeMarker([]), entry(long, "n1.2")], "done"],
  ];
  test.each(rows)("%s", (_what, records, expected) => {
    expect(inWords(checkUser.next([leave], cloudOf({ records, checks: [gate] })))).toBe(expected);
  });
});
