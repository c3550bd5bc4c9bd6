import { describe, expect, test } from "vitest";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { ACCOUNT, ZONE, a, call, estate, fault, run, withCheck } from "./estate.ts";

const cloud = withCheck(withCheck(estate(a("a.example.com.")), "hc-1"), "hc-2");
const account = (Type: string) => call("GetAccountLimit", { Type });
const ofZone = (Type: string, HostedZoneId = ZONE) => call("GetHostedZoneLimit", { Type, HostedZoneId });

describe("GetAccountLimit", () => {
  test.each([
    ["MAX_HEALTH_CHECKS_BY_OWNER", 200, 2],
    ["MAX_HOSTED_ZONES_BY_OWNER", 500, 1],
  ])("%s", (Type, Value, Count) => {
    expect(run(cloud, account(Type)).output).toEqual({ Limit: { Type, Value }, Count });
  });
  test("a quota that was raised", () => {
    const raised = withQuota(cloud, ACCOUNT, "route53.healthChecks", 1_000);
    expect(run(raised, account("MAX_HEALTH_CHECKS_BY_OWNER")).output).toMatchObject({ Limit: { Value: 1_000 } });
  });
  test("of what is not modelled, by name", () => {
    expect(fault(cloud, account("MAX_TRAFFIC_POLICIES_BY_OWNER"))).toMatchObject({
      code: "NotEmulated",
      message: expect.stringContaining("MAX_TRAFFIC_POLICIES_BY_OWNER"),
    });
    expect(fault(cloud, account("MAX_DREAMS_BY_OWNER")).code).toBe("InvalidInput");
  });
});

describe("GetHostedZoneLimit", () => {
  const Type = "MAX_RRSETS_BY_ZONE";
  test("record sets, the zone's own among them", () => {
    expect(run(cloud, ofZone(Type)).output).toEqual({ Limit: { Type, Value: 10_000 }, Count: 3 });
  });
  test("VPCs of a public zone", () => {
    expect(fault(cloud, ofZone("MAX_VPCS_ASSOCIATED_BY_ZONE")).code).toBe("HostedZoneNotPrivate");
  });
  test("no such zone", () => expect(fault(cloud, ofZone(Type, "Z9")).code).toBe("NoSuchHostedZone"));
});

test("counts", () => {
  expect(run(cloud, call("GetHealthCheckCount", {})).output).toEqual({ HealthCheckCount: 2 });
  expect(run(cloud, call("GetHostedZoneCount", {})).output).toEqual({ HostedZoneCount: 1 });
});
