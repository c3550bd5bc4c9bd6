import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import { API_GATEWAY_TIMES } from "../../../src/cloud/apigateway/limits.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { nextDue, tick, withNow } from "../../../src/cloud/tick.ts";
import {
  START,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  here,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

const DUE = START + API_GATEWAY_TIMES.updateTakes;
const cloud = withDomains(withCertificates(world(), certificate()), apiDomain({ mappings: undefined }));
const update = call("apigateway", "UpdateDomainName", {
  domainName: "api.example.com",
  patchOperations: [{ op: "replace", path: "/securityPolicy", value: "TLS_1_0" }],
});
const updating = does(cloud, update).cloud;
const domain = (at: Cloud) => here(at).domains.get("api.example.com.");

// Source: API Gateway API reference "DomainName" (domainNameStatus).
describe("a domain that is being updated", () => {
  test("shows its new settings, and is AVAILABLE some time later", () => {
    expect(domain(updating)).toMatchObject({ status: "UPDATING", securityPolicy: "TLS_1_0" });
    expect(nextDue(updating)).toBe(DUE);
    expect(domain(tick(updating, DUE - 1))?.status).toBe("UPDATING");
    const done = tick(updating, DUE);
    expect(domain(done)).toEqual({ ...domain(cloud), securityPolicy: "TLS_1_0" });
    expect(nextDue(done)).toBe(nextDue(tick(cloud, DUE)));
  });

  test.each([
    ["UpdateDomainName", update],
    ["DeleteDomainName", call("apigateway", "DeleteDomainName", { domainName: "api.example.com" })],
  ])("refuses %s, and takes it afterwards", (_, other) => {
    expect(fails(updating, other)).toEqual({
      code: "ConflictException",
      message: "There is already an update in progress",
      status: 409,
    });
    does(tick(updating, DUE), other);
  });

  test("still takes tags", () => {
    const input = { resourceArn: "arn:aws:apigateway:us-east-1::/domainnames/api.example.com", tags: { a: "b" } };
    expect(domain(does(updating, call("apigateway", "TagResource", input)).cloud)).toMatchObject({
      status: "UPDATING",
      tags: { a: "b" },
    });
  });

  test("patches that change nothing start no update", () => {
    const same = { path: "/securityPolicy", value: "TLS_1_2", op: "replace" };
    const input = { domainName: "api.example.com", patchOperations: [same] };
    const result = does(cloud, call("apigateway", "UpdateDomainName", input));
    expect(result.output).toMatchObject({ domainNameStatus: "AVAILABLE" });
    expect(result.cloud).toBe(cloud);
  });
});

describe("what is read of it", () => {
  const get = call("apigateway", "GetDomainName", { domainName: "api.example.com" });
  const told = (status: string, at: Cloud) =>
    domain(absorb(at, get, { ...does(updating, get).output, domainNameStatus: status }));

  test.each([
    ["seen for the first time, is counted on to be over in a while", "UPDATING", cloud, DUE],
    ["known to be under way, keeps its time", "UPDATING", withNow(updating, START + 1_000), DUE],
    [
      "longer under way than it should be, is given more time",
      "UPDATING",
      withNow(updating, DUE),
      DUE + API_GATEWAY_TIMES.updateTakes,
    ],
    ["told to be over, is over", "AVAILABLE", updating, undefined],
  ])("an update that is %s", (_, status, at, due) => {
    expect(told(status, at)).toMatchObject({ status });
    expect(told(status, at)?.updateDueAt).toBe(due);
  });
});
