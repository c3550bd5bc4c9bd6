import { describe, expect, test } from "vitest";
import { consumersOf, holdersOf } from "../../../src/cloud/acm/certificate-use.ts";
import { decodeCloud, encodeCloud } from "../../../src/cloud/codec.ts";
import { ACM_TIMES } from "../../../src/cloud/acm/limits.ts";
import type { ApiDomain, Cloud } from "../../../src/cloud/cloud.ts";
import { withRegion } from "../../../src/cloud/edit.ts";
import { MINUTE, SECOND } from "../../../src/cloud/instant.ts";
import { nextDue, tick } from "../../../src/cloud/tick.ts";
import {
  ACCOUNT,
  ARN,
  START,
  apiDomain,
  call,
  certificate,
  does,
  fails,
  here,
  withCertificates,
  withDomains,
  world,
} from "../world.ts";

const DOMAIN = "arn:aws:apigateway:us-east-1::/domainnames/api.example.com";
const DELETE = call("acm", "DeleteCertificate", { CertificateArn: ARN });
const LAG = ACM_TIMES.useNoticedAfter;

describe("who uses a certificate in an observed Cloud: the domains as they stand, and the others as ACM told", () => {
  const mine = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/web/1`;
  const gateways = "arn:aws:elasticloadbalancing:us-east-1:999999999999:loadbalancer/app/prod-iad-1/1";

  test.each<[string, readonly string[], boolean, readonly string[]]>([
    ["nobody", [], false, []],
    ["a domain", [], true, [DOMAIN]],
    ["a domain, as ACM reports it late", [gateways], true, [DOMAIN]],
    ["nobody any more, though ACM still says so", [gateways], false, []],
    ["a load balancer of the account", [mine], false, [mine]],
  ])("%s", (_, inUseBy, used, expected) => {
    const held = certificate({ inUseBy });
    const made = withDomains(withCertificates(world(), held), ...(used ? [apiDomain()] : []));
    const cloud = tick(withRegion(made, ACCOUNT, { ...here(made), certificateUses: undefined }), START + SECOND);
    expect(consumersOf(here(cloud), ACCOUNT, held, cloud.now)).toEqual(expected);
    expect(holdersOf(here(cloud), ACCOUNT, held, cloud.now)).toEqual(expected);
    // Source: ACM API reference "DeleteCertificate".
    if (expected.length > 0) expect(fails(cloud, DELETE).code).toBe("ResourceInUseException");
    else expect(here(does(cloud, DELETE).cloud).certificates.size).toBe(0);
  });
});

describe("where uses are kept, ACM notices them late", () => {
  const bare = withCertificates(world(), certificate());
  const bind = (cloud: Cloud, over: Partial<ApiDomain> = {}) => withDomains(cloud, apiDomain(over));
  const free = (cloud: Cloud) => withRegion(cloud, ACCOUNT, { ...here(cloud), domains: here(bare).domains });
  const used = (cloud: Cloud) =>
    (does(cloud, call("acm", "DescribeCertificate", { CertificateArn: ARN })).output["Certificate"] as { InUseBy: [] })
      .InUseBy;
  const bound = bind(bare);

  test("a domain that took it is shown some minutes later, and keeps it from deletion at once", () => {
    expect(nextDue(bound)).toBe(START + LAG);
    for (const at of [0, 1, LAG - 1]) expect(used(tick(bound, START + at))).toEqual([]);
    expect(used(tick(bound, START + LAG))).toEqual([DOMAIN]);
    for (const at of [0, 1, LAG]) expect(fails(tick(bound, START + at), DELETE).code).toBe("ResourceInUseException");
  });

  test("a domain that let go of it is shown some minutes longer, and as long it cannot be deleted", () => {
    const at = START + 60 * MINUTE;
    const freed = free(tick(bound, at));
    expect(nextDue(freed)).toBe(at + LAG);
    for (const later of [1, LAG - 1]) {
      expect(used(tick(freed, at + later))).toEqual([DOMAIN]);
      expect(fails(tick(freed, at + later), DELETE).code).toBe("ResourceInUseException");
    }
    const forgotten = tick(freed, at + LAG);
    expect(used(forgotten)).toEqual([]);
    expect(here(does(forgotten, DELETE).cloud).certificates.size).toBe(0);
  });

  test("it does not matter how often time is looked at", () => {
    const at = START + 60 * MINUTE;
    let cloud = tick(bound, at);
    cloud = free(cloud);
    for (let later = MINUTE; later < LAG; later += MINUTE) cloud = tick(cloud, at + later);
    expect(used(tick(cloud, at + LAG - 1))).toEqual([DOMAIN]);
    expect(used(tick(cloud, at + LAG))).toEqual([]);
  });

  test("a domain that goes over to another certificate: both are held for a while", () => {
    const other = `${ARN.slice(0, -1)}2`;
    const at = START + 60 * MINUTE;
    const both = withCertificates(bound, certificate({ arn: other }));
    const moved = tick(bind(tick(both, at), { regionalCertificateArn: other }), at + MINUTE);
    for (const arn of [ARN, other]) {
      expect(fails(moved, call("acm", "DeleteCertificate", { CertificateArn: arn })).code).toBe(
        "ResourceInUseException",
      );
    }
    expect(used(moved)).toEqual([DOMAIN]);
    expect(used(tick(moved, at + LAG))).toEqual([]);
  });

  test("a domain that comes back before ACM noticed was never away", () => {
    const at = START + 60 * MINUTE;
    const away = tick(free(tick(bound, at)), at + MINUTE);
    const back = tick(bind(away), at + 2 * MINUTE);
    for (const later of [2 * MINUTE, LAG, 60 * MINUTE]) expect(used(tick(back, at + later))).toEqual([DOMAIN]);
  });

  test("what ACM has forgotten leaves nothing behind, also in a Cloud that was put away and taken out again", () => {
    const freed = free(tick(bound, START + 60 * MINUTE));
    const stored = decodeCloud(encodeCloud(tick(freed, START + 61 * MINUTE)));
    for (const cloud of [freed, stored]) {
      expect(here(tick(cloud, START + 60 * MINUTE + LAG - 1)).certificateUses?.size).toBe(1);
      expect(here(tick(cloud, START + 60 * MINUTE + LAG)).certificateUses?.size).toBe(0);
    }
  });

  test("a tick in which no domain changed changes nothing", () => {
    const noted = tick(bound, START + MINUTE);
    expect(tick(noted, START + 2 * MINUTE).accounts).toBe(noted.accounts);
  });
});
