import { describe, expect, test } from "vitest";
import { accountOf } from "../../src/cloud/edit.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { aliasTargetExists } from "../../src/interlock/invariants/alias-target-exists.ts";
import { certificateCoversHost } from "../../src/interlock/invariants/certificate-covers-host.ts";
import { nameKeepsAnswering } from "../../src/interlock/invariants/name-keeps-answering.ts";
import { invariants } from "../../src/interlock/invariants.ts";
import type { Reachable } from "../../src/interlock/reachable.ts";
import { ACCOUNT } from "../world/world.ts";
import { records, standing, withCertificates, withoutDomain, withoutRecords } from "./estates.ts";

const codes = (at: Reachable): readonly string[] =>
  invariants.flatMap((each) => each.check(at)).map(({ code }) => code);

describe("the invariants", () => {
  test("hold for an estate that stands", async () => {
    expect(codes(await standing())).toEqual([]);
  });

  test("NAME_GOES_DARK: the last record is gone; but not for a retired name, and not while another stands", async () => {
    const at = await standing();
    const dark = { ...at, cloud: withoutRecords(at.cloud, records(at.cloud)) };
    expect(nameKeepsAnswering.check(dark)).toMatchObject([{ code: "NAME_GOES_DARK", name: "shop.example.com." }]);
    expect(
      nameKeepsAnswering.check({ ...dark, names: dark.names.map((each) => ({ ...each, retired: true })) }),
    ).toEqual([]);
    expect(nameKeepsAnswering.check({ ...at, cloud: withoutRecords(at.cloud, records(at.cloud).slice(1)) })).toEqual(
      [],
    );
  });

  test("a name that never answered cannot go dark", async () => {
    const at = await standing();
    const empty = withoutRecords(at.cloud, records(at.cloud));
    expect(codes({ ...at, cloud: empty, baseline: empty })).toEqual([]);
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
    const zone = accountOf(at.cloud, ACCOUNT).zones.get(at.names[0]?.zone.id ?? "");
    const record = zone?.recordSets.get(west ?? "");
    if (west === undefined || record === undefined) throw new Error("no record");
    const cloud = withoutDomain(withoutRecords(at.cloud, [west]), "us-west-2");
    const held = { name: domainName("shop.example.com"), record, until: at.cloud.now + 1 };
    expect(aliasTargetExists.check({ ...at, cloud, held: [held] })).toMatchObject([{ code: "TARGET_MISSING" }]);
    expect(aliasTargetExists.check({ ...at, cloud: { ...cloud, now: held.until }, held: [held] })).toEqual([]);
  });

  test("what was broken before is not held against the plan", async () => {
    const at = await standing();
    const broken = withoutDomain(at.cloud, "us-west-2");
    expect(codes({ ...at, cloud: broken, baseline: broken })).toEqual([]);
    const expired = withCertificates(at.cloud, "us-west-2", { status: "EXPIRED" });
    expect(codes({ ...at, cloud: expired, baseline: expired })).toEqual([]);
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
});
