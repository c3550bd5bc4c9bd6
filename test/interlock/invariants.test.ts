import { describe, expect, test } from "vitest";
import type { Call } from "../../src/cloud/call.ts";
import type { Cloud, HealthCheckConfig, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { aliasTargetExists } from "../../src/interlock/invariants/alias-target-exists.ts";
import { certificateCoversHost } from "../../src/interlock/invariants/certificate-covers-host.ts";
import { clientClassesKeepAnswering } from "../../src/interlock/invariants/client-classes-keep-answering.ts";
import { healthChecksExist } from "../../src/interlock/invariants/health-checks-exist.ts";
import { healthyRegionStays } from "../../src/interlock/invariants/healthy-region-stays.ts";
import { managedNameHasAnswer } from "../../src/interlock/invariants/managed-name-has-answer.ts";
import { nameKeepsAnswering } from "../../src/interlock/invariants/name-keeps-answering.ts";
import { regionsRemoved } from "../../src/interlock/invariants/regions-removed.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import { ACCOUNT } from "../world/world.ts";
import { LIFTED, SHOP, records, standing, withCertificates, withoutDomain, withoutRecords } from "./estates.ts";

const codes = (at: Reachable): readonly string[] =>
  invariants.flatMap((each) => each.check?.(at) ?? []).map(({ code }) => code);

const refusing = (call: Call, at: Reachable): readonly string[] =>
  invariants.flatMap((each) => each.allows?.(call, at) ?? []).map(({ code }) => code);

const account = (at: Reachable): ReturnType<typeof accountOf> => accountOf(at.cloud, ACCOUNT);

function zoneIn(cloud: Cloud) {
  const [zone] = accountOf(cloud, ACCOUNT).zones;
  if (zone === undefined) throw new Error("no zone");
  return zone;
}

function withRecord(cloud: Cloud, record: RecordSet): Cloud {
  const zone = zoneIn(cloud);
  return withZone(cloud, ACCOUNT, { ...zone, recordSets: zone.recordSets.set(recordKey(record), record) });
}

/** Every health check that `which` takes, changed; or gone. */
function withChecks(
  cloud: Cloud,
  which: (config: HealthCheckConfig) => boolean,
  change?: Partial<HealthCheckConfig>,
): Cloud {
  const of = accountOf(cloud, ACCOUNT);
  let { healthChecks } = of;
  for (const check of of.healthChecks) {
    if (!which(check.HealthCheckConfig)) continue;
    healthChecks =
      change === undefined
        ? healthChecks.delete(check.Id)
        : healthChecks.set(check.Id, { ...check, HealthCheckConfig: { ...check.HealthCheckConfig, ...change } });
  }
  return withAccount(cloud, { ...of, healthChecks });
}

const isGate = (config: HealthCheckConfig): boolean => config.Type === "CALCULATED";
const isIn =
  (region: string) =>
  (config: HealthCheckConfig): boolean =>
    config.FullyQualifiedDomainName?.includes(region) === true;

describe("the invariants of states", () => {
  test("hold for an estate that stands", async () => {
    expect(codes(await standing())).toEqual([]);
  });

  test("NAME_GOES_DARK: the last record is gone; but not for a retired name, and not while another stands", async () => {
    const at = await standing();
    const dark = { ...at, cloud: withoutRecords(at.cloud, records(at.cloud)) };
    expect(nameKeepsAnswering.check(dark)).toMatchObject([{ code: "NAME_GOES_DARK", name: SHOP }]);
    expect(
      nameKeepsAnswering.check({ ...dark, names: dark.names.map((each) => ({ ...each, retired: true })) }),
    ).toEqual([]);
    expect(nameKeepsAnswering.check({ ...at, cloud: withoutRecords(at.cloud, records(at.cloud).slice(1)) })).toEqual(
      [],
    );
  });

  test("NAME_GOES_DARK: only clients near one Region get no answer", async () => {
    const at = await standing();
    // An alias that leads to another name of the zone where nothing stands: its Region's clients are led there.
    const [east] = [...zoneIn(at.cloud).recordSets].filter((each) => each.Type === "A");
    if (east?.AliasTarget === undefined) throw new Error("no record");
    const zone = zoneIn(at.cloud);
    const AliasTarget = { ...east.AliasTarget, HostedZoneId: zone.id, DNSName: "nowhere.example.com." };
    const { HealthCheckId: _none, ...rest } = east;
    const [violation] = nameKeepsAnswering.check({ ...at, cloud: withRecord(at.cloud, { ...rest, AliasTarget }) });
    expect(violation?.message).toMatch(/clients near .*us-east-1.* get no answer/u);
    expect(violation?.message).not.toContain("us-west-2");
  });

  test("a name that never answered cannot go dark", async () => {
    const at = await standing();
    const empty = withoutRecords(at.cloud, records(at.cloud));
    expect(codes({ ...at, cloud: empty, baseline: empty })).toEqual([]);
  });

  test("NAME_EMPTIED: the plan itself has published it, and takes everything again", async () => {
    const at = await standing();
    const emptied = withoutRecords(at.cloud, records(at.cloud));
    const zone = zoneIn(at.cloud);
    const keys = [...zone.recordSets].filter((each) => each.Type === "TXT" || each.Type === "A").map(recordKey);
    const before = { ...at, baseline: withoutRecords(at.cloud, keys) };
    expect(managedNameHasAnswer.check({ ...before, cloud: emptied })).toMatchObject([{ code: "NAME_EMPTIED" }]);
    expect(managedNameHasAnswer.check(before)).toEqual([]);
    expect(managedNameHasAnswer.check({ ...before, cloud: emptied, baseline: emptied })).toEqual([]);
  });

  test("TARGET_MISSING: a current answer leads nowhere", async () => {
    const at = await standing();
    expect(aliasTargetExists.check({ ...at, cloud: withoutDomain(at.cloud, "us-west-2") })).toMatchObject([
      { code: "TARGET_MISSING", viewpoint: "us-west-2" },
    ]);
  });

  test("TARGET_MISSING: an answer that resolvers still hold leads nowhere, until they have forgotten it", async () => {
    const at = await standing();
    const [, west] = records(at.cloud);
    const record = zoneIn(at.cloud).recordSets.get(west ?? "");
    if (west === undefined || record === undefined) throw new Error("no record");
    const cloud = withoutDomain(withoutRecords(at.cloud, [west]), "us-west-2");
    const held = { name: SHOP, record, until: at.cloud.now + 1 };
    expect(aliasTargetExists.check({ ...at, cloud, held: [held] })).toMatchObject([{ code: "TARGET_MISSING" }]);
    expect(aliasTargetExists.check({ ...at, cloud: { ...cloud, now: held.until }, held: [held] })).toEqual([]);
  });

  test("what was broken before is not held against the plan", async () => {
    const at = await standing();
    for (const broken of [
      withoutDomain(at.cloud, "us-west-2"),
      withCertificates(at.cloud, "us-west-2", { status: "EXPIRED" }),
      withCertificates(at.cloud, "us-west-2", { keyAlgorithm: "EC_prime256v1" }),
      withChecks(at.cloud, isIn("us-west-2")),
      withChecks(at.cloud, isGate, { Inverted: true }),
    ])
      expect(codes({ ...at, cloud: broken, baseline: broken })).toEqual([]);
  });

  test.each([
    ["expired by its status", { status: "EXPIRED" }],
    ["expired by its date", { notAfter: 0 }],
    ["of another name", { domains: [domainName("other.example.com")] }],
    ["a wildcard of another depth", { domains: [domainName("*.shop.example.com")] }],
  ])("CERTIFICATE_DOES_NOT_COVER: %s", async (_what, change) => {
    const at = await standing();
    expect(
      certificateCoversHost.check({ ...at, cloud: withCertificates(at.cloud, "us-east-1", change) }),
    ).toMatchObject([{ code: "CERTIFICATE_DOES_NOT_COVER", viewpoint: "us-east-1" }]);
  });

  test.each([
    ["RSA", "RSA_2048", "EC_prime256v1"],
    ["ECDSA", "EC_prime256v1", "RSA_2048"],
  ])("CLIENTS_SHUT_OUT: clients that take %s keys only, unless it is lifted", async (word, before, after) => {
    const at = await standing();
    const both = (cloud: Cloud, keyAlgorithm: string): Cloud =>
      withCertificates(withCertificates(cloud, "us-east-1", { keyAlgorithm }), "us-west-2", { keyAlgorithm });
    const baseline = both(at.cloud, before);
    const cloud = withCertificates(baseline, "us-east-1", { keyAlgorithm: after });
    const changed = { ...at, baseline, cloud };
    const [violation] = clientClassesKeepAnswering.check(changed);
    expect(violation?.message).toContain(`Clients that take ${word} keys only`);
    expect(clientClassesKeepAnswering.check({ ...changed, policy: LIFTED })).toEqual([]);
    expect(clientClassesKeepAnswering.check({ ...changed, cloud: baseline })).toEqual([]);
  });

  test("HEALTH_CHECK_MISSING: a gate, the check below it, and one that a held answer names", async () => {
    const at = await standing();
    expect(healthChecksExist.check({ ...at, cloud: withChecks(at.cloud, isGate) })).toHaveLength(2);
    expect(healthChecksExist.check({ ...at, cloud: withChecks(at.cloud, isIn("us-east-1")) })).toMatchObject([
      { code: "HEALTH_CHECK_MISSING", viewpoint: "us-east-1" },
    ]);
    const [east] = records(at.cloud);
    const record = zoneIn(at.cloud).recordSets.get(east ?? "");
    if (east === undefined || record === undefined) throw new Error("no record");
    const cloud = withChecks(withoutRecords(at.cloud, [east]), isIn("us-east-1"));
    const held = { name: SHOP, record, until: at.cloud.now + 1 };
    expect(healthChecksExist.check({ ...at, cloud })).toEqual([]);
    expect(healthChecksExist.check({ ...at, cloud, held: [held] })).toMatchObject([{ code: "HEALTH_CHECK_MISSING" }]);
  });

  test("LAST_HEALTHY_REGION: what is left is not healthy, and what went was", async () => {
    const at = await standing();
    const sick = withChecks(at.cloud, isIn("us-west-2"), { Inverted: true, Disabled: true });
    const [east = "", west = ""] = records(sick);
    const before = { ...at, baseline: sick };
    expect(healthyRegionStays.check({ ...before, cloud: sick })).toEqual([]);
    expect(healthyRegionStays.check({ ...before, cloud: withoutRecords(sick, [west]) })).toEqual([]);
    expect(healthyRegionStays.check({ ...before, cloud: withoutRecords(sick, [east]) })).toMatchObject([
      { code: "LAST_HEALTHY_REGION", viewpoint: "us-east-1" },
    ]);
  });

  test("TOO_MANY_REGIONS_GONE: more than the limit, unless it is lifted", async () => {
    const at = await standing();
    const [east = "", west = ""] = records(at.cloud);
    const one = { ...at, cloud: withoutRecords(at.cloud, [east]) };
    const two = { ...at, cloud: withoutRecords(at.cloud, [east, west]) };
    expect(regionsRemoved.check(one)).toEqual([]);
    expect(regionsRemoved.check({ ...one, policy: { ...at.policy, regionsRemovedPerRun: 0 } })).toHaveLength(1);
    expect(regionsRemoved.check(two)).toMatchObject([{ code: "TOO_MANY_REGIONS_GONE" }]);
    expect(regionsRemoved.check({ ...two, policy: LIFTED })).toEqual([]);
  });
});

describe("the invariants of calls", () => {
  const call = (service: Call["service"], operation: string, input: unknown, region = "us-east-1"): Call => ({
    account: ACCOUNT,
    region,
    service,
    operation,
    input,
  });
  const batch = (at: Reachable, Action: string, ...found: readonly RecordSet[]): Call =>
    call("route53", "ChangeResourceRecordSets", {
      HostedZoneId: zoneIn(at.cloud).id,
      ChangeBatch: { Changes: found.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) },
    });
  const recordsOf = (at: Reachable, type: string): readonly RecordSet[] =>
    [...zoneIn(at.cloud).recordSets].filter((each) => each.Type === type);
  const foreign: RecordSet = {
    Name: "www.example.com.",
    Type: "A",
    TTL: 60,
    ResourceRecords: [{ Value: "192.0.2.1" }],
  };

  test("allow what Signalbox does with its own", async () => {
    const at = await standing();
    expect(refusing(batch(at, "DELETE", ...recordsOf(at, "A"), ...recordsOf(at, "TXT")), at)).toEqual([]);
    expect(refusing(batch(at, "CREATE", foreign), at)).toEqual([]);
    for (const { Id } of account(at).healthChecks)
      expect(refusing(call("route53", "UpdateHealthCheck", { HealthCheckId: Id }), at)).toEqual([]);
    const domain = { domainName: "shop.example.com" };
    expect(refusing(call("apigateway", "DeleteDomainName", domain), at)).toEqual([]);
    expect(refusing(call("apigateway", "UpdateBasePathMapping", { ...domain, basePath: "v1" }), at)).toEqual([]);
    const unused = withoutDomain(at.cloud, "us-east-1");
    for (const { arn } of regionOf(unused, ACCOUNT, "us-east-1").certificates)
      expect(refusing(call("acm", "DeleteCertificate", { CertificateArn: arn }), { ...at, cloud: unused })).toEqual([]);
  });

  test("CERTIFICATE_IN_USE", async () => {
    const at = await standing();
    for (const { arn } of regionOf(at.cloud, ACCOUNT, "us-east-1").certificates)
      expect(refusing(call("acm", "DeleteCertificate", { CertificateArn: arn }), at)).toEqual(["CERTIFICATE_IN_USE"]);
  });

  test("VALIDATION_RECORD_LOST: while a certificate has the name, in whatever Region", async () => {
    const at = await standing();
    const [record] = recordsOf(at, "CNAME");
    if (record === undefined) throw new Error("no validation record");
    expect(refusing(batch(at, "DELETE", record), at)).toEqual(["VALIDATION_RECORD_LOST"]);
    const other = { domains: [domainName("other.example.com")] };
    const one = withCertificates(at.cloud, "us-east-1", other);
    expect(refusing(batch(at, "DELETE", record), { ...at, cloud: one })).toEqual(["VALIDATION_RECORD_LOST"]);
    const none = withCertificates(one, "us-west-2", other);
    expect(refusing(batch(at, "DELETE", record), { ...at, cloud: none })).toEqual([]);
  });

  test("DRILL_DISTURBED: a gate whose threshold is above the number of its children", async () => {
    const at = await standing();
    const drilled = { ...at, cloud: withChecks(at.cloud, isGate, { HealthThreshold: 256 }) };
    for (const { Id, HealthCheckConfig } of account(drilled).healthChecks)
      for (const operation of ["UpdateHealthCheck", "DeleteHealthCheck"])
        expect(refusing(call("route53", operation, { HealthCheckId: Id }), drilled)).toEqual(
          isGate(HealthCheckConfig) ? ["DRILL_DISTURBED"] : [],
        );
  });

  test.each([
    ["the apex's NS", "example.com.", "NS", true],
    ["the apex's SOA", "example.com.", "SOA", true],
    ["DS", "sub.example.com.", "DS", true],
    ["a delegation below the apex", "sub.example.com.", "NS", false],
  ] as const)("ZONE_TOUCHED: %s", async (_what, Name, Type, isTouched) => {
    const at = await standing();
    const record = { Name, Type, TTL: 60, ResourceRecords: [{ Value: "x.example.net." }] } as RecordSet;
    expect(refusing(batch(at, "CREATE", record), at)).toEqual(isTouched ? ["ZONE_TOUCHED"] : []);
  });

  test("ZONE_TOUCHED: the hosted zone itself", async () => {
    const at = await standing();
    const input = { Id: zoneIn(at.cloud).id };
    expect(refusing(call("route53", "DeleteHostedZone", input), at)).toEqual(["ZONE_TOUCHED"]);
    expect(refusing(call("route53", "GetHostedZone", input), at)).toEqual([]);
  });

  test("FOREIGN_TOUCHED: a record set that no marker of ours lists", async () => {
    const at = await standing();
    const cloud = withRecord(at.cloud, foreign);
    expect(refusing(batch(at, "DELETE", foreign), { ...at, cloud })).toEqual(["FOREIGN_TOUCHED"]);
    expect(refusing(batch(at, "UPSERT", foreign), { ...at, cloud })).toEqual(["FOREIGN_TOUCHED"]);
  });

  test("FOREIGN_TOUCHED: everything of ours is another manifest's", async () => {
    const at = { ...(await standing()), owner: { manifest: "another", scope: "000000" } };
    const domain = { domainName: "shop.example.com" };
    const unused = { ...at, cloud: withoutDomain(at.cloud, "us-west-2") };
    const [check] = account(at).healthChecks;
    const [certificate] = regionOf(unused.cloud, ACCOUNT, "us-west-2").certificates;
    for (const [each, seen] of [
      [batch(at, "DELETE", ...recordsOf(at, "A").slice(0, 1)), at],
      [batch(at, "DELETE", ...recordsOf(at, "TXT")), at],
      [call("route53", "DeleteHealthCheck", { HealthCheckId: check?.Id }), at],
      [call("acm", "DeleteCertificate", { CertificateArn: certificate?.arn }, "us-west-2"), unused],
      [call("apigateway", "UpdateDomainName", domain), at],
      [
        call("apigateway", "TagResource", {
          resourceArn: "arn:aws:apigateway:us-east-1::/domainnames/shop.example.com",
          tags: {},
        }),
        at,
      ],
    ] as const)
      expect(refusing(each, seen)).toEqual(["FOREIGN_TOUCHED"]);
  });

  test("FOREIGN_TOUCHED: a mapping of our domain that is not ours", async () => {
    const at = await standing();
    const state = regionOf(at.cloud, ACCOUNT, "us-east-1");
    const domain = state.domains.get(SHOP);
    if (domain?.mappings === undefined) throw new Error("no domain");
    const mappings = domain.mappings.set("theirs", { basePath: "theirs", restApiId: "abcdefghij" });
    const domains = state.domains.set(SHOP, { ...domain, mappings });
    const shared = { ...at, cloud: withRegion(at.cloud, ACCOUNT, { ...state, domains }) };
    const domainNamed = { domainName: "shop.example.com" };
    for (const each of [
      call("apigateway", "DeleteDomainName", domainNamed),
      call("apigateway", "DeleteBasePathMapping", { ...domainNamed, basePath: "theirs" }),
    ])
      expect(refusing(each, shared)).toEqual(["FOREIGN_TOUCHED"]);
  });

  test.each([
    ["records", 1_001, 10],
    ["characters", 9, 3_900],
  ])("BATCH_TOO_LARGE: %s", async (_what, count, length) => {
    const at = await standing();
    const many = Array.from({ length: count }, (_each, place) => ({
      ...foreign,
      Name: `n${place}.example.com.`,
      ResourceRecords: [{ Value: "x".repeat(length) }],
    }));
    expect(refusing(batch(at, "CREATE", ...many), at)).toEqual(["BATCH_TOO_LARGE"]);
    expect(refusing(batch(at, "CREATE", ...many.slice(0, 8)), at)).toEqual([]);
  });
});
