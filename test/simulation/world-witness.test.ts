import { beforeAll, describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import type { Cloud, HealthCheck, HostedZone, RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { recordKey } from "../../src/cloud/route53/record-order.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import { ACCOUNT } from "../world/world.ts";
import { answersOf } from "./world-answers.ts";
import { startOf } from "./simulate-start.ts";
import { noneChecked, watch } from "./world-watch.ts";
import type { Cause, Checked } from "./world-watch.ts";
import { witness } from "./world-witness.ts";
import type { Witness } from "./world-witness.ts";

const SHOP = domainName("shop.example.com");
const EAST = "us-east-1";
const FOREVER = Infinity;

let start: Cloud;

beforeAll(async () => {
  const shop = {
    name: "shop.example.com",
    regions: [EAST, "us-west-2"],
    check: { interval: 30, threshold: 3, gate: true },
    ownCertificate: true,
    dualstack: false,
    evaluateTargetHealth: false,
    variant: 0,
    paths: ["v1"],
    routing: "latency",
  } as const;
  const earlier = { names: [shop], retire: [], keyAlgorithm: "RSA_2048", extra: false, sharing: false };
  start = await startOf({ start: { earlier, stopped: undefined, strangers: [], foreignAnswer: false } });
});

const route53 = (operation: string, input: unknown): Call => ({
  account: ACCOUNT,
  region: EAST,
  service: "route53",
  operation,
  input,
});
const change = (...Changes: readonly unknown[]): Call =>
  route53("ChangeResourceRecordSets", { HostedZoneId: "Z", ChangeBatch: { Changes } });

const life = (quotasTold = false): NonNullable<Cause["life"]> => ({
  retire: new Set(),
  dropped: new Map(),
  limit: FOREVER,
  taken: new Map(),
  quotasTold,
});

const run = (call: Call, of = life()): Cause => ({ who: "run", call, life: of });
const fine: Answer = { ok: true, output: {}, at: 0 };
const refused = (code: string, message = ""): Answer => ({
  ok: false,
  fault: { code, message, status: 400 },
  at: 0,
});

function zoneOfShop(cloud: Cloud): HostedZone {
  const zone = [...accountOf(cloud, ACCOUNT).zones].find(({ name }) => name === domainName("example.com"));
  if (zone === undefined) throw new Error("no zone");
  return zone;
}

/** The zone without some of its record sets. */
function unlisted(cloud: Cloud, gone: (record: RecordSet) => boolean): Cloud {
  const zone = zoneOfShop(cloud);
  let { recordSets } = zone;
  for (const record of zone.recordSets) if (gone(record)) recordSets = recordSets.delete(recordKey(record));
  return withZone(cloud, ACCOUNT, { ...zone, recordSets });
}

function withCheck(cloud: Cloud, check: HealthCheck | undefined, id: string): Cloud {
  const account = accountOf(cloud, ACCOUNT);
  const { healthChecks } = account;
  return withAccount(cloud, {
    ...account,
    healthChecks: check === undefined ? healthChecks.delete(id) : healthChecks.set(id, check),
  });
}

const regionsGone =
  (...regions: readonly string[]) =>
  (record: RecordSet): boolean =>
    regions.includes(record.Region ?? "");

/** The gate of the answer from the East. */
function gateOfEast(cloud: Cloud): HealthCheck {
  const { HealthCheckId: id = "" } = answersOf(cloud, SHOP).find(({ Region }) => Region === EAST) ?? {};
  const gate = accountOf(cloud, ACCOUNT).healthChecks.get(id);
  if (gate === undefined) throw new Error("no gate");
  return gate;
}

function drilled(cloud: Cloud): Cloud {
  const gate = gateOfEast(cloud);
  return withCheck(cloud, { ...gate, HealthCheckConfig: { ...gate.HealthCheckConfig, HealthThreshold: 256 } }, gate.Id);
}

/** The East presents another certificate, or has another policy. */
function eastWith(cloud: Cloud, key: string, policy?: string): Cloud {
  const east = regionOf(cloud, ACCOUNT, EAST);
  const domain = east.domains.get(SHOP);
  const certificate = east.certificates.get(domain?.regionalCertificateArn ?? "");
  if (domain === undefined || certificate === undefined) throw new Error("nothing in the East");
  return withRegion(cloud, ACCOUNT, {
    ...east,
    domains: east.domains.set(SHOP, { ...domain, securityPolicy: policy ?? domain.securityPolicy }),
    certificates: east.certificates.set(certificate.arn, { ...certificate, keyAlgorithm: key }),
  });
}

function certificateOfEast(cloud: Cloud): string {
  return regionOf(cloud, ACCOUNT, EAST).domains.get(SHOP)?.regionalCertificateArn ?? "";
}

function withoutCertificateOfEast(cloud: Cloud): Cloud {
  const east = regionOf(cloud, ACCOUNT, EAST);
  return withRegion(cloud, ACCOUNT, { ...east, certificates: east.certificates.delete(certificateOfEast(cloud)) });
}

interface Told {
  readonly codes: readonly string[];
  readonly checked: Checked;
}

/** What a witness of the starting estate says of it. */
function said(play: (by: Witness) => Iterable<unknown>): Told {
  const checked: Record<string, number> = {};
  const codes: string[] = [];
  const by = witness([SHOP], start, (code, holds, message) => {
    checked[code] = (checked[code] ?? 0) + 1;
    if (!holds) codes.push(code);
    return holds ? undefined : { code, message: message() };
  });
  expect([...play(by)]).toBeDefined();
  return { codes, checked };
}

const nobodyGoes = (): boolean => false;

/** A person drills the East, and then a run with `looks` at it makes a change. */
const afterDrill = (call: Call, changed: (cloud: Cloud) => Cloud, looks: boolean): Told =>
  said(function* (by) {
    const under = drilled(start);
    const of = life();
    yield* by.changed(start, under, { who: "person", call: route53("UpdateHealthCheck", {}) }, nobodyGoes);
    if (looks) yield* by.sent(run(route53("ListHealthChecks", {}), of), fine, undefined, under);
    yield* by.changed(under, changed(under), run(call, of), nobodyGoes);
  });

const after = (call: Call, changed: (cloud: Cloud) => Cloud, cause = run(call)): Told =>
  said((by) => by.changed(start, changed(start), cause, nobodyGoes));

const sent = (call: Call, answer: Answer, of = life()): Told =>
  said((by) => by.sent(run(call, of), answer, undefined, start));

const update = route53("UpdateDomainName", {});
const deletion = (arn: string): Call => ({ ...route53("DeleteCertificate", { CertificateArn: arn }), service: "acm" });
const west = regionsGone("us-west-2");
const isAnswer = (record: RecordSet): boolean => regionsGone(EAST, "us-west-2")(record);
const long = (characters: number): unknown => ({
  Action: "UPSERT",
  ResourceRecordSet: { Name: "a.test.", Type: "TXT", ResourceRecords: [{ Value: "x".repeat(characters) }] },
});
const tooMany = refused("TooManyHealthChecks");

/** What is planted, what the witness says of it, and of the same without the harm. */
const planted: readonly (readonly [string, string, () => Told, () => Told])[] = [
  [
    "ZONE_TOUCHED",
    "the NS record of the apex goes",
    () => after(change(), (cloud) => unlisted(cloud, ({ Type }) => Type === "NS")),
    () => after(change(), (cloud) => unlisted(cloud, west)),
  ],
  [
    "LAST_HEALTHY_REGION",
    "the West goes while the East is under a drill that the run has seen",
    () => afterDrill(change(), (cloud) => unlisted(cloud, west), true),
    () => afterDrill(change(), (cloud) => unlisted(cloud, regionsGone(EAST)), true),
  ],
  [
    "CLIENTS_SHUT_OUT",
    "the East presents an ECDSA certificate",
    () => after(update, (cloud) => eastWith(cloud, "EC_prime256v1")),
    () => after(update, (cloud) => eastWith(cloud, "RSA_3072")),
  ],
  [
    "CLIENTS_SHUT_OUT",
    "the East takes TLS 1.3 only",
    () => after(update, (cloud) => eastWith(cloud, "RSA_2048", "SecurityPolicy_TLS13_1_3_2025_09")),
    () => after(update, (cloud) => eastWith(cloud, "RSA_2048", "SecurityPolicy_TLS13_1_2_2021_06")),
  ],
  [
    "NAME_EMPTIED",
    "all answers of a managed name go",
    () => after(change(), (cloud) => unlisted(cloud, isAnswer)),
    () => after(change(), (cloud) => unlisted(cloud, west)),
  ],
  [
    "CERTIFICATE_IN_USE",
    "a certificate goes that a domain presents",
    () => after(deletion(""), withoutCertificateOfEast),
    () => sent(deletion("arn:of-nobody"), refused("ResourceInUseException")),
  ],
  [
    "CERTIFICATE_IN_USE",
    "its deletion is sent, and AWS refuses",
    () => sent(deletion(certificateOfEast(start)), refused("ResourceInUseException")),
    () => sent(deletion("arn:of-nobody"), fine),
  ],
  [
    "DRILL_DISTURBED",
    "the gate under drill is turned back",
    () =>
      afterDrill(
        route53("UpdateHealthCheck", {}),
        (cloud) => withCheck(cloud, gateOfEast(start), gateOfEast(cloud).Id),
        false,
      ),
    () => afterDrill(change(), (cloud) => unlisted(cloud, regionsGone(EAST)), true),
  ],
  [
    "DRILL_DISTURBED",
    "the gate under drill is deleted by a run that has seen the drill",
    () =>
      afterDrill(route53("DeleteHealthCheck", {}), (cloud) => withCheck(cloud, undefined, gateOfEast(cloud).Id), true),
    () => afterDrill(change(), (cloud) => unlisted(cloud, regionsGone(EAST)), true),
  ],
  [
    "BATCH_TOO_LARGE",
    "501 upserts are in a batch",
    () => sent(change(...Array.from({ length: 501 }, () => long(1))), fine),
    () => sent(change(...Array.from({ length: 500 }, () => long(1))), fine),
  ],
  [
    "BATCH_TOO_LARGE",
    "values have more than 32,000 characters",
    () => sent(change(long(16_001)), fine),
    () => sent(change(long(16_000)), fine),
  ],
  [
    "QUOTA_TOO_SMALL",
    "the manifest says the quota, and a creation meets it",
    () => sent(route53("CreateHealthCheck", {}), tooMany, life(true)),
    () => sent(route53("CreateHealthCheck", {}), fine, life(true)),
  ],
];

describe("the witness", () => {
  test.each(planted)("%s: %s", (code, _what, harm, harmless) => {
    expect([...new Set(harm().codes)]).toEqual([code]);
    const without = harmless();
    expect(without.codes).toEqual([]);
    expect(without.checked[code] ?? 0).toBeGreaterThan(0);
  });

  test.each<readonly [string, () => Told]>([
    [
      "a gate is deleted by a run that has not looked since the drill began",
      () =>
        afterDrill(
          route53("DeleteHealthCheck", {}),
          (cloud) => withCheck(cloud, undefined, gateOfEast(cloud).Id),
          false,
        ),
    ],
    ["the last healthy Region goes in such a run", () => afterDrill(change(), (cloud) => unlisted(cloud, west), false)],
    [
      "clients are shut out by a run that may",
      () => after(update, (cloud) => eastWith(cloud, "EC_prime256v1"), { ...run(update), shutsOut: true }),
    ],
    ["a quota is met of which the manifest says nothing", () => sent(route53("CreateHealthCheck", {}), tooMany)],
    [
      "a quota is met that somebody else has used up since",
      () =>
        said(function* (by) {
          const of = life(true);
          const create = route53("CreateHealthCheck", {});
          yield* by.sent(run(route53("ListHealthChecks", {}), of), fine, undefined, start);
          yield* by.changed(start, start, { who: "person", call: create }, nobodyGoes);
          yield* by.sent(run(create, of), tooMany, undefined, start);
        }),
    ],
    [
      "the name is retired",
      () => said((by) => by.changed(start, unlisted(start, isAnswer), run(change()), () => true)),
    ],
    [
      "a person has changed what the zone rests on",
      () =>
        said(function* (by) {
          const other = unlisted(start, ({ Type }) => Type === "NS");
          yield* by.changed(start, other, { who: "person", call: change() }, nobodyGoes);
          yield* by.changed(other, unlisted(other, west), run(change()), nobodyGoes);
        }),
    ],
  ])("is silent where %s", (_what, play) => {
    expect(play().codes).toEqual([]);
  });
});

test("every invariant of the proof has a rule of its own in the watch", () => {
  const watched = Object.keys(noneChecked());
  expect(invariants.map(({ code }) => code).filter((code) => !watched.includes(code))).toEqual([]);
});

test("the watch tells what the witness sees", () => {
  const checked = noneChecked();
  const watching = watch([SHOP], start, checked);
  const gone = withoutCertificateOfEast(start);
  const unbound = watch([domainName("other.example.com")], start, checked);
  expect(unbound.after(start, gone, run(deletion("")))?.code).toBe("CERTIFICATE_IN_USE");
  expect(watching.sent(run(change(long(16_001))), fine, undefined, start)?.code).toBe("BATCH_TOO_LARGE");
  expect(checked["BATCH_TOO_LARGE"]).toBe(1);
});
