import { describe, expect, test } from "vitest";
import type { Cloud, HealthCheck } from "../../src/cloud/cloud.ts";
import { healthCheck, liveHealthCheck } from "../../src/resource/health-check.ts";
import { homeName, referencePrefix } from "../../src/resource/health-check-identity.ts";
import type { HealthCheckSpec } from "../../src/resource/health-check-identity.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { EAST, NOW, aliasRecord, base, callOf, cloudOf, inWords, markerRecord } from "./clouds.ts";

const host = "2wkt1cxxxx.execute-api.us-east-1.amazonaws.com";
const endpoint: HealthCheckSpec = {
  ...base,
  role: "endpoint",
  region: EAST,
  host,
  shared: false,
  path: "/prod/health",
  searchString: "ok",
  intervalSeconds: 30,
  failureThreshold: 2,
  child: undefined,
};
const gate: HealthCheckSpec = { ...endpoint, role: "gate", child: endpoint };

const check = (
  id: string,
  spec: HealthCheckSpec,
  generation: number,
  over: Partial<HealthCheck["HealthCheckConfig"]> = {},
): HealthCheck => ({
  Id: id,
  CallerReference: `${referencePrefix(spec)}${String(generation)}`,
  HealthCheckVersion: 4,
  HealthCheckConfig:
    spec.role === "gate"
      ? { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: ["e1"], ...over }
      : {
          Type: "HTTPS_STR_MATCH",
          FullyQualifiedDomainName: host,
          Port: 443,
          ResourcePath: "/prod/health",
          SearchString: "ok",
          RequestInterval: 30,
          FailureThreshold: 2,
          EnableSNI: true,
          ...over,
        },
});
const e1 = check("e1", endpoint, 1);
const g1 = check("g1", gate, 1);

const bring = (after: HealthCheckSpec): Change<HealthCheckSpec> => ({
  address: "a" as Address,
  before: undefined,
  after,
  guard: undefined,
});
const remove = (id: string, spec = endpoint): Change<HealthCheckSpec> => ({
  address: "a" as Address,
  before: { ...spec, id },
  after: undefined,
  guard: undefined,
});
const condemned = (id: string, drainedFrom: number | undefined) =>
  markerRecord({ entries: [{ target: `health-check/${id}`, incarnation: id, since: 1, drainedFrom }] });

