import { describe, expect, test } from "vitest";
import { diverged, outputDivergence } from "../../src/execute/divergence.ts";
import type { Call } from "../../src/cloud/call.ts";
import { reconcile } from "../world/world.ts";
import { quicker, codesOf, live, worldWhere } from "./estates.ts";

const call = (operation: string, input: unknown): Call => ({
  account: "111122223333",
  region: "us-east-1",
  service: "route53",
  operation,
  input,
});

const sentCheck = { Type: "HTTPS", FullyQualifiedDomainName: "a.test", ResourcePath: "/ok", FailureThreshold: 3 };
const create = call("CreateHealthCheck", { CallerReference: "sb1.m.1.1", HealthCheckConfig: sentCheck });
const check = { Id: "c1", CallerReference: "sb1.m.1.1", HealthCheckVersion: 1, HealthCheckConfig: sentCheck };
const update = call("UpdateHealthCheck", { HealthCheckId: "c1", HealthCheckVersion: 4, ResourcePath: "/new" });
const newPath = { ...sentCheck, ResourcePath: "/new" };
const domain = call("CreateDomainName", {
  domainName: "shop.example.com",
  regionalCertificateArn: "arn:1",
  securityPolicy: "TLS_1_2",
});
const made = {
  domainName: "Shop.example.com",
  regionalDomainName: "d-1.execute-api.us-east-1.amazonaws.com",
  regionalHostedZoneId: "Z1",
  regionalCertificateArn: "arn:1",
  securityPolicy: "TLS_1_2",
  domainNameStatus: "AVAILABLE",
};
const mapping = call("CreateBasePathMapping", { domainName: "a.test", basePath: "v1", restApiId: "r1", stage: "prod" });
const batch = call("ChangeResourceRecordSets", {});
const certificate = call("RequestCertificate", { DomainName: "a.test" });

describe("an answer that the run can go on from is no divergence", () => {
  test.each<readonly [string, Call, unknown]>([
    ["a batch on its way", batch, { ChangeInfo: { Id: "/change/C1", Status: "PENDING" } }],
    ["a batch that is everywhere at once", batch, { ChangeInfo: { Id: "/change/C1", Status: "INSYNC" } }],
    ["more than the model tells", batch, { ChangeInfo: { Id: "C1", Comment: "x", New: 1 }, Besides: true }],
    ["a check", create, { HealthCheck: check }],
    [
      "defaults beside what was sent",
      create,
      { HealthCheck: { ...check, HealthCheckConfig: { ...sentCheck, Inverted: false } } },
    ],
    ["the check of a repeated request, updated since", create, { HealthCheck: { ...check, HealthCheckVersion: 7 } }],
    ["the next version", update, { HealthCheck: { ...check, HealthCheckVersion: 5, HealthCheckConfig: newPath } }],
    ["a later one", update, { HealthCheck: { ...check, HealthCheckVersion: 6, HealthCheckConfig: newPath } }],
    ["a certificate", certificate, { CertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/x" }],
    ["a domain, its name in capitals", domain, made],
    ["a domain without a status", domain, { ...made, domainNameStatus: undefined }],
    ["a domain that is updated", domain, { ...made, domainNameStatus: "UPDATING" }],
    ["a mapping", mapping, { basePath: "v1", restApiId: "r1", stage: "prod" }],
    ["an operation without rules", call("DeleteHealthCheck", {}), undefined],
  ])("%s", (_what, of, output) => {
    expect(outputDivergence(of, output)).toBeUndefined();
  });
});

describe("an answer that is not the model's, where it matters", () => {
  test.each<readonly [string, Call, unknown, string]>([
    ["no change to ask after", batch, { ChangeInfo: { Status: "PENDING" } }, "ChangeInfo.Id is missing"],
    ["nothing at all", batch, undefined, "ChangeInfo.Id is missing"],
    ["an unheard-of status", batch, { ChangeInfo: { Id: "C1", Status: "FAILED" } }, 'ChangeInfo.Status is "FAILED"'],
    ["no id", create, { HealthCheck: { ...check, Id: undefined } }, "HealthCheck.Id is missing"],
    ["another reference", create, { HealthCheck: { ...check, CallerReference: "z" } }, 'CallerReference is "z"'],
    [
      "another path",
      create,
      { HealthCheck: { ...check, HealthCheckConfig: { ...sentCheck, ResourcePath: "/" } } },
      'HealthCheck.HealthCheckConfig.ResourcePath is "/", and "/ok" was sent',
    ],
    [
      "no version",
      create,
      { HealthCheck: { ...check, HealthCheckVersion: undefined } },
      "HealthCheckVersion is undefined",
    ],
    [
      "a version that did not grow",
      update,
      { HealthCheck: { ...check, HealthCheckVersion: 4 } },
      'ResourcePath is "/ok"',
    ],
    [
      "a version that did not grow, with the settings",
      update,
      { HealthCheck: { ...check, HealthCheckVersion: 4, HealthCheckConfig: newPath } },
      "HealthCheck.HealthCheckVersion is 4 after version 4",
    ],
    ["another check", update, { HealthCheck: { ...check, Id: "c2", HealthCheckVersion: 5 } }, 'HealthCheck.Id is "c2"'],
    ["no ARN", certificate, { CertificateArn: "" }, "CertificateArn is missing"],
    ["no host to point to", domain, { ...made, regionalDomainName: undefined }, "regionalDomainName is missing"],
    ["no zone of the host", domain, { ...made, regionalHostedZoneId: undefined }, "regionalHostedZoneId is missing"],
    ["another certificate", domain, { ...made, regionalCertificateArn: "arn:2" }, 'regionalCertificateArn is "arn:2"'],
    ["a domain that failed", domain, { ...made, domainNameStatus: "FAILED" }, 'domainNameStatus is "FAILED"'],
    [
      "a domain that waits for a proof of ownership",
      domain,
      { ...made, domainNameStatus: "PENDING_OWNERSHIP_VERIFICATION" },
      'domainNameStatus is "PENDING_OWNERSHIP_VERIFICATION"',
    ],
    ["another API", mapping, { basePath: "v1", restApiId: "r2", stage: "prod" }, 'restApiId is "r2"'],
  ])("%s", (_what, of, output, words) => {
    expect(outputDivergence(of, output)).toContain(words);
  });

  test("is said with the code, and what to do", () => {
    expect(diverged("route53:X", "why")).toMatchObject({ code: "MODEL_DIVERGENCE", severity: "error", message: "why" });
  });

  test("stops the run, and nothing more is sent", async () => {
    const into = worldWhere(live, async (sent, send) => {
      const answer = await send(sent);
      if (sent.operation !== "CreateHealthCheck" || answer.ok !== true) return answer;
      const output = answer.output as { readonly HealthCheck: object };
      return { ...answer, output: { HealthCheck: { ...output.HealthCheck, Id: "" } } };
    });
    const done = await reconcile(into, quicker);
    expect({ outcome: done.outcome, codes: codesOf(done), writes: done.writes }).toEqual({
      outcome: "diverged",
      codes: ["MODEL_DIVERGENCE"],
      writes: 1,
    });
    expect(done.diagnostics[0]?.message).toBe(
      "AWS's answer to CreateHealthCheck is not the model's: HealthCheck.Id is missing.",
    );
  });
});
