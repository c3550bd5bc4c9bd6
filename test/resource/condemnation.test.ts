import { describe, expect, test } from "vitest";
import type { HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import { condemnedBy } from "../../src/resource/condemnation.ts";
import { referencePrefix } from "../../src/resource/health-check-identity.ts";
import { EAST, aliasRecord, base, cloudOf, liveDomain } from "./clouds.ts";

const host = "2wkt1cxxxx.execute-api.us-east-1.amazonaws.com";
const ownReference = (role: "gate" | "endpoint"): string =>
  `${referencePrefix({ ...base, role, region: EAST, host, shared: false })}1`;

const check = (
  Id: string,
  children?: readonly string[],
  CallerReference = ownReference(children === undefined ? "endpoint" : "gate"),
): HealthCheck => ({
  Id,
  CallerReference,
  HealthCheckVersion: 1,
  HealthCheckConfig:
    children === undefined
      ? { Type: "HTTPS", RequestInterval: 30, FullyQualifiedDomainName: host }
      : { Type: "CALCULATED", HealthThreshold: 1, ChildHealthChecks: children },
});
const gated = aliasRecord(EAST, { HealthCheckId: "g1" });
const other = aliasRecord("us-west-2", { HealthCheckId: "g2" });
const checks = [check("g1", ["e1"]), check("e1"), check("g2", ["e1"])];

describe("what loses its last user with a batch", () => {
  const rows: readonly (readonly [
    string,
    Parameters<typeof cloudOf>[0],
    readonly RecordSet[],
    readonly RecordSet[],
    readonly string[],
  ])[] = [
    [
      "the endpoint, its gate and the check below",
      { records: [gated], checks: checks.slice(0, 2), domains: [liveDomain()] },
      [],
      [gated],
      ["api-domain/us-east-1", "health-check/e1", "health-check/g1"],
    ],
    [
      "a gate goes, the child stays below another gate that is in use",
      { records: [gated, other], checks, domains: [liveDomain()] },
      [],
      [gated],
      ["api-domain/us-east-1", "health-check/g1"],
    ],
    [
      "a new check in place of the old: the endpoint stays",
      { records: [gated], checks: checks.slice(0, 2), domains: [liveDomain()] },
      [aliasRecord(EAST, { HealthCheckId: "g9" })],
      [gated],
      ["health-check/e1", "health-check/g1"],
    ],
    [
      "AAAA goes, A stays: nothing",
      { records: [gated, { ...gated, Type: "AAAA" }], checks, domains: [liveDomain()] },
      [],
      [{ ...gated, Type: "AAAA" }],
      [],
    ],
    [
      "a foreign check and a foreign endpoint: nothing",
      { records: [gated], checks: [check("g1", undefined, "theirs")], domains: [liveDomain({ tags: {} })] },
      [],
      [gated],
      [],
    ],
    [
      "a check that names share: only the endpoint",
      {
        records: [gated],
        checks: [check("g1", ["e1"], "sb1.storefront.x.1"), check("e1", undefined, "sb1.storefront.y.1")],
        domains: [liveDomain()],
      },
      [],
      [gated],
      ["api-domain/us-east-1"],
    ],
    [
      "a record that leads to another incarnation: only the check",
      { records: [gated], checks: [check("g1")], domains: [liveDomain({ regionalDomainName: "d-other" })] },
      [],
      [gated],
      ["health-check/g1"],
    ],
  ];
  test.each(rows)("%s", (_what, parts, publish, drop, expected) => {
    expect(
      condemnedBy(base, publish, drop, cloudOf(parts))
        .map((each) => each.target)
        .toSorted(),
    ).toEqual(expected);
  });
});
