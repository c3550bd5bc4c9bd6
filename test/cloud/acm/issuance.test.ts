import { describe, expect, test } from "vitest";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import { validationRecord, validationRecords } from "../../../src/cloud/acm/validation.ts";
import type { Certificate, Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { HOUR, MINUTE, SECOND } from "../../../src/cloud/instant.ts";
import { withRegion, withZone } from "../../../src/cloud/edit.ts";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  certificate,
  cname,
  here,
  name,
  withCertificates,
  withZones,
  world,
  zone,
} from "../world.ts";

const domains = [name("api.example.com"), name("b.example.com")];

function pending(over: Partial<Certificate> = {}): Certificate {
  const { issuedAt: _a, notBefore: _b, notAfter: _c, ...rest } = certificate();
  const validation = validationRecords(ACCOUNT, domains);
  return { ...rest, domains, status: "PENDING_VALIDATION", createdAt: START, validation, ...over };
}

const proof = (text: string, value?: string) => {
  const record = validationRecord(ACCOUNT, name(text));
  return cname(record.name, value ?? record.value.toUpperCase());
};

const BOTH = [proof("api.example.com"), proof("b.example.com")];
const of = (cloud: Cloud): Certificate => here(cloud).certificates.get(ARN)!;
const statusAt = (cloud: Cloud, after: number): string => of(tick(cloud, START + after)).status;

// Source: ACM guide "DNS validation".
describe("a certificate is issued because its records are there", () => {
  const cloudWith = (...zones: ReturnType<typeof zone>[]) => withZones(withCertificates(world(), pending()), ...zones);

  test.each<[string, Cloud, boolean]>([
    ["no zone", cloudWith(), false],
    ["no records", cloudWith(zone("example.com")), false],
    ["one of two records", cloudWith(zone("example.com", [proof("api.example.com")])), false],
    ["both records", cloudWith(zone("example.com", BOTH)), true],
    [
      "another value",
      cloudWith(zone("example.com", [proof("api.example.com"), proof("b.example.com", "x.acm-validations.aws.")])),
      false,
    ],
    ["a private zone", cloudWith(zone("example.com", BOTH, { private: true })), false],
    ["a zone below takes the name over, empty", cloudWith(zone("example.com", BOTH), zone("b.example.com")), false],
    [
      "a zone below holds its record",
      cloudWith(zone("example.com", BOTH), zone("b.example.com", [proof("b.example.com")])),
      true,
    ],
    [
      "another zone of the same name holds them",
      cloudWith(zone("example.com"), zone("example.com", BOTH, { id: "ZOTHER" })),
      true,
    ],
    ["a zone of another account", withZone(cloudWith(), "999999999999", zone("example.com", BOTH)), true],
    [
      "one of the names is delegated to where the Cloud does not reach",
      cloudWith(zone("example.com", [...BOTH, { Name: "b.example.com.", Type: "NS", TTL: 300, ResourceRecords: [] }])),
      false,
    ],
    [
      "a record that leads there through another zone",
      cloudWith(
        zone("example.com", [proof("api.example.com"), proof("b.example.com", "b.proofs.example.net")]),
        zone("example.net", [cname("b.proofs.example.net.", validationRecord(ACCOUNT, name("b.example.com")).value)]),
      ),
      true,
    ],
  ])("%s: %s", (_, cloud, issued) => {
    expect(statusAt(cloud, ACM_TIMES.issuedAfter - 1)).toBe("PENDING_VALIDATION");
    expect(statusAt(cloud, ACM_TIMES.issuedAfter)).toBe(issued ? "ISSUED" : "PENDING_VALIDATION");
  });

  test("five minutes after the last record appeared, whatever the ticks between", () => {
    let cloud = tick(cloudWith(zone("example.com", [proof("api.example.com")])), START + HOUR);
    cloud = withZones(cloud, zone("example.com", BOTH));
    for (const minute of [1, 2, 4]) {
      cloud = tick(cloud, START + HOUR + minute * MINUTE);
      expect(of(cloud).status).toBe("PENDING_VALIDATION");
      expect(nextDue(cloud)).toBe(START + HOUR + 5 * MINUTE);
    }
    const at = START + HOUR + 5 * MINUTE;
    expect(of(tick(cloud, at + MINUTE))).toMatchObject({
      status: "ISSUED",
      issuedAt: at,
      notBefore: at,
      notAfter: at + ACM_TIMES.validity,
    });
    expect(of(tick(cloud, at))).not.toHaveProperty("issueDueAt");
  });

  test("72 hours count from the request, whenever ticks come", () => {
    let cloud = cloudWith(zone("example.com", [proof("api.example.com")]));
    for (const hour of [10, 71]) cloud = tick(cloud, START + hour * HOUR);
    cloud = tick(withZones(cloud, zone("example.com", BOTH)), START + 71 * HOUR + MINUTE);
    expect(nextDue(cloud)).toBe(START + 71 * HOUR + 5 * MINUTE);
    expect(of(tick(cloud, START + 72 * HOUR)).status).toBe("ISSUED");
  });

  test("a record that comes so late that it is not seen in time is too late", () => {
    const late = tick(cloudWith(zone("example.com")), START + 72 * HOUR - 2 * MINUTE);
    expect(statusAt(withZones(late, zone("example.com", BOTH)), 80 * HOUR)).toBe("VALIDATION_TIMED_OUT");
  });

  test("a name that was proved before needs no new record: the next certificate for it is issued, too", () => {
    const first = tick(cloudWith(zone("example.com", BOTH)), START + HOUR);
    const other = `${ARN.slice(0, -1)}2`;
    const again = pending({ arn: other, createdAt: START + HOUR, validation: undefined, domains: domains.slice(1) });
    const second = tick(withCertificates(first, again), START + 2 * HOUR);
    expect(here(second).certificates.get(other)?.status).toBe("ISSUED");
  });

  test("a record that goes again stops it", () => {
    const armed = tick(cloudWith(zone("example.com", BOTH)), START + MINUTE);
    const gone = tick(withZones(armed, zone("example.com")), START + 2 * MINUTE);
    expect(of(gone)).not.toHaveProperty("issueDueAt");
    expect(statusAt(gone, HOUR)).toBe("PENDING_VALIDATION");
  });

  test("72 hours without them, and the request is dead", () => {
    const cloud = cloudWith(zone("example.com"));
    expect(nextDue(cloud)).toBe(START + 72 * HOUR);
    expect(statusAt(cloud, 72 * HOUR - 1)).toBe("PENDING_VALIDATION");
    expect(statusAt(cloud, 72 * HOUR)).toBe("VALIDATION_TIMED_OUT");
    const dead = withZones(tick(cloud, START + 72 * HOUR), zone("example.com", BOTH));
    expect(statusAt(dead, 80 * HOUR)).toBe("VALIDATION_TIMED_OUT");
  });

  test("issued before the time-out, when one tick passes both", () => {
    expect(statusAt(cloudWith(zone("example.com", BOTH)), 100 * HOUR)).toBe("ISSUED");
  });

  test("expires at the end of its validity", () => {
    const cloud = withCertificates(world(), certificate({ notAfter: START + HOUR }));
    expect(nextDue(cloud)).toBe(START + HOUR);
    expect(statusAt(cloud, HOUR - 1)).toBe("ISSUED");
    expect(statusAt(cloud, HOUR)).toBe("EXPIRED");
  });
});

