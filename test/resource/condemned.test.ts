import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import { answered } from "../../src/cloud/claims.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { condemned, drainEnd, drainOver, isEnding } from "../../src/resource/condemned.ts";
import type { CondemnedSpec } from "../../src/resource/condemned.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import type { Marker } from "../../src/resource/marker.ts";
import { GUARD, NOW, base, changeAt, changesOf, cloudOf, inWords, liveDomain, marker, markerRecord } from "./clouds.ts";

const target = "api-domain/us-east-1";
const incarnation = liveDomain().regionalDomainName;
const spec: CondemnedSpec = { ...base, target, incarnation, state: "condemned", drainMinimumSeconds: 900 };
const drained: CondemnedSpec = { ...spec, state: "drained" };
const entry = { target, incarnation, since: 1, drainedFrom: undefined };
const change = (before: CondemnedSpec | undefined, after: CondemnedSpec | undefined): Change<CondemnedSpec> => ({
  address: "a" as Address,
  before,
  after,
  guard: GUARD,
});
const condemn = change(undefined, spec);
const drain = change(spec, drained);
const release = change(drained, undefined);
const withEntry = (over: Partial<Marker> = {}) => [markerRecord({ entries: [entry], ...over })];
const since = (seconds: number) => withEntry({ entries: [{ ...entry, drainedFrom: NOW - seconds * 1000 }] });

const claimedUntil = (notAfter: number) =>
  withEntry({ entries: [{ ...entry, drainedFrom: NOW - 900_000, claim: { nonce: "n0.1", notAfter } }] });
const deletion = (notAfter: number): Call => ({
  account: base.account,
  region: "us-east-1",
  service: "apigateway",
  operation: "DeleteDomainName",
  input: { domainName: "shop.example.com" },
  signedAt: notAfter - 17 * MINUTE,
});

describe("what each station needs next", () => {
  const rows: readonly (readonly [string, Change<CondemnedSpec>, Cloud, string])[] = [
    ["condemn: no entry yet", condemn, cloudOf({ records: [markerRecord()] }), "ChangeResourceRecordSets"],
    ["condemn: it is there", condemn, cloudOf({ records: withEntry() }), "done"],
    ["drain: taken back meanwhile", drain, cloudOf({ records: [markerRecord()] }), "done"],
    [
      "drain: condemned by an earlier run, so a bump whose INSYNC counts",
      drain,
      cloudOf({ records: withEntry() }),
      "ChangeResourceRecordSets",
    ],
    [
      "drain: this run's change is pending",
      drain,
      cloudOf({ records: withEntry(), changes: [changeAt(Infinity)] }),
      "wait for Route 53 to have it on every name server",
    ],
    ["drain: INSYNC", drain, cloudOf({ records: withEntry(), changes: [changeAt(NOW)] }), "ChangeResourceRecordSets"],
    ["drain: draining", drain, cloudOf({ records: since(899) }), "wait for resolvers to forget shop.example.com"],
    ["drain: over", drain, cloudOf({ records: since(900) }), "done"],
    [
      "drain: the manifest asks for longer",
      change(spec, { ...drained, drainMinimumSeconds: 3600 }),
      cloudOf({ records: since(900) }),
      "wait for resolvers to forget shop.example.com",
    ],
    [
      "release: it still exists",
      release,
      cloudOf({ records: since(900), domains: [liveDomain()] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "release: it is not seen, which is no answer",
      release,
      cloudOf({ records: since(900) }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "release: its deletion has been answered, whatever a stale read shows",
      release,
      answered(cloudOf({ records: claimedUntil(NOW - 1), domains: [liveDomain()] }), deletion(NOW - 1)),
      "ChangeResourceRecordSets",
    ],
    [
      "release: the deletion of an older claim has been answered",
      release,
      answered(cloudOf({ records: claimedUntil(NOW + 1) }), deletion(NOW)),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "release: another incarnation stands there",
      release,
      cloudOf({ records: since(900), domains: [liveDomain({ regionalDomainName: "d-other" })] }),
      "ChangeResourceRecordSets",
    ],
    [
      "release: another incarnation stands there, and a request may be on its way",
      release,
      cloudOf({ records: claimedUntil(NOW + 1), domains: [liveDomain({ regionalDomainName: "d-other" })] }),
      "wait for a claim on its name to end",
    ],
    [
      "release: another incarnation stands there, and no claim holds any more",
      release,
      cloudOf({ records: claimedUntil(NOW), domains: [liveDomain({ regionalDomainName: "d-other" })] }),
      "ChangeResourceRecordSets",
    ],
    ["release: no entry any more", release, cloudOf({ records: [markerRecord()] }), "done"],
    [
      "somebody else's marker",
      drain,
      cloudOf({ records: withEntry({ nonce: "n9.9" }), changes: [changeAt(NOW)] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
  ];
  test.each(rows)("%s", (_what, each, cloud, expected) =>
    expect(inWords(condemned.next([each], cloud))).toBe(expected),
  );
});

test("a drain counts from the INSYNC of the change, and all entries of a name go into one swap", () => {
  const check = { target: "health-check/h1", incarnation: "h1" };
  const other = change({ ...spec, ...check }, { ...drained, ...check });
  const next = condemned.next(
    [drain, other],
    cloudOf({
      records: withEntry({ entries: [entry, { ...check, since: 1, drainedFrom: undefined }] }),
      changes: [changeAt(NOW - 5_000)],
    }),
  );
  const changes = changesOf(next);
  expect(changes).toHaveLength(2);
  const written = changes[1] === undefined ? undefined : parseMarker(changes[1].ResourceRecordSet);
  expect(written?.entries.map((each) => each.drainedFrom)).toEqual([NOW - 5_000, NOW - 5_000]);
});

describe("how long a drain is", () => {
  test.each([
    [60, 900, 900],
    [60, 0, 900],
    [600, 900, 1200],
    [60, 3600, 3600],
  ])("TTL %d s, asked for %d s: %d s", (maxTtl, minimum, seconds) =>
    expect(drainEnd(marker({ maxTtl }), NOW, minimum) - NOW).toBe(seconds * 1000),
  );
});

test("the drain of another incarnation allows nothing", () => {
  expect(drainOver(cloudOf({ records: since(900) }), base, target, incarnation)).toBe(true);
  expect(drainOver(cloudOf({ records: since(900) }), base, target, "d-other")).toMatchObject({
    do: "stop",
    replan: true,
  });
});

describe("what comes to its end, and is not published meanwhile", () => {
  test.each([
    ["only condemned", withEntry(), incarnation, false],
    ["drained", since(0), incarnation, true],
    ["drained, and another has its name", since(0), "d-other", false],
    ["claimed", claimedUntil(NOW + 1), incarnation, true],
    ["claimed, and another has its name", claimedUntil(NOW + 1), "d-other", true],
    ["claimed too long ago, and another has its name", claimedUntil(NOW), "d-other", false],
    ["no entry", [markerRecord()], incarnation, false],
  ])("%s", (_what, records, of, expected) => expect(isEnding(cloudOf({ records }), base, target, of)).toBe(expected));
});
