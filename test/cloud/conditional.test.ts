import { describe, expect, test } from "vitest";
import { isConditional, isRead } from "../../src/cloud/conditional.ts";

const batch = (...actions: string[]): unknown => ({ ChangeBatch: { Changes: actions.map((Action) => ({ Action })) } });

describe("isConditional", () => {
  test.each<[string, unknown, boolean]>([
    ["ChangeResourceRecordSets", batch("DELETE", "CREATE"), true],
    ["ChangeResourceRecordSets", batch("DELETE", "UPSERT"), false],
    ["UpdateHealthCheck", { HealthCheckVersion: 3 }, true],
    ["UpdateHealthCheck", {}, false],
    ["CreateHealthCheck", {}, true],
    ["CreateDomainName", {}, true],
    ["CreateBasePathMapping", {}, true],
    ["UpdateDomainName", {}, false],
    ["DeleteDomainName", {}, false],
    ["UpdateBasePathMapping", {}, false],
    ["DeleteBasePathMapping", {}, false],
    ["DeleteCertificate", {}, false],
    ["RequestCertificate", { IdempotencyToken: "t" }, false],
    ["UpdateDistribution", { IfMatch: "E1" }, true],
    ["PublishFunction", { IfMatch: "E1" }, true],
    ["CreateFunction", {}, true],
    ["TagResource", {}, false],
    ["DeleteHealthCheck", {}, false],
  ])("%s %j: %s", (operation, input, expected) => expect(isConditional({ operation, input })).toBe(expected));
});

describe("isRead", () => {
  test.each([
    ["GetDomainName", true],
    ["ListCertificates", true],
    ["DescribeCertificate", true],
    ["TestDNSAnswer", true],
    ["Probe", true],
    ["DeleteCertificate", false],
    ["UntagResource", false],
    ["ChangeResourceRecordSets", false],
  ])("%s: %s", (operation, expected) => expect(isRead({ operation })).toBe(expected));
});