describe("what it needs next", () => {
  const drained = NOW - 900_000;
  const rows: readonly (readonly [string, Change<HealthCheckSpec>, Cloud, string])[] = [
    ["nothing there", bring(endpoint), cloudOf(), "CreateHealthCheck"],
    ["as it should be", bring(endpoint), cloudOf({ checks: [e1] }), "done"],
    ["another path: in place", bring({ ...endpoint, path: "/other" }), cloudOf({ checks: [e1] }), "UpdateHealthCheck"],
    [
      "another interval: replaced",
      bring({ ...endpoint, intervalSeconds: 10 }),
      cloudOf({ checks: [e1] }),
      "CreateHealthCheck",
    ],
    [
      "no string any more, so another type: replaced",
      bring({ ...endpoint, searchString: undefined }),
      cloudOf({ checks: [e1] }),
      "CreateHealthCheck",
    ],
    [
      "condemned: never used again",
      bring(endpoint),
      cloudOf({ checks: [e1], records: [condemned("e1", undefined)] }),
      "CreateHealthCheck",
    ],
    [
      "a foreign one of the same settings",
      bring(endpoint),
      cloudOf({ checks: [{ ...e1, CallerReference: "theirs" }] }),
      "CreateHealthCheck",
    ],
    ["a gate without its child", bring(gate), cloudOf(), "stop CHANGED_SINCE_PLAN, replan"],
    ["a gate with its child", bring(gate), cloudOf({ checks: [e1] }), "CreateHealthCheck"],
    [
      "a gate over another child: in place",
      bring(gate),
      cloudOf({ checks: [e1, check("g1", gate, 1, { ChildHealthChecks: ["old"] })] }),
      "UpdateHealthCheck",
    ],
    [
      "a gate under a drill is left alone",
      bring(gate),
      cloudOf({ checks: [e1, check("g1", gate, 1, { HealthThreshold: 2 })] }),
      "done",
    ],
    ["to go, never condemned", remove("e1"), cloudOf({ checks: [e1] }), "stop CHANGED_SINCE_PLAN, replan"],
    [
      "to go, draining",
      remove("e1"),
      cloudOf({ checks: [e1], records: [condemned("e1", drained + 1)] }),
      "wait for resolvers to forget it",
    ],
    [
      "to go, drained, a record still names it",
      remove("e1"),
      cloudOf({ checks: [e1], records: [condemned("e1", drained), aliasRecord(EAST, { HealthCheckId: "e1" })] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "to go, drained, a gate still names it",
      remove("e1"),
      cloudOf({ checks: [e1, g1], records: [condemned("e1", drained)] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "to go, drained",
      remove("e1"),
      cloudOf({ checks: [e1], records: [condemned("e1", drained)] }),
      "DeleteHealthCheck",
    ],
    [
      "to go, under a drill",
      remove("g1", gate),
      cloudOf({ checks: [check("g1", gate, 1, { HealthThreshold: 2 })], records: [condemned("g1", drained)] }),
      "stop UNDER_DRILL",
    ],
    ["gone", remove("e1"), cloudOf(), "done"],
  ];
  test.each(rows)("%s", (_what, change, cloud, expected) =>
    expect(inWords(healthCheck.next([change], cloud))).toBe(expected),
  );
});

describe("the caller reference", () => {
  const referenceIn = (cloud: Cloud, spec = endpoint): string =>
    (callOf(healthCheck.next([bring(spec)], cloud)).input as { readonly CallerReference: string }).CallerReference;

  test("is at most 64 characters, with the longest manifest name", () => {
    const long = { ...endpoint, owner: { manifest: "m".repeat(32), scope: "x".repeat(32) } };
    expect(referencePrefix(long).length + "999".length).toBeLessThanOrEqual(64);
  });

  test("takes the first generation that is neither burnt nor taken", () => {
    const at = (generation: number): string => `${referencePrefix(endpoint)}${String(generation)}`;
    expect(referenceIn(cloudOf())).toBe(at(1));
    expect(referenceIn(cloudOf({ burnt: [at(1), at(2)] }))).toBe(at(3));
    expect(referenceIn(cloudOf({ checks: [check("e1", endpoint, 1, { RequestInterval: 10 })], burnt: [at(2)] }))).toBe(
      at(3),
    );
  });

  test("differs by role, endpoint, name, and the home of what names share", () => {
    const other = { ...endpoint, name: domainName("www.example.com") };
    const homes = ["example.com.", "example.net."].map((zone) => homeName(gate, endpoint.owner, domainName(zone)));
    const shared = homes.map((name) => ({ ...endpoint, shared: true, name }));
    const prefixes = [
      endpoint,
      gate,
      other,
      ...shared,
      { ...endpoint, host: "other" },
      { ...endpoint, region: "us-west-2" },
    ].map(referencePrefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    const changed: HealthCheckSpec = { ...endpoint, path: "/other", intervalSeconds: 10 };
    expect(referencePrefix(changed)).toBe(referencePrefix(endpoint));
  });
});

test("an update names the version that it was decided on", () => {
  expect(
    callOf(healthCheck.next([bring({ ...endpoint, path: "/other", failureThreshold: 3 })], cloudOf({ checks: [e1] })))
      .input,
  ).toEqual({ HealthCheckId: "e1", HealthCheckVersion: 4, ResourcePath: "/other", FailureThreshold: 3 });
});

test("of several generations the newest counts, compared as numbers", () => {
  expect(
    liveHealthCheck(cloudOf({ checks: [check("ten", endpoint, 10), check("nine", endpoint, 9)] }), endpoint)?.Id,
  ).toBe("ten");
});
