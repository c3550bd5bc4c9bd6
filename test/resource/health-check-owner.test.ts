import { describe, expect, test } from "vitest";
import type { Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { findHealthChecks } from "../../src/resource/health-check-owner.ts";
import { homeName, referencePrefix } from "../../src/resource/health-check-identity.ts";
import type { CheckIdentity } from "../../src/resource/health-check-identity.ts";
import type { Scope } from "../../src/resource/kind.ts";
import { ACCOUNT, EAST, aliasRecord, cloudOf, markerRecord, owner, shop, zone } from "./clouds.ts";

const host = "2wkt1cxxxx.execute-api.us-east-1.amazonaws.com";
const scope: Scope = {
  account: ACCOUNT,
  owner,
  zones: [zone],
  zoneByName: new Map([[zone.name, zone]]),
  wanted: new Set([shop]),
  retired: new Set(),
  checkedHosts: new Map([[host, shop]]),
  drainMinimumSeconds: 900,
};
const identity: CheckIdentity = { role: "endpoint", region: EAST, host, shared: false, name: shop, owner };

const check = (
  over: Partial<CheckIdentity> = {},
  config: Partial<HealthCheck["HealthCheckConfig"]> = {},
  id = "h1",
): HealthCheck => ({
  Id: id,
  CallerReference: `${referencePrefix({ ...identity, ...over })}1`,
  HealthCheckVersion: 1,
  HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: host, RequestInterval: 30, ...config },
});

const gateOf = (child: string): HealthCheck => ({
  ...check({ role: "gate" }, {}, "g1"),
  HealthCheckConfig: { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: [child] },
});

describe("a check that names share", () => {
  const network = { account: "444455556666", id: "Z2", name: domainName("example.net") };
  const both: Scope = {
    ...scope,
    zones: [zone, network],
    zoneByName: new Map([zone, network].map((each) => [each.name, each])),
  };
  const gated = { role: "gate", region: EAST, host, intervalSeconds: 30, searchString: undefined } as const;
  const home = homeName(gated, owner, zone.name);
  const names = (cloud: Cloud, within: Scope): readonly unknown[] =>
    findHealthChecks(cloud, within).map(({ ours, spec }) => (ours ? spec.name : undefined));

  test("is told by its home, whoever uses it", () => {
    const shared = check({ shared: true, name: home });
    const gate = {
      ...gateOf("h1"),
      CallerReference: check({ role: "gate", shared: true, name: home }).CallerReference,
    };
    expect(names(cloudOf({ checks: [shared, gate] }), both)).toEqual([home, home]);
  });

  test("in another zone it is another one, and in a zone of another account it is nobody's", () => {
    const elsewhere = homeName(gated, owner, network.name);
    expect(elsewhere).not.toBe(home);
    expect(names(cloudOf({ checks: [check({ shared: true, name: elsewhere })] }), both)).toEqual([undefined]);
  });

  test("without a gate it is told by what cannot be changed of it", () => {
    const bare = homeName({ ...gated, role: "endpoint" }, owner, zone.name);
    const slow = check({ shared: true, name: bare });
    expect(names(cloudOf({ checks: [slow] }), both)).toEqual([bare]);
    const fast = { ...slow, HealthCheckConfig: { ...slow.HealthCheckConfig, RequestInterval: 10 } };
    expect(names(cloudOf({ checks: [fast] }), both)).toEqual([undefined]);
  });
});

describe("a check that two names may have", () => {
  test("is of the one that has it condemned", () => {
    const entries = [{ target: "health-check/h1", incarnation: "h1", since: 1, drainedFrom: undefined }];
    const cloud = cloudOf({ checks: [check()], records: [markerRecord({ entries })] });
    const found = findHealthChecks(cloud, { ...scope, wanted: new Set([domainName("api.example.com"), shop]) });
    expect(found.map(({ spec }) => spec.name)).toEqual([shop]);
  });
});

describe("whose a check is", () => {
  const ownHost = { ...identity, host: "health.elsewhere.test" };
  const rows: readonly (readonly [
    string,
    readonly HealthCheck[],
    readonly RecordSet[],
    Scope,
    readonly (string | undefined)[],
  ])[] = [
    ["ours, used by a record", [check()], [aliasRecord(EAST, { HealthCheckId: "h1" })], scope, ["shop.example.com."]],
    ["ours, used by nothing yet", [check()], [], scope, ["shop.example.com."]],
    [
      "ours, its name only in a marker",
      [check()],
      [markerRecord()],
      { ...scope, wanted: new Set(), checkedHosts: new Map() },
      ["shop.example.com."],
    ],
    ["ours, the name's own", [check({ shared: false })], [], scope, ["shop.example.com."]],
    [
      "ours, on a host that tells no Region",
      [check(ownHost, { FullyQualifiedDomainName: ownHost.host })],
      [],
      scope,
      ["shop.example.com."],
    ],
    [
      "a gate, told by its child",
      [gateOf("h1"), check()],
      [aliasRecord(EAST, { HealthCheckId: "g1" })],
      scope,
      ["shop.example.com.", "shop.example.com."],
    ],
    ["another scope's", [check({ owner: { ...owner, scope: "other1" } })], [], scope, [undefined]],
    ["another manifest's", [check({ owner: { ...owner, manifest: "other" } })], [], scope, [undefined]],
    ["a stranger's on the same host", [{ ...check(), CallerReference: "terraform-1" }], [], scope, [undefined]],
    [
      "ours of a name that nobody knows any more",
      [check({ shared: false, name: domainName("old.example.com") })],
      [],
      scope,
      [undefined],
    ],
  ];
  test.each(rows)("%s", (_what, checks, records, within, expected) => {
    expect(
      findHealthChecks(cloudOf({ checks, records }), within).map(({ ours, spec }) => (ours ? spec.name : undefined)),
    ).toEqual(expected);
  });
});
