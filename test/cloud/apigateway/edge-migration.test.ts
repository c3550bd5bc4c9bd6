import { describe, expect, test } from "vitest";
import { absorb } from "../../../src/cloud/absorb.ts";
import { API_GATEWAY_TIMES } from "../../../src/cloud/apigateway/limits.ts";
import { tick } from "../../../src/cloud/tick.ts";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { ARN, call, certificate, does, fails, here, name, withCertificates, world } from "../world.ts";

const API = name("api.example.com");
const start = withCertificates(world(), certificate());

const create = (over: object = {}) =>
  call("apigateway", "CreateDomainName", {
    domainName: "api.example.com",
    certificateArn: ARN,
    endpointConfiguration: { types: ["EDGE"] },
    ...over,
  });

const update = (...patchOperations: { op: string; path: string; value?: string }[]) =>
  call("apigateway", "UpdateDomainName", { domainName: "api.example.com", patchOperations });

const ADD = { op: "add", path: "/endpointConfiguration/types", value: "REGIONAL" };
const BIND = { op: "add", path: "/regionalCertificateArn", value: ARN };
const REMOVE = { op: "remove", path: "/endpointConfiguration/types", value: "EDGE" };

const later = (cloud: Cloud): Cloud => tick(cloud, cloud.now + API_GATEWAY_TIMES.updateTakes);
const edge = does(start, create());
const both = does(edge.cloud, update(ADD, BIND));

// Source: API Gateway guide "Migrate a custom domain name to a different API endpoint type".
describe("an edge-optimized domain becomes regional", () => {
  test("it is led to by its distribution, in the zone of all distributions", () => {
    expect(edge.output).toMatchObject({
      distributionHostedZoneId: "Z2FDTNDATAQYW2",
      certificateArn: ARN,
      endpointConfiguration: { types: ["EDGE"] },
      domainNameStatus: "AVAILABLE",
    });
    expect(edge.output).not.toHaveProperty("regionalDomainName");
  });
  test("the regional endpoint is added beside it", () => {
    expect(both.output).toMatchObject({
      distributionDomainName: (edge.output as { distributionDomainName: string }).distributionDomainName,
      regionalCertificateArn: ARN,
      endpointConfiguration: { types: ["EDGE", "REGIONAL"] },
      domainNameStatus: "UPDATING",
    });
    expect(both.output).toHaveProperty("regionalDomainName");
  });
  test("and then the old one is removed", () => {
    const { output, cloud } = does(later(both.cloud), update(REMOVE));
    expect(output).toMatchObject({ endpointConfiguration: { types: ["REGIONAL"] } });
    expect(output).not.toHaveProperty("distributionDomainName");
    expect(here(cloud).domains.get(API)?.regionalDomainName).toBe(
      (both.output as { regionalDomainName: string }).regionalDomainName,
    );
  });
  test("what was read of it is what there is", () => {
    for (const { cloud, output } of [edge, both]) {
      const read = absorb(start, call("apigateway", "GetDomainName", { domainName: "api.example.com" }), output);
      const { updateDueAt: _due, mappings: _mappings, ...is } = here(cloud).domains.get(API) ?? {};
      expect(here(read).domains.get(API)).toMatchObject(is);
    }
  });
  test.each<[string, Cloud, ReturnType<typeof call>, string]>([
    ["without a certificate for it", edge.cloud, update(ADD), "BadRequestException"],
    ["while it is being updated", both.cloud, update(REMOVE), "ConflictException"],
    ["away from its only type", edge.cloud, update(REMOVE), "NotEmulated"],
    ["back to edge-optimized", later(both.cloud), update({ ...ADD, value: "EDGE" }), "NotEmulated"],
    ["with a certificate that does not exist", start, create({ certificateArn: `${ARN}0` }), "BadRequestException"],
  ])("not %s", (_what, cloud, made, code) => {
    expect(fails(cloud, made).code).toBe(code);
  });
});
