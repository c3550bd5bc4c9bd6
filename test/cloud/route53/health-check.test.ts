import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { DAY, HOUR } from "../../../src/cloud/instant.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { tick } from "../../../src/cloud/tick.ts";
import { ACCOUNT, NOW, a, call, estate, fault, run, withCheck } from "./estate.ts";

const config = { Type: "HTTPS", FullyQualifiedDomainName: "api.example.org", ResourcePath: "/prod/ok" };
const create = (reference = "sb1.x", given: object = config) =>
  call("CreateHealthCheck", { CallerReference: reference, HealthCheckConfig: given });
const update = (input: object) => call("UpdateHealthCheck", { HealthCheckId: "hc-1", ...input });
const remove = (id: string) => call("DeleteHealthCheck", { HealthCheckId: id });
const configOf = (cloud: Cloud, id: string) => accountOf(cloud, ACCOUNT).healthChecks.get(id);

describe("CreateHealthCheck", () => {
  test("fills in AWS's defaults", () => {
    const { cloud, output } = run(estate(), create(), () => "hc-new");
    const check = {
      Id: "hc-new",
      CallerReference: "sb1.x",
      HealthCheckVersion: 1,
      HealthCheckConfig: {
        ...config,
        Port: 443,
        RequestInterval: 30,
        FailureThreshold: 3,
        MeasureLatency: false,
        EnableSNI: true,
        Inverted: false,
        Disabled: false,
      },
    };
    expect(output).toEqual({
      HealthCheck: check,
      Location: "https://route53.amazonaws.com/2013-04-01/healthcheck/hc-new",
    });
    expect(run(cloud, call("GetHealthCheck", { HealthCheckId: "hc-new" })).output).toEqual({ HealthCheck: check });
  });

  test("the same reference with the same settings gives the same check, written in any order", () => {
    const once = run(estate(), create(), () => "hc-1").cloud;
    const again = run(once, create("sb1.x", { Port: 443, Inverted: false, ...config }), () => "hc-2");
    expect(again.output).toMatchObject({ HealthCheck: { Id: "hc-1" } });
    expect(again.cloud).toBe(once);
  });

  test("the same reference with other settings is refused", () => {
    const once = run(estate(), create(), () => "hc-1").cloud;
    expect(fault(once, create("sb1.x", { ...config, Port: 8443 }))).toEqual({
      code: "HealthCheckAlreadyExists",
      message: "A different health check has already been created with the specified caller reference.",
      status: 409,
    });
  });

  test("the reference of a deleted check is burnt", () => {
    const deleted = run(run(estate(), create(), () => "hc-1").cloud, remove("hc-1")).cloud;
    expect(fault(deleted, create())).toMatchObject({ code: "HealthCheckAlreadyExists", status: 409 });
    run(deleted, create("sb1.y"));
  });

  test("200 of an account; more only where the quota was raised", () => {
    let cloud = estate();
    for (let index = 0; index < 200; index += 1) cloud = withCheck(cloud, `hc-${index}`);
    expect(fault(cloud, create())).toMatchObject({ code: "TooManyHealthChecks", status: 400 });
    run(withCheck(cloud, "hc-200"), create());
    run(withQuota(cloud, ACCOUNT, "route53.healthChecks", 201), create());
  });

  test("a lowered quota", () => {
    const cloud = withQuota(withCheck(estate(), "hc-1"), ACCOUNT, "route53.healthChecks", 1);
    expect(fault(cloud, create())).toMatchObject({
      code: "TooManyHealthChecks",
      message: expect.stringContaining("is 1"),
    });
    run(run(cloud, remove("hc-1")).cloud, create());
  });

  test("so many within a day, those that are gone again too, and none that made nothing", () => {
    let cloud = withQuota(estate(), ACCOUNT, "route53.healthChecksPerDay", 2);
    cloud = run(cloud, create("one"), () => "hc-1").cloud;
    cloud = run(cloud, create("one"), () => "hc-2").cloud;
    cloud = run(cloud, remove("hc-1")).cloud;
    cloud = run(tick(cloud, NOW + HOUR), create("two"), () => "hc-2").cloud;
    expect(fault(cloud, create("three"))).toEqual({ code: "Throttling", message: "Rate exceeded", status: 400 });
    expect(fault(tick(cloud, NOW + DAY - 1), create("three")).code).toBe("Throttling");
    const next = run(tick(cloud, NOW + DAY), create("three"), () => "hc-3").cloud;
    expect(fault(next, create("four")).code).toBe("Throttling");
  });

  test.each([
    ["", "InvalidInput"],
    ["x".repeat(65), "InvalidInput"],
  ])("reference %j", (reference, code) => {
    expect(fault(estate(), create(reference)).code).toBe(code);
  });
});

