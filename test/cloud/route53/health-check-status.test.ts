import { describe, expect, test } from "vitest";
import type { Cloud, HealthCheckConfig } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { emptyRegion } from "../../../src/cloud/empty.ts";
import { SECOND } from "../../../src/cloud/instant.ts";
import { Table } from "../../../src/cloud/table.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, NOW, call, estate, fault, run, withCheck } from "./estate.ts";

interface Observation {
  readonly Region: string;
  readonly IPAddress: string;
  readonly StatusReport: { readonly Status: string; readonly CheckedTime: number };
}
const observations = (cloud: Cloud, operation = "GetHealthCheckStatus", HealthCheckId = "hc-1") =>
  run(cloud, call(operation, { HealthCheckId })).output["HealthCheckObservations"] as readonly Observation[];
const statuses = (cloud: Cloud, operation?: string) => [
  ...new Set(observations(cloud, operation).map(({ StatusReport }) => StatusReport.Status)),
];

/** A Region in which there is no REST API, and a check of one that should be there. */
const gone = (config: Partial<HealthCheckConfig> = {}) =>
  withCheck(withRegion(estate(), ACCOUNT, emptyRegion("us-east-1", { restApis: Table.empty() })), "hc-1", {
    FullyQualifiedDomainName: "abc123.execute-api.us-east-1.amazonaws.com",
    ...config,
  });

describe("what checkers tell", () => {
  test("two in each of the eight Regions, each with its address", () => {
    const all = observations(withCheck(estate(), "hc-1"));
    expect(all).toHaveLength(16);
    expect(new Set(all.map(({ IPAddress }) => IPAddress)).size).toBe(16);
    expect(new Set(all.map(({ Region }) => Region)).size).toBe(8);
    expect(all[0]).toEqual({
      Region: "ap-northeast-1",
      IPAddress: "54.248.220.4",
      StatusReport: { Status: "Success: HTTP Status Code 200, OK", CheckedTime: NOW },
    });
  });
  test("only those of the Regions that are set", () => {
    const Regions = ["us-east-1", "us-west-2", "eu-west-1"];
    const all = observations(withCheck(estate(), "hc-1", { Regions }));
    expect([...new Set(all.map(({ Region }) => Region))]).toEqual(Regions);
  });
  test.each<[string, Partial<HealthCheckConfig>, string]>([
    ["gone", {}, "Failure: HTTP Status Code 403, Forbidden"],
    ["gone, whatever inverting makes of it", { Inverted: true }, "Failure: HTTP Status Code 403, Forbidden"],
    ["plain HTTP", { Type: "HTTP" }, "Failure: Connection timed out"],
    ["TCP", { Type: "TCP", Port: 443 }, "Success: TCP connection established"],
  ])("%s", (_, config, status) => {
    expect(statuses(gone(config))).toEqual([expect.stringContaining(status)]);
  });
  test("nothing while disabled", () => expect(observations(gone({ Disabled: true }))).toEqual([]));
});

describe("GetHealthCheckLastFailureReason", () => {
  test("failures", () => {
    expect(statuses(gone(), "GetHealthCheckLastFailureReason")).toEqual(["Failure: HTTP Status Code 403, Forbidden"]);
  });
  test("nothing where nothing fails", () => {
    expect(observations(withCheck(estate(), "hc-1"), "GetHealthCheckLastFailureReason")).toEqual([]);
  });
});

test("a new check tells nothing until its checkers have looked", () => {
  const config = { Type: "HTTPS", FullyQualifiedDomainName: "api.example.org", RequestInterval: 10 };
  const create = call("CreateHealthCheck", { CallerReference: "r", HealthCheckConfig: config });
  const made = run(estate(), create, () => "hc-1").cloud;
  expect(observations(made)).toEqual([]);
  expect(observations(tick(made, NOW + 9 * SECOND))).toEqual([]);
  expect(observations(tick(made, NOW + 10 * SECOND))).toHaveLength(16);
});

describe.each(["GetHealthCheckStatus", "GetHealthCheckLastFailureReason"])("%s refuses", (operation) => {
  const of = (cloud: Cloud) => fault(cloud, call(operation, { HealthCheckId: "hc-1" }));
  test("what is not there", () => expect(of(estate())).toMatchObject({ code: "NoSuchHealthCheck", status: 404 }));
  test("a calculated check", () => {
    expect(of(withCheck(estate(), "hc-1", { Type: "CALCULATED", HealthThreshold: 0 })).code).toBe("InvalidInput");
  });
  test("one of an alarm, which is out of sight", () => {
    expect(of(withCheck(estate(), "hc-1", { Type: "CLOUDWATCH_METRIC" }))).toMatchObject({ status: 501 });
  });
});
