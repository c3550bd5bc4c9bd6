import { expect, test } from "vitest";
import { hashIds } from "../../../src/cloud/ids.ts";
import { step } from "../../../src/cloud/step.ts";
import { call, world } from "../world.ts";

// Source: API Gateway API reference, each operation's page.
test.each<[string, object, string]>([
  ["CreateDomainName", { securityPolicy: "TLS_1_3" }, "securityPolicy"],
  ["CreateDomainName", { endpointAccessMode: "LOOSE" }, "endpointAccessMode"],
  ["CreateDomainName", { routingMode: "NONE" }, "routingMode"],
  ["CreateDomainName", { endpointConfiguration: { types: ["LOCAL"] } }, "endpointConfiguration.types.1.member"],
  ["CreateDomainName", { endpointConfiguration: { ipAddressType: "ipv6" } }, "endpointConfiguration.ipAddressType"],
  ["GetDomainNames", { resourceOwner: "ANYBODY" }, "resourceOwner"],
  ["UpdateDomainName", { patchOperations: [{ op: "put", path: "/routingMode" }] }, "patchOperations.1.member.op"],
  ["UpdateBasePathMapping", { patchOperations: [{ op: "put", path: "/stage" }] }, "patchOperations.1.member.op"],
  ["CreateRestApi", { apiKeySource: "COOKIE" }, "apiKeySource"],
  ["UpdateRestApi", { patchOperations: [{ op: "put", path: "/name" }] }, "patchOperations.1.member.op"],
])("%s %j breaks the constraint of %s", (operation, input, member) => {
  expect(step(world(), call("apigateway", operation, input), hashIds(""))).toMatchObject({
    ok: false,
    fault: { code: "BadRequestException", status: 400, message: expect.stringContaining(`at '${member}'`) },
  });
});