describe("UpdateHealthCheck", () => {
  const cloud = withCheck(estate(), "hc-1", { ResourcePath: "/a", IPAddress: "198.51.100.1" });

  test("changes what is given and counts the version", () => {
    const { cloud: after } = run(cloud, update({ HealthCheckVersion: 1, FailureThreshold: 2 }));
    expect(configOf(after, "hc-1")).toMatchObject({
      HealthCheckVersion: 2,
      HealthCheckConfig: { Type: "HTTPS", FailureThreshold: 2, ResourcePath: "/a" },
    });
    expect(configOf(cloud, "hc-1")?.HealthCheckVersion).toBe(1);
  });

  test("a version that is not the current one", () => {
    expect(fault(cloud, update({ HealthCheckVersion: 2, Disabled: true }))).toMatchObject({
      code: "HealthCheckVersionMismatch",
      status: 409,
    });
    run(cloud, update({ Disabled: true }));
  });

  test("resets", () => {
    const { cloud: after } = run(cloud, update({ ResetElements: ["ResourcePath"] }));
    expect(configOf(after, "hc-1")?.HealthCheckConfig).not.toHaveProperty("ResourcePath");
    expect(fault(cloud, update({ ResetElements: ["Port"] })).code).toBe("InvalidInput");
  });

  test.each([
    ["Type", "TCP"],
    ["RequestInterval", 10],
    ["MeasureLatency", true],
  ])("%s is fixed", (member, value) => {
    expect(fault(cloud, update({ [member]: value }))).toMatchObject({
      code: "InvalidInput",
      message: `${member} cannot be changed`,
    });
  });

  test("an address may change, but not be added", () => {
    run(cloud, update({ IPAddress: "198.51.100.2" }));
    expect(fault(withCheck(estate(), "hc-1"), update({ IPAddress: "198.51.100.2" })).code).toBe("InvalidInput");
  });

  test("a host cannot be reset where it is all there is", () => {
    expect(fault(withCheck(estate(), "hc-1"), update({ ResetElements: ["FullyQualifiedDomainName"] })).code).toBe(
      "InvalidInput",
    );
    const { cloud: after } = run(cloud, update({ ResetElements: ["FullyQualifiedDomainName"] }));
    expect(configOf(after, "hc-1")?.HealthCheckConfig).not.toHaveProperty("FullyQualifiedDomainName");
  });

  test("a gate may not watch a gate, nor itself", () => {
    const gate = { Type: "CALCULATED", ChildHealthChecks: [], HealthThreshold: 1 } as const;
    const gated = withCheck(withCheck(cloud, "gate", gate), "other", gate);
    const watch = (...ChildHealthChecks: readonly string[]) =>
      call("UpdateHealthCheck", { HealthCheckId: "gate", ChildHealthChecks });
    run(gated, watch("hc-1"));
    expect(fault(gated, watch("hc-1", "other")).message).toMatch(/other is calculated itself/);
    expect(fault(gated, watch("gate")).code).toBe("InvalidInput");
    expect(fault(gated, watch("hc-9")).message).toMatch(/does not exist/);
  });

  test("a gate's threshold may exceed its children", () => {
    const gated = withCheck(cloud, "gate", { Type: "CALCULATED", ChildHealthChecks: ["hc-1"], HealthThreshold: 1 });
    run(gated, call("UpdateHealthCheck", { HealthCheckId: "gate", HealthThreshold: 256 }));
    expect(fault(gated, call("UpdateHealthCheck", { HealthCheckId: "gate", HealthThreshold: 257 })).code).toBe(
      "InvalidInput",
    );
  });
});

describe("DeleteHealthCheck", () => {
  test("a child of a calculated check is in use", () => {
    const gated = withCheck(withCheck(estate(), "hc-1"), "gate", {
      Type: "CALCULATED",
      ChildHealthChecks: ["hc-1"],
      HealthThreshold: 1,
    });
    expect(fault(gated, remove("hc-1"))).toMatchObject({ code: "HealthCheckInUse", status: 400 });
    run(run(gated, remove("gate")).cloud, remove("hc-1"));
  });

  test("one that record sets refer to may be deleted", () => {
    const record = a("h.example.com.", "192.0.2.1", { SetIdentifier: "x", Region: "us-east-1", HealthCheckId: "hc-1" });
    expect(run(withCheck(estate(record), "hc-1"), remove("hc-1")).output).toEqual({});
  });
});

test.each(["GetHealthCheck", "UpdateHealthCheck", "DeleteHealthCheck"])("%s of what is not there", (operation) => {
  expect(fault(estate(), call(operation, { HealthCheckId: "hc-9" }))).toMatchObject({
    code: "NoSuchHealthCheck",
    status: 404,
  });
});

test("ListHealthChecks in pages", () => {
  const cloud = ["a", "b", "c"].reduce((next, id) => withCheck(next, id), estate());
  const { output } = run(cloud, call("ListHealthChecks", { MaxItems: "2" }));
  expect(output).toMatchObject({
    HealthChecks: [{ Id: "a" }, { Id: "b" }],
    IsTruncated: true,
    NextMarker: "c",
    MaxItems: 2,
    Marker: "",
  });
  expect(run(cloud, call("ListHealthChecks", { Marker: "c" })).output).toMatchObject({
    HealthChecks: [{ Id: "c" }],
    IsTruncated: false,
    MaxItems: 100,
  });
});