// Source: ACM guide "Configure a CAA record"; what CAA records say is in caa.test.ts.
describe("CAA records", () => {
  const caa = (Name: string, Value: string): RecordSet => ({
    Name,
    Type: "CAA",
    TTL: 300,
    ResourceRecords: [{ Value }],
  });
  const cloudWith = (...records: RecordSet[]) =>
    withZones(withCertificates(world(), pending()), zone("example.com", [...BOTH, ...records]));

  test.each<[string, Cloud, string]>([
    ["none", cloudWith(), "ISSUED"],
    ["Amazon", cloudWith(caa("example.com.", '0 issue "amazon.com"')), "ISSUED"],
    ["another authority", cloudWith(caa("example.com.", '0 issue "letsencrypt.org"')), "FAILED"],
    ["another authority for one of the names", cloudWith(caa("b.example.com.", '0 issue "letsencrypt.org"')), "FAILED"],
  ])("%s", (_, cloud, status) => {
    expect(statusAt(cloud, ACM_TIMES.issuedAfter - 1)).toBe("PENDING_VALIDATION");
    expect(statusAt(cloud, ACM_TIMES.issuedAfter)).toBe(status);
  });

  test("the failure has its reason, and is final", () => {
    const failed = tick(cloudWith(caa("example.com.", '0 issue ";"')), START + HOUR);
    expect(of(failed)).toMatchObject({ status: "FAILED", failureReason: "CAA_ERROR" });
    expect(of(failed)).not.toHaveProperty("notAfter");
    expect(statusAt(withZones(failed, zone("example.com", BOTH)), 2 * HOUR)).toBe("FAILED");
    expect(nextDue(failed)).toBeUndefined();
  });
});

// Source: ACM API reference "RequestCertificate": the records are told some seconds after the request.
test("validation records come some seconds after the request", () => {
  const cloud = withCertificates(world(), pending({ validation: undefined }));
  expect(nextDue(cloud)).toBe(START + ACM_TIMES.validationRecordAfter);
  expect(of(tick(cloud, START + SECOND)).validation).toBeUndefined();
  expect(of(tick(cloud, START + 5 * SECOND)).validation).toEqual(validationRecords(ACCOUNT, domains));
});

// Source: ACM guide "DNS validation": the record of an account and name never changes.
describe("a validation record that stands already is the one that is asked for", () => {
  const standing = cname("_0a1b2c3d.api.example.com.", "_4e5f6a7b.abcdefghij.acm-validations.aws.");
  const requested = pending({ validation: undefined, domains: [name("api.example.com"), name("*.api.example.com")] });
  const later = ACM_TIMES.validationRecordAfter + ACM_TIMES.issuedAfter;
  const observed = (cloud: Cloud): Cloud => withRegion(cloud, ACCOUNT, { ...here(cloud), certificateUses: undefined });

  test("AWS's own, which no model can compute", () => {
    const cloud = observed(withZones(withCertificates(world(), requested), zone("example.com", [standing])));
    expect(of(tick(cloud, START + later)).validation).toEqual({
      "api.example.com.": { name: standing.Name, value: "_4e5f6a7b.abcdefghij.acm-validations.aws." },
    });
    expect(statusAt(cloud, later)).toBe("ISSUED");
  });

  test("not where the model is AWS itself: a record that anybody made up proves nothing", () => {
    const cloud = withZones(withCertificates(world(), requested), zone("example.com", [standing]));
    expect(statusAt(cloud, later)).toBe("PENDING_VALIDATION");
  });

  test("the account's own comes before another one's", () => {
    const cloud = observed(
      withZones(withCertificates(world(), requested), zone("example.com", [standing, proof("api.example.com")])),
    );
    expect(of(tick(cloud, START + later)).validation).toEqual(validationRecords(ACCOUNT, requested.domains));
  });
});
