import { describe, expect, test } from "vitest";
import type { Call, Service } from "../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { withNow } from "../../src/cloud/tick.ts";
import { fold } from "../../src/execute/fold.ts";
import { converged } from "../world/estate.ts";
import { storefront } from "../world/storefront.ts";
import { ACCOUNT, prepare, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

const EAST = "us-east-1";

const calling = (service: Service, operation: string, input: unknown): Call => ({
  account: ACCOUNT,
  region: EAST,
  service,
  operation,
  input,
});

/** An AWS with the zone and the APIs, and what a run knows of it before its first write. */
function bare(): { into: World; known: Cloud } {
  const into = world();
  prepare(into, storefront);
  return { into, known: into.emulator.cloud() };
}

/** What AWS answers. It must accept the call. */
function answered(into: World, call: Call): unknown {
  const outcome = into.emulator.call(call);
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.output;
}

/** What is known when AWS has acknowledged the call. */
function acknowledged(into: World, known: Cloud, call: Call): Cloud {
  const folded = fold(known, call, answered(into, call));
  if (!folded.ok) throw new Error(folded.fault.message);
  return folded.cloud;
}

const zoneId = (cloud: Cloud): string => [...accountOf(cloud, ACCOUNT).zones][0]?.id ?? "";

const record: RecordSet = { Name: "www.example.com.", Type: "A", TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] };

const change = (cloud: Cloud, action: string): Call =>
  calling("route53", "ChangeResourceRecordSets", {
    HostedZoneId: zoneId(cloud),
    ChangeBatch: { Changes: [{ Action: action, ResourceRecordSet: record }] },
  });

const check = calling("route53", "CreateHealthCheck", {
  CallerReference: "one",
  HealthCheckConfig: {
    Type: "HTTPS",
    FullyQualifiedDomainName: "d.example.com",
    Port: 443,
    RequestInterval: 30,
    FailureThreshold: 3,
  },
});
const certificate = calling("acm", "RequestCertificate", {
  DomainName: "shop.example.com",
  ValidationMethod: "DNS",
  IdempotencyToken: "t1",
});

