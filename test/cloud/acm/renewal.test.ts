import { describe, expect, test } from "vitest";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import { renewalEligibility } from "../../../src/cloud/acm/renewal.ts";
import { validationRecord, validationRecords } from "../../../src/cloud/acm/validation.ts";
import type { Certificate, Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { DAY, HOUR, MINUTE } from "../../../src/cloud/instant.ts";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  certificate,
  cname,
  here,
  name,
  withCertificates,
  withDomains,
  withZones,
  world,
  zone,
} from "../world.ts";

const domains = [name("api.example.com")];
const END = START + 198 * DAY;
const BEGIN = END - 45 * DAY;
const RENEWED = BEGIN + ACM_TIMES.issuedAfter;

const held = (over: Partial<Certificate> = {}): Certificate =>
  certificate({ domains, validation: validationRecords(ACCOUNT, domains), notAfter: END, ...over });

const { name: proofName, value } = validationRecord(ACCOUNT, name("api.example.com"));
const proved = zone("example.com", [cname(proofName, value)]);
const bare = zone("example.com");

interface Parts {
  readonly used?: boolean;
  readonly zone?: ReturnType<typeof zone>;
  readonly certificate?: Partial<Certificate>;
}

const cloudOf = ({ used = true, zone: with_ = proved, certificate: over = {} }: Parts = {}): Cloud =>
  withZones(withDomains(withCertificates(world(), held(over)), ...(used ? [apiDomain()] : [])), with_);
const of = (cloud: Cloud): Certificate => here(cloud).certificates.get(ARN)!;
const at = (cloud: Cloud, instant: number): Certificate => of(tick(cloud, instant));

/** Time passes as the emulator lets it pass: to whatever is due next. */
function until(start: Cloud, instant: number): Cloud {
  let cloud = start;
  while (cloud.now < instant) cloud = tick(cloud, Math.min(instant, nextDue(cloud) ?? instant));
  return cloud;
}

