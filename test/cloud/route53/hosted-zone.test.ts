import { describe, expect, test } from "vitest";
import type { Ids } from "../../../src/cloud/call.ts";
import { accountOf, withZone } from "../../../src/cloud/edit.ts";
import { emptyCloud } from "../../../src/cloud/empty.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import { withQuota } from "../../../src/cloud/quotas.ts";
import { Table } from "../../../src/cloud/table.ts";
import { ACCOUNT, NOW, ZONE, a, call, estate, fault, run } from "./estate.ts";

const create = (Name: string, more: object = {}) => call("CreateHostedZone", { Name, CallerReference: "r1", ...more });
const zoneIds: Ids = (purpose) => ({ "hosted-zone": "Z7NEW", change: "C7NEW" })[purpose as string] ?? "N7";

describe("CreateHostedZone", () => {
  test("makes the zone with its NS and SOA, and a change", () => {
    const { cloud, output } = run(
      emptyCloud(NOW),
      create("Shop.Example.net", { HostedZoneConfig: { Comment: "ours" } }),
      zoneIds,
    );
    expect(output).toMatchObject({
      HostedZone: {
        Id: "/hostedzone/Z7NEW",
        Name: "shop.example.net.",
        CallerReference: "r1",
        Config: { Comment: "ours", PrivateZone: false },
        ResourceRecordSetCount: 2,
      },
      ChangeInfo: { Id: "/change/C7NEW", Status: "PENDING", SubmittedAt: NOW },
      Location: "https://route53.amazonaws.com/2013-04-01/hostedzone/Z7NEW",
    });
    const zone = accountOf(cloud, ACCOUNT).zones.get("Z7NEW");
    expect([...(zone?.recordSets ?? [])].map(({ Name, Type, TTL }) => `${Name} ${Type} ${TTL}`)).toEqual([
      "shop.example.net. NS 172800",
      "shop.example.net. SOA 900",
    ]);
    expect(zone?.nameServers.map((server) => server.replace(/\d+/g, "N"))).toEqual([
      "ns-N.awsdns-N.com",
      "ns-N.awsdns-N.net",
      "ns-N.awsdns-N.org",
      "ns-N.awsdns-N.co.uk",
    ]);
    expect(output["DelegationSet"]).toEqual({ NameServers: zone?.nameServers });
  });

  test("a caller reference is used once; a name may be used again", () => {
    const first = run(emptyCloud(NOW), create("example.net"), zoneIds).cloud;
    expect(fault(first, create("other.example.net"))).toMatchObject({ code: "HostedZoneAlreadyExists", status: 409 });
    const second = run(first, create("example.net", { CallerReference: "r2" }), () => "Z8").cloud;
    expect(accountOf(second, ACCOUNT).zones.size).toBe(2);
  });

  test("what is refused", () => {
    expect(fault(emptyCloud(NOW), create("a..b")).code).toBe("InvalidDomainName");
    expect(fault(emptyCloud(NOW), create("example.net", { DelegationSetId: "N1" }))).toMatchObject({
      code: "NotEmulated",
      status: 501,
    });
  });

  test("500 zones", () => {
    let cloud = emptyCloud(NOW);
    for (let index = 0; index < 500; index += 1) {
      const id = `Z${index}`;
      cloud = withZone(cloud, ACCOUNT, {
        id,
        name: domainName(`n${index}.net`),
        callerReference: id,
        private: false,
        nameServers: [],
        recordSets: Table.empty(),
      });
    }
    expect(fault(cloud, create("example.net"))).toEqual({
      code: "TooManyHostedZones",
      message: "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.",
      status: 400,
    });
    run(withQuota(cloud, ACCOUNT, "route53.hostedZones", 501), create("example.net"));
  });

  test("a lowered quota", () => {
    const cloud = withQuota(estate(), ACCOUNT, "route53.hostedZones", 1);
    expect(fault(cloud, create("example.net")).code).toBe("TooManyHostedZones");
  });

  test("a zone for a VPC is private", () => {
    const { output } = run(
      emptyCloud(NOW),
      create("corp.example", { VPC: { VPCId: "vpc-1", VPCRegion: "us-east-1" } }),
      zoneIds,
    );
    expect(output).toMatchObject({ HostedZone: { Config: { PrivateZone: true } }, VPC: { VPCId: "vpc-1" } });
  });
});

describe("GetHostedZone and DeleteHostedZone", () => {
  test("get", () => {
    expect(run(estate(a("a.example.com.")), call("GetHostedZone", { Id: `/hostedzone/${ZONE}` })).output).toEqual({
      HostedZone: {
        Id: `/hostedzone/${ZONE}`,
        Name: "example.com.",
        CallerReference: "ref",
        Config: { PrivateZone: false },
        ResourceRecordSetCount: 3,
      },
      DelegationSet: { NameServers: ["ns-1.awsdns-00.com"] },
    });
  });

  test("only an empty zone can be deleted", () => {
    expect(fault(estate(a("a.example.com.")), call("DeleteHostedZone", { Id: ZONE })).code).toBe("HostedZoneNotEmpty");
    const { cloud, output } = run(estate(), call("DeleteHostedZone", { Id: ZONE }));
    expect(output).toMatchObject({ ChangeInfo: { Status: "PENDING" } });
    expect(accountOf(cloud, ACCOUNT).zones.has(ZONE)).toBe(false);
  });

  test("a comment is set, and goes when none is given", () => {
    const update = (more: object) => call("UpdateHostedZoneComment", { Id: `/hostedzone/${ZONE}`, ...more });
    const first = run(estate(), update({ Comment: "ours" }));
    expect(first.output).toMatchObject({ HostedZone: { Id: `/hostedzone/${ZONE}`, Config: { Comment: "ours" } } });
    const second = run(first.cloud, update({}));
    expect(second.output).toMatchObject({ HostedZone: { Config: { PrivateZone: false } } });
    expect(accountOf(second.cloud, ACCOUNT).zones.get(ZONE)).not.toHaveProperty("comment");
  });

  test("no zone is signed", () => {
    expect(run(estate(), call("GetDNSSEC", { HostedZoneId: ZONE })).output).toEqual({
      Status: { ServeSignature: "NOT_SIGNING" },
      KeySigningKeys: [],
    });
    expect(fault(estate(), call("GetDNSSEC", { HostedZoneId: "Z9" })).code).toBe("NoSuchHostedZone");
  });

  test.each(["GetHostedZone", "DeleteHostedZone", "UpdateHostedZoneComment"])(
    "%s of what is not there",
    (operation) => {
      expect(fault(estate(), call(operation, { Id: "Z9" }))).toEqual({
        code: "NoSuchHostedZone",
        message: "No hosted zone found with ID: Z9",
        status: 404,
      });
    },
  );
});