describe("what AWS acknowledged is overlaid, with the identifiers that AWS gave", () => {
  test("CreateHealthCheck", () => {
    const { into, known } = bare();
    const after = accountOf(acknowledged(into, known, check), ACCOUNT);
    const real = accountOf(into.emulator.cloud(), ACCOUNT);
    expect([...after.healthChecks]).toEqual([...real.healthChecks]);
    expect(after.callerReferences.get("one")).toEqual({ id: [...real.healthChecks][0]?.Id, burnt: false });
    expect(accountOf(known, ACCOUNT).healthChecks.size).toBe(0);
  });

  test("RequestCertificate", () => {
    const { into, known } = bare();
    const [made] = regionOf(acknowledged(into, known, certificate), ACCOUNT, EAST).certificates;
    const [real] = regionOf(into.emulator.cloud(), ACCOUNT, EAST).certificates;
    expect(made).toMatchObject({ arn: real?.arn, domains: real?.domains, status: "PENDING_VALIDATION" });
  });

  test("CreateDomainName, with the regional name and zone", async () => {
    const into = await converged();
    const known = into.emulator.cloud();
    const [old] = regionOf(known, ACCOUNT, EAST).domains;
    const unmapped = acknowledged(
      into,
      known,
      calling("apigateway", "DeleteBasePathMapping", { domainName: "shop.example.com", basePath: "v1" }),
    );
    const gone = acknowledged(
      into,
      unmapped,
      calling("apigateway", "DeleteDomainName", { domainName: "shop.example.com" }),
    );
    expect(regionOf(gone, ACCOUNT, EAST).domains.size).toBe(0);
    const again = calling("apigateway", "CreateDomainName", {
      domainName: "shop.example.com",
      regionalCertificateArn: old?.regionalCertificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    const [made] = regionOf(acknowledged(into, gone, again), ACCOUNT, EAST).domains;
    const [real] = regionOf(into.emulator.cloud(), ACCOUNT, EAST).domains;
    expect(made).toEqual(real);
    expect(made?.regionalDomainName).not.toBe(old?.regionalDomainName);
    expect(made?.regionalHostedZoneId).toBe(old?.regionalHostedZoneId);
  });

  test("ChangeResourceRecordSets, with the change's id", () => {
    const { into, known } = bare();
    const after = accountOf(acknowledged(into, known, change(known, "CREATE")), ACCOUNT);
    const real = accountOf(into.emulator.cloud(), ACCOUNT);
    expect([...(after.zones.get(zoneId(known))?.recordSets ?? [])]).toEqual([
      ...(real.zones.get(zoneId(known))?.recordSets ?? []),
    ]);
    expect([...after.changes].map(({ id }) => id).toSorted()).toEqual([...real.changes].map(({ id }) => id).toSorted());
  });
});

describe("a change of a zone", () => {
  const idsOf = (cloud: Cloud): ReadonlySet<string> =>
    new Set([...accountOf(cloud, ACCOUNT).changes].map(({ id }) => id));

  test("is not INSYNC, however late it is, until GetChange says so", () => {
    const { into, known } = bare();
    const before = idsOf(known);
    const pending = acknowledged(into, known, change(known, "CREATE"));
    const [id = ""] = [...idsOf(pending)].filter((each) => !before.has(each));
    const insyncAt = (cloud: Cloud): number | undefined => accountOf(cloud, ACCOUNT).changes.get(id)?.insyncAt;
    expect(insyncAt(pending)).toBe(Infinity);
    expect(insyncAt(withNow(pending, pending.now + 86_400_000))).toBe(Infinity);

    const ask = calling("route53", "GetChange", { Id: id });
    const early = acknowledged(into, pending, ask);
    expect(insyncAt(early)).toBe(Infinity);
    into.emulator.advance(into.emulator.now() + 30_000);
    into.emulator.advance(into.emulator.now() + 30_000);
    const late = acknowledged(into, withNow(early, into.emulator.now()), ask);
    expect(insyncAt(late)).toBeLessThanOrEqual(late.now);
  });

  test("that was INSYNC stays so when another one is made", () => {
    const { into, known } = bare();
    const settled = idsOf(known);
    expect(settled.size).toBe(1);
    const after = acknowledged(into, acknowledged(into, known, change(known, "CREATE")), change(known, "DELETE"));
    const [first, second] = [...accountOf(after, ACCOUNT).changes].filter(({ id }) => !settled.has(id));
    expect([first?.insyncAt, second?.insyncAt]).toEqual([Infinity, Infinity]);
    for (const id of settled)
      expect(accountOf(after, ACCOUNT).changes.get(id)).toEqual(accountOf(known, ACCOUNT).changes.get(id));
  });
});

describe("reads", () => {
  test("are absorbed: what they show is known, and counts over what was known", () => {
    const { into, known } = bare();
    answered(into, certificate);
    const listed = acknowledged(
      into,
      known,
      calling("acm", "ListCertificates", { Includes: { keyTypes: ["RSA_2048"] } }),
    );
    expect([...regionOf(listed, ACCOUNT, EAST).certificates].map(({ arn }) => arn)).toEqual(
      [...regionOf(into.emulator.cloud(), ACCOUNT, EAST).certificates].map(({ arn }) => arn),
    );

    answered(into, change(known, "CREATE"));
    const zone = calling("route53", "ListResourceRecordSets", { HostedZoneId: zoneId(known) });
    const shown = acknowledged(into, known, zone);
    expect([...(accountOf(shown, ACCOUNT).zones.get(zoneId(known))?.recordSets ?? [])]).toContainEqual(record);
    answered(into, change(known, "DELETE"));
    const again = acknowledged(into, shown, zone);
    expect([...(accountOf(again, ACCOUNT).zones.get(zoneId(known))?.recordSets ?? [])]).not.toContainEqual(record);
  });

  test("a probe that passed is remembered", async () => {
    const into = await converged();
    const [domain] = regionOf(into.emulator.cloud(), ACCOUNT, EAST).domains;
    const probe = calling("probe", "Probe", {
      address: { host: domain?.regionalDomainName },
      sni: "shop.example.com",
      host: "shop.example.com",
      path: "/v1",
    });
    const { known } = bare();
    const folded = fold(known, probe, {});
    expect(folded.ok && regionOf(folded.cloud, ACCOUNT, EAST).probes.size).toBe(1);
  });
});

describe("what the model refuses and AWS is said to have accepted", () => {
  const rows: readonly (readonly [string, (known: Cloud) => Call, string])[] = [
    ["a record deleted that is not there", (known) => change(known, "DELETE"), "InvalidChangeBatch"],
    [
      "a health check of nonsense",
      () => calling("route53", "CreateHealthCheck", { CallerReference: "x", HealthCheckConfig: { Type: "HTTPS" } }),
      "InvalidInput",
    ],
    [
      "a domain with a certificate that does not exist",
      () =>
        calling("apigateway", "CreateDomainName", {
          domainName: "shop.example.com",
          regionalCertificateArn: `arn:aws:acm:${EAST}:${ACCOUNT}:certificate/none`,
          endpointConfiguration: { types: ["REGIONAL"] },
        }),
      "BadRequestException",
    ],
    ["an operation that is not modelled", () => calling("route53", "CreateTrafficPolicy", {}), "NotEmulated"],
  ];
  test.each(rows)("%s: not ok, with the model's fault", (_what, callOf, code) => {
    const { known } = bare();
    expect(fold(known, callOf(known), {})).toMatchObject({ ok: false, fault: { code } });
  });
});
