import { describe, expect, test } from "vitest";
import type { Cloud, HealthCheckConfig, RestApi } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { emptyRegion } from "../../../src/cloud/empty.ts";
import { askedForRestApi } from "../../../src/cloud/apigateway/rest-api.ts";
import { isHealthy } from "../../../src/cloud/route53/health.ts";
import { Table } from "../../../src/cloud/table.ts";
import { ACCOUNT, estate, withCheck } from "./estate.ts";

const host = "abc123.execute-api.us-east-1.amazonaws.com";
const api = (more: Partial<RestApi> = {}): RestApi => ({
  id: "abc123",
  name: "x",
  disableExecuteApiEndpoint: false,
  stages: ["prod"],
  ...more,
});
const apis = (...list: RestApi[]): Cloud =>
  withRegion(estate(), ACCOUNT, emptyRegion("us-east-1", { restApis: Table.from(list.map((one) => [one.id, one])) }));
const asked = (id: string, found: RestApi | undefined): Cloud =>
  withRegion(estate(), ACCOUNT, askedForRestApi(emptyRegion("us-east-1"), id, found));
const atHost = (more: Partial<HealthCheckConfig> = {}) => ({
  FullyQualifiedDomainName: host,
  ResourcePath: "/prod/ok",
  ...more,
});
const healthy = (cloud: Cloud, id = "hc-1") => isHealthy(cloud, ACCOUNT, id);

describe("a REST API's own host", () => {
  test.each<[string, Cloud, Partial<HealthCheckConfig>, boolean]>([
    ["the stage is there", apis(api()), atHost(), true],
    ["a query is no part of the stage", apis(api()), atHost({ ResourcePath: "/prod?x=1" }), true],
    ["another stage", apis(api({ stages: ["dev"] })), atHost(), false],
    ["no stage in the path", apis(api()), atHost({ ResourcePath: "/" }), false],
    ["no such API", apis(), atHost(), false],
    ["its endpoint is disabled", apis(api({ disableExecuteApiEndpoint: true })), atHost(), false],
    ["the stages were not looked at", apis(api({ stages: undefined })), atHost(), true],
    ["another API was asked for, and is there", asked("other", { ...api(), id: "other" }), atHost(), true],
    ["another API was asked for, and is not there", asked("other", undefined), atHost(), true],
    ["it was asked for, and is not there", asked("abc123", undefined), atHost(), false],
    ["the APIs were not looked at", withRegion(estate(), ACCOUNT, emptyRegion("us-east-1")), atHost(), true],
    ["the Region was not looked at", estate(), atHost(), true],
    ["plain HTTP is not served", apis(api()), atHost({ Type: "HTTP" }), false],
    ["another host", apis(), { FullyQualifiedDomainName: "www.example.org" }, true],
    ["inverted", apis(api()), atHost({ Inverted: true }), false],
    ["inverted and dead", apis(), atHost({ Inverted: true }), true],
    ["disabled is healthy", apis(), atHost({ Disabled: true }), true],
    ["disabled and inverted is unhealthy", apis(api()), atHost({ Disabled: true, Inverted: true }), false],
  ])("%s", (_, cloud, config, expected) => {
    expect(healthy(withCheck(cloud, "hc-1", config))).toBe(expected);
  });
});

describe("a calculated check", () => {
  const dead = (cloud: Cloud, id: string) => withCheck(cloud, id, { Inverted: true });
  const children = dead(dead(withCheck(withCheck(estate(), "up-1"), "up-2"), "down-1"), "down-2");
  test.each<[string, readonly string[], number, boolean]>([
    ["one of two is enough", ["up-1", "down-1"], 1, true],
    ["two of two are not there", ["up-1", "down-1"], 2, false],
    ["two of three", ["up-1", "up-2", "down-1"], 2, true],
    ["more than there are children", ["up-1", "up-2"], 256, false],
    ["none needed", ["down-1", "down-2"], 0, true],
    ["none needed of none", [], 0, true],
  ])("%s", (_, ChildHealthChecks, HealthThreshold, expected) => {
    const cloud = withCheck(children, "gate", { Type: "CALCULATED", ChildHealthChecks, HealthThreshold });
    expect(healthy(cloud, "gate")).toBe(expected);
    const inverted = withCheck(children, "gate", {
      Type: "CALCULATED",
      ChildHealthChecks,
      HealthThreshold,
      Inverted: true,
    });
    expect(healthy(inverted, "gate")).toBe(!expected);
  });

  test("a disabled child counts as healthy, an inverted one of those as unhealthy", () => {
    const off = withCheck(children, "off", { Disabled: true });
    const offAndDown = withCheck(off, "off-and-down", { Disabled: true, Inverted: true });
    const gate = (child: string) =>
      withCheck(offAndDown, "gate", { Type: "CALCULATED", ChildHealthChecks: [child], HealthThreshold: 1 });
    expect(healthy(gate("off"), "gate")).toBe(true);
    expect(healthy(gate("off-and-down"), "gate")).toBe(false);
  });

  test("of calculated checks, should there be one", () => {
    const inner = withCheck(children, "inner", {
      Type: "CALCULATED",
      ChildHealthChecks: ["down-1"],
      HealthThreshold: 1,
    });
    const outer = withCheck(inner, "outer", { Type: "CALCULATED", ChildHealthChecks: ["inner"], HealthThreshold: 1 });
    expect(healthy(outer, "outer")).toBe(false);
  });
});

test("a probe tells what checkers find; where it does not know, the Cloud does", () => {
  const cloud = withCheck(withCheck(apis(), "hc-1", atHost()), "hc-2", { FullyQualifiedDomainName: "www.example.org" });
  expect(isHealthy(cloud, ACCOUNT, "hc-1", () => true)).toBe(true);
  expect(isHealthy(cloud, ACCOUNT, "hc-2", () => false)).toBe(false);
  expect(isHealthy(cloud, ACCOUNT, "hc-1", () => undefined)).toBe(false);
  expect(isHealthy(cloud, ACCOUNT, "hc-1", (_, id) => id === "hc-1")).toBe(true);
});

test("a check that is not there is healthy", () => {
  expect(healthy(estate(), "gone")).toBe(true);
});
