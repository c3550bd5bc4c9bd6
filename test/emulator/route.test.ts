import { expect, test } from "vitest";
import { routeRest } from "../../src/emulator/route.ts";
import { loadModel } from "../../src/emulator/sdk-models.ts";

test.each([
  ["route53", "POST", "/2013-04-01/hostedzone/Z1/rrset", "", "ChangeResourceRecordSets", { HostedZoneId: "Z1" }],
  ["route53", "POST", "/2013-04-01/hostedzone/Z1/rrset/", "", "ChangeResourceRecordSets", { HostedZoneId: "Z1" }],
  ["route53", "GET", "/2013-04-01/hostedzone/Z1/rrset", "name=a.b", "ListResourceRecordSets", { HostedZoneId: "Z1" }],
  ["route53", "GET", "/2013-04-01/hostedzonecount", "", "GetHostedZoneCount", {}],
  ["apigateway", "GET", "/domainnames/%2A.example.com", "", "GetDomainName", { domainName: "*.example.com" }],
  ["apigateway", "POST", "/restapis", "", "CreateRestApi", {}],
  ["apigateway", "POST", "/restapis", "mode=import", "ImportRestApi", {}],
  ["apigateway", "DELETE", "/nothing", "", undefined, undefined],
] as const)("%s %s %s?%s is %s", async (service, method, path, query, operation, labels) => {
  const routed = routeRest(await loadModel(service), method, path, new URLSearchParams(query));
  expect(routed?.operation.name).toBe(operation);
  expect(routed && Object.fromEntries(routed.labels)).toEqual(labels);
});