// Source: ACM guide "Managed certificate renewal" and "Renewal for domains validated by DNS".
describe("managed renewal", () => {
  test("begins 45 days before the end, and gives the same ARN another span of validity", () => {
    const cloud = cloudOf();
    expect(at(cloud, BEGIN - 1)).toBe(of(cloud));
    expect(at(cloud, BEGIN)).toMatchObject({
      status: "ISSUED",
      notAfter: END,
      renewal: { status: "PENDING_AUTO_RENEWAL", updatedAt: BEGIN },
    });
    expect(at(cloud, RENEWED)).toEqual({
      ...of(cloud),
      notBefore: RENEWED,
      notAfter: RENEWED + 198 * DAY,
      renewal: { status: "SUCCESS", updatedAt: RENEWED },
    });
  });

  test("what is due next leads from one event to the next, and past none", () => {
    const noticed = until(cloudOf(), START + ACM_TIMES.useNoticedAfter);
    expect(nextDue(noticed)).toBe(BEGIN);
    const begun = tick(noticed, BEGIN);
    expect(nextDue(begun)).toBe(RENEWED);
    const renewed = tick(begun, RENEWED);
    expect(nextDue(renewed)).toBe(RENEWED + 153 * DAY);
  });

  test.each<[string, Parts]>([
    ["in use and proved", {}],
    ["not in use", { used: false }],
    ["its record missing", { zone: bare }],
    ["imported", { certificate: { type: "IMPORTED" } }],
  ])("%s: in one leap as in many steps", (_, parts) => {
    for (const later of [BEGIN + DAY, END + DAY, END + 400 * DAY]) {
      expect(at(cloudOf(parts), later)).toEqual(of(until(cloudOf(parts), later)));
    }
  });

  test("again and again", () => {
    const later = at(cloudOf(), START + 1_000 * DAY);
    expect(later.status).toBe("ISSUED");
    expect((later.notBefore ?? 0) - RENEWED).toBe(5 * (153 * DAY + ACM_TIMES.issuedAfter));
  });

  test.each<[string, Parts, Certificate["renewal"]]>([
    ["not in use", { used: false }, undefined],
    ["imported", { certificate: { type: "IMPORTED" } }, undefined],
    ["a name that is no Punycode", { certificate: { domains: [name("ab--c.example.com")] } }, undefined],
    ["its record missing", { zone: bare }, { status: "PENDING_VALIDATION", updatedAt: BEGIN }],
  ])("is not renewed: %s", (_, parts, renewal) => {
    const cloud = cloudOf(parts);
    expect(at(cloud, END - 1)).toMatchObject({ status: "ISSUED", notAfter: END });
    expect(at(cloud, END - 1).renewal).toEqual(renewal);
    expect(nextDue(tick(cloud, END - 1))).toBe(END);
    expect(at(cloud, END)).toMatchObject({ status: "EXPIRED", notAfter: END });
    expect(at(cloud, END).renewal).toEqual(renewal && { ...renewal, status: "FAILED", updatedAt: END });
    expect(at(cloud, END + 400 * DAY)).toEqual(at(cloud, END));
  });

  test("used by another service than API Gateway", () => {
    const inUseBy = [`arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/web/1`];
    expect(at(cloudOf({ used: false, certificate: { inUseBy } }), BEGIN + DAY).renewal?.status).toBe("SUCCESS");
  });

  test("however often time is looked at, it is done at the same instant, and waits from the same instant", () => {
    let [proof, missing] = [cloudOf(), cloudOf({ zone: bare })];
    for (let later = BEGIN - MINUTE; later <= RENEWED + MINUTE; later += MINUTE) {
      [proof, missing] = [tick(proof, later), tick(missing, later)];
    }
    expect(of(proof)).toMatchObject({ notBefore: RENEWED, renewal: { status: "SUCCESS", updatedAt: RENEWED } });
    expect(of(missing).renewal).toEqual({ status: "PENDING_VALIDATION", updatedAt: BEGIN });
  });

  test.each([
    ["too late to be done", END - ACM_TIMES.useNoticedAfter - MINUTE, "FAILED"],
    ["too late to be noticed", END - ACM_TIMES.useNoticedAfter, undefined],
  ])("used %s", (_, taken, renewal) => {
    const cloud = withDomains(tick(cloudOf({ used: false }), taken), apiDomain());
    expect(at(cloud, END + DAY)).toMatchObject({ status: "EXPIRED", notAfter: END });
    expect(at(cloud, END + DAY).renewal?.status).toBe(renewal);
    expect(of(until(cloud, END + DAY))).toEqual(at(cloud, END + DAY));
  });

  test("what is let go of while its renewal is under way is not renewed", () => {
    const renewal = { status: "PENDING_AUTO_RENEWAL", updatedAt: BEGIN, dueAt: RENEWED } as const;
    const cloud = tick(cloudOf({ used: false, certificate: { renewal } }), BEGIN + MINUTE);
    expect(of(cloud)).toMatchObject({ notAfter: END, renewal: { status: "PENDING_VALIDATION" } });
    expect(at(cloud, END).status).toBe("EXPIRED");
  });

  test("a record that comes late is in time", () => {
    const waiting = tick(cloudOf({ zone: bare }), BEGIN + DAY);
    const mended = withZones(waiting, proved);
    expect(nextDue(mended)).toBe(BEGIN + DAY + ACM_TIMES.issuedAfter);
    expect(at(mended, BEGIN + DAY + MINUTE).renewal).toMatchObject({ status: "PENDING_AUTO_RENEWAL" });
    expect(at(mended, BEGIN + 2 * DAY)).toMatchObject({
      status: "ISSUED",
      notBefore: BEGIN + DAY + ACM_TIMES.issuedAfter,
    });
  });

  test("a record that goes while it is under way stops it", () => {
    const gone = tick(withZones(tick(cloudOf(), BEGIN), bare), BEGIN + MINUTE);
    expect(of(gone).renewal).toEqual({ status: "PENDING_VALIDATION", updatedAt: BEGIN });
    expect(at(gone, END).status).toBe("EXPIRED");
  });

  test("used late is used in time", () => {
    const idle = tick(cloudOf({ used: false }), BEGIN + DAY);
    const later = BEGIN + DAY + ACM_TIMES.useNoticedAfter + ACM_TIMES.issuedAfter;
    const taken = withDomains(idle, apiDomain());
    expect(at(taken, later - 1)).toMatchObject({ notAfter: END, renewal: { status: "PENDING_AUTO_RENEWAL" } });
    expect(at(taken, later)).toMatchObject({ notBefore: later, renewal: { status: "SUCCESS" } });
    expect(of(until(taken, later))).toEqual(at(taken, later));
  });

  test("CAA records stop it, too, and say so", () => {
    const caa: RecordSet = { Name: "example.com.", Type: "CAA", TTL: 60, ResourceRecords: [{ Value: '0 issue ";"' }] };
    const denied = cloudOf({ zone: zone("example.com", [cname(proofName, value), caa]) });
    expect(at(denied, BEGIN + HOUR).renewal).toEqual({
      status: "PENDING_VALIDATION",
      reason: "CAA_ERROR",
      updatedAt: BEGIN,
    });
    expect(at(denied, END)).toMatchObject({ status: "EXPIRED", renewal: { status: "FAILED", reason: "CAA_ERROR" } });
    expect(at(withZones(tick(denied, BEGIN + HOUR), proved), BEGIN + DAY).renewal?.status).toBe("SUCCESS");
  });
});

test.each<[string, Partial<Certificate>, boolean, string]>([
  ["in use", {}, true, "ELIGIBLE"],
  ["not in use", {}, false, "INELIGIBLE"],
  ["imported", { type: "IMPORTED" }, true, "INELIGIBLE"],
  ["expired", { status: "EXPIRED" }, true, "INELIGIBLE"],
  ["pending", { status: "PENDING_VALIDATION" }, true, "INELIGIBLE"],
  ["Punycode", { domains: [name("xn--bcher-kva.example.com")] }, true, "ELIGIBLE"],
  ["no Punycode", { domains: [name("*.ab--c.example.com")] }, true, "INELIGIBLE"],
])("what is %s", (_, over, inUse, expected) => expect(renewalEligibility(held(over), inUse)).toBe(expected));
