import { describe, expect, test } from "vitest";
import { modelledOperations, step } from "../../src/cloud/step.ts";
import { hashIds } from "../../src/cloud/ids.ts";
import { ACCOUNT, call, world } from "./world.ts";

describe("step", () => {
  test.each([
    ["sts", "GetCallerIdentity", { Account: ACCOUNT }],
    ["acm", "ListCertificates", { CertificateSummaryList: [] }],
    ["apigateway", "GetDomainNames", {}],
    ["tagging", "GetResources", { ResourceTagMappingList: [] }],
    ["route53", "ListHostedZones", { HostedZones: [] }],
  ] as const)("%s:%s is found", (service, operation, output) => {
    expect(step(world(), call(service, operation, {}), hashIds(""))).toMatchObject({ ok: true, output });
  });

  test.each([
    ["acm", "ImportCertificate"],
    ["apigateway", "ImportRestApi"],
    ["route53", "CreateTrafficPolicy"],
    ["acm", "toString"],
    ["probe", "GetCallerIdentity"],
  ] as const)("%s:%s is refused by name", (service, operation) => {
    const result = step(world(), call(service, operation, {}), hashIds(""));
    expect(result).toMatchObject({ ok: false, fault: { code: "NotEmulated", status: 501 } });
    expect(JSON.stringify(result)).toContain(operation);
  });

  test("lists what it models", () => {
    const all = modelledOperations();
    expect(all).toEqual(
      expect.arrayContaining([
        "acm:RequestCertificate",
        "apigateway:GetTags",
        "probe:Probe",
        "route53:ChangeResourceRecordSets",
      ]),
    );
    expect(all).toEqual(all.toSorted());
  });
});
