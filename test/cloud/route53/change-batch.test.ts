import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { step } from "../../../src/cloud/step.ts";
import {
  ACCOUNT,
  NOW,
  ZONE,
  a,
  alias,
  batch,
  call,
  cname,
  estate,
  fault,
  ids,
  latencyAlias,
  listed,
  records,
  run,
  withCheck,
} from "./estate.ts";
import type { Edit } from "./estate.ts";

const www = a("www.example.com.");
const east = latencyAlias("shop.example.com.", "us-east-1");
const west = latencyAlias("shop.example.com.", "us-west-2");

describe("what is accepted", () => {
  const cases: [string, Cloud, Edit[], string[]][] = [
    ["CREATE", estate(), [["CREATE", www]], ["www.example.com. A"]],
    ["DELETE", estate(www), [["DELETE", www]], []],
    ["UPSERT of what is not there", estate(), [["UPSERT", www]], ["www.example.com. A"]],
    [
      "DELETE and CREATE of one record set",
      estate(www),
      [
        ["DELETE", www],
        ["CREATE", a("www.example.com.", "192.0.2.9")],
      ],
      ["www.example.com. A"],
    ],
    [
      "DELETE with the values in another order",
      estate(a("m.example.com.", "192.0.2.1", { ResourceRecords: [{ Value: "192.0.2.1" }, { Value: "192.0.2.2" }] })),
      [["DELETE", a("m.example.com.", "", { ResourceRecords: [{ Value: "192.0.2.2" }, { Value: "192.0.2.1" }] })]],
      [],
    ],
    [
      "another spelling of the name and of the alias target",
      estate(east),
      [
        [
          "DELETE",
          {
            ...east,
            Name: "SHOP.example.com",
            AliasTarget: {
              ...east.AliasTarget,
              HostedZoneId: `/hostedzone/${east.AliasTarget?.HostedZoneId}`,
              DNSName: east.AliasTarget?.DNSName.slice(0, -1),
            },
          },
        ],
      ],
      [],
    ],
    [
      "simple to latency",
      estate(a("shop.example.com.")),
      [
        ["DELETE", a("shop.example.com.")],
        ["CREATE", east],
        ["CREATE", west],
      ],
      ["shop.example.com. A shop/us-east-1", "shop.example.com. A shop/us-west-2"],
    ],
    [
      "another identifier for the same Region",
      estate(east),
      [
        ["DELETE", east],
        ["CREATE", { ...east, SetIdentifier: "new" }],
      ],
      ["shop.example.com. A new"],
    ],
    [
      "a CNAME in place of an A",
      estate(www),
      [
        ["DELETE", www],
        ["CREATE", cname("www.example.com.", "x.example.org")],
      ],
      ["www.example.com. CNAME"],
    ],
    [
      "an alias after its target",
      estate(),
      [
        ["CREATE", www],
        ["CREATE", alias("web.example.com.", "www.example.com.")],
      ],
      ["web.example.com. A", "www.example.com. A"],
    ],
    ["a wildcard", estate(), [["CREATE", a("*.example.com")]], ["\\052.example.com. A"]],
    [
      "other values at the apex",
      estate(),
      [["UPSERT", { Name: "example.com", Type: "NS", TTL: 60, ResourceRecords: [{ Value: "ns.example.org" }] }]],
      [],
    ],
  ];
  test.each(cases)("%s", (_, cloud, edits, expected) => {
    expect(listed(run(cloud, batch(...edits)).cloud)).toEqual(expected);
  });

  test("the answer is a pending change, and the change is kept", () => {
    const { cloud, output } = run(estate(), batch(["CREATE", www], ["CREATE", a("b.example.com.")]));
    expect(output).toEqual({ ChangeInfo: { Id: "/change/C1CHANGE", Status: "PENDING", SubmittedAt: NOW } });
    expect(accountOf(cloud, ACCOUNT).changes.get("C1CHANGE")).toMatchObject({
      zoneId: ZONE,
      submittedAt: NOW,
      insyncAt: NOW + 30_000,
      names: ["b.example.com.", "www.example.com."],
    });
  });

  test("what is stored has AWS's form and nothing else", () => {
    const given = { ...east, Name: "*.Shop.example.com", TTL: undefined, ResourceRecords: [], MultiValueAnswer: false };
    const { cloud } = run(estate(), batch(["CREATE", given]));
    expect(records(cloud).find((record) => record.Region !== undefined)).toEqual({
      ...east,
      Name: "\\052.shop.example.com.",
    });
  });

  test("a comment comes back", () => {
    const made = call("ChangeResourceRecordSets", {
      HostedZoneId: `/hostedzone/${ZONE}`,
      ChangeBatch: { Comment: "why", Changes: [{ Action: "CREATE", ResourceRecordSet: www }] },
    });
    expect(run(estate(), made).output).toMatchObject({ ChangeInfo: { Comment: "why" } });
  });
});

describe("what is refused as InvalidChangeBatch", () => {
  const cases: [string, Cloud, Edit[], string][] = [
    [
      "CREATE of what is there",
      estate(www),
      [["CREATE", a("www.example.com.", "192.0.2.9")]],
      "[Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]",
    ],
    [
      "the same with an identifier",
      estate(east),
      [["CREATE", east]],
      "[Tried to create resource record set [name='shop.example.com.', type='A', set-identifier='shop/us-east-1'] but it already exists]",
    ],
    [
      "DELETE of what is not there",
      estate(),
      [["DELETE", www]],
      "[Tried to delete resource record set [name='www.example.com.', type='A'] but it was not found]",
    ],
    [
      "DELETE with another TTL",
      estate(www),
      [["DELETE", { ...www, TTL: 61 }]],
      "[Tried to delete resource record set [name='www.example.com.', type='A'] but the values provided do not match the current values]",
    ],
    [
      "outside the zone",
      estate(),
      [["CREATE", a("www.example.org.")]],
      "[RRSet with DNS name www.example.org. is not permitted in zone example.com.]",
    ],
    [
      "a name that only ends alike",
      estate(),
      [["CREATE", a("badexample.com.")]],
      "[RRSet with DNS name badexample.com. is not permitted in zone example.com.]",
    ],
    [
      "a CREATE before the DELETE that makes room",
      estate(www),
      [
        ["CREATE", cname("www.example.com.", "x.example.org")],
        ["DELETE", www],
      ],
      "[RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.]",
    ],
    [
      "all problems, not the first",
      estate(www),
      [
        ["CREATE", www],
        ["DELETE", a("b.example.com.")],
      ],
      "[Tried to create resource record set [name='www.example.com.', type='A'] but it already exists, Tried to delete resource record set [name='b.example.com.', type='A'] but it was not found]",
    ],
    [
      "a value that is none",
      estate(),
      [["CREATE", a("www.example.com.", "1.2.3")]],
      "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '1.2.3'']",
    ],
  ];
  test.each(cases)("%s", (_, cloud, edits, message) => {
    expect(fault(cloud, batch(...edits))).toEqual({ code: "InvalidChangeBatch", message, status: 400 });
  });

  const member: [string, object][] = [
    ["TTL", { TTL: 1 }],
    ["a value", { ResourceRecords: [{ Value: "192.0.2.77" }] }],
    ["the health check", { HealthCheckId: "hc-2" }],
    ["the Region", { Region: "eu-west-1" }],
  ];
  const whole = a("r.example.com.", "192.0.2.1", { SetIdentifier: "x", Region: "us-east-1", HealthCheckId: "hc-1" });
  test.each(member)("DELETE that differs in %s", (_, change) => {
    expect(fault(estate(whole), batch(["DELETE", { ...whole, ...change }])).message).toMatch(
      /do not match the current values/,
    );
  });
  test.each([
    ["target", { DNSName: "other.example.org." }],
    ["evaluation", { EvaluateTargetHealth: true }],
    ["zone", { HostedZoneId: "Z2" }],
  ])("DELETE of an alias that differs in its %s", (_, change) => {
    const edited = { ...east, AliasTarget: { ...east.AliasTarget, ...change } };
    expect(fault(estate(east), batch(["DELETE", edited])).message).toMatch(/do not match the current values/);
  });

  test.each<[string, Edit[]]>([
    [
      "two deletes",
      [
        ["DELETE", www],
        ["DELETE", www],
      ],
    ],
    [
      "two upserts",
      [
        ["UPSERT", www],
        ["UPSERT", www],
      ],
    ],
    [
      "create then delete",
      [
        ["CREATE", a("n.example.com.")],
        ["DELETE", a("n.example.com.")],
      ],
    ],
    [
      "delete, create, upsert",
      [
        ["DELETE", www],
        ["CREATE", www],
        ["UPSERT", www],
      ],
    ],
  ])("one record set twice: %s", (_, edits) => {
    expect(fault(estate(www), batch(...edits)).message).toMatch(
      /invalid set of changes for a resource record set 'A \w+\.example\.com\.'/,
    );
  });

  test("the apex keeps its SOA and NS", () => {
    const [ns, soa] = records(estate());
    expect(fault(estate(), batch(["DELETE", ns])).message).toMatch(/at least one NS record/);
    expect(fault(estate(), batch(["DELETE", soa])).message).toMatch(/exactly one SOA record/);
    const other = { ...ns, TTL: 60 };
    expect(records(run(estate(), batch(["DELETE", ns], ["CREATE", other])).cloud)[0]).toEqual(other);
  });
});

describe("limits", () => {
  const many = (count: number, action: Edit[0] = "CREATE"): Edit[] =>
    Array.from({ length: count }, (_, index) => [action, latencyAlias(`n${index}.example.com.`, "us-east-1")] as const);
  /** So many values of 100 characters. */
  const txt = (action: Edit[0], values: number): Edit => {
    const ResourceRecords = Array.from({ length: values }, (_, index) => ({
      Value: `"${String(index).padStart(98, "x")}"`,
    }));
    return [action, { Name: "t.example.com.", Type: "TXT", TTL: 60, ResourceRecords }];
  };

  test("1,000 elements; an alias is one; an UPSERT is two", () => {
    const exceeded = "[Number of records limit of 1000 exceeded.]";
    expect(fault(estate(), batch(...many(1_001))).message).toBe(exceeded);
    expect(fault(estate(), batch(...many(501, "UPSERT"))).message).toBe(exceeded);
    expect(records(run(estate(), batch(...many(1_000))).cloud)).toHaveLength(1_002);
    expect(records(run(estate(), batch(...many(500, "UPSERT"))).cloud)).toHaveLength(502);
  });

  test("32,000 characters; an UPSERT is two", () => {
    const exceeded = /characters limit of 32000/;
    expect(fault(estate(), batch(txt("CREATE", 321))).message).toMatch(exceeded);
    expect(fault(estate(), batch(txt("UPSERT", 161))).message).toMatch(exceeded);
    run(estate(), batch(txt("CREATE", 320)));
    run(estate(), batch(txt("UPSERT", 160)));
  });

  test("an empty batch", () => {
    expect(fault(estate(), batch()).code).toBe("InvalidInput");
  });
});

describe("what must exist", () => {
  const checked = a("h.example.com.", "192.0.2.1", { SetIdentifier: "x", Region: "us-east-1", HealthCheckId: "hc-1" });

  test("the zone", () => {
    const made = call("ChangeResourceRecordSets", {
      HostedZoneId: "Z9",
      ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet: www }] },
    });
    expect(fault(estate(), made)).toMatchObject({ code: "NoSuchHostedZone", status: 404 });
  });

  test("the health check, except in a DELETE", () => {
    expect(fault(estate(), batch(["CREATE", checked]))).toMatchObject({ code: "NoSuchHealthCheck", status: 404 });
    expect(listed(run(withCheck(estate(), "hc-1"), batch(["CREATE", checked])).cloud)).toEqual(["h.example.com. A x"]);
    expect(listed(run(estate(checked), batch(["DELETE", checked])).cloud)).toEqual([]);
  });
});

describe("a batch is a transaction", () => {
  const name = fc.constantFrom("a.example.com.", "b.example.com.", "a.b.example.com.", "www.example.org.");
  const record = fc.oneof(
    fc.tuple(name, fc.constantFrom("192.0.2.1", "192.0.2.2", "bad")).map(([owner, value]) => a(owner, value)),
    name.map((owner) => cname(owner, "x.example.org.")),
    fc.tuple(name, fc.constantFrom("us-east-1", "us-west-2")).map(([owner, region]) => latencyAlias(owner, region)),
  );
  const edit = fc.tuple(fc.constantFrom<Edit[0]>("CREATE", "DELETE", "UPSERT"), record);
  /** Record sets that may not stand beside another one that is there. */
  const conflicts = (all: readonly RecordSet[]): readonly RecordSet[] =>
    all.filter(({ Name, Type, Region }) => {
      const others = all.filter((other) => other.Name === Name);
      const mixed = others.some(
        (other) => other.Type === Type && (other.Region === undefined) !== (Region === undefined),
      );
      return mixed || (Type === "CNAME" && others.length > 1);
    });
  const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

  test("the old Cloud never changes, a fault keeps no part of the batch, and a CNAME always stands alone", () => {
    fc.assert(
      fc.property(history, (batches) => {
        let cloud = estate();
        for (const edits of batches) {
          const before = JSON.stringify(cloud);
          const outcome = step(cloud, batch(...edits), ids);
          expect(JSON.stringify(cloud)).toBe(before);
          cloud = outcome.ok ? outcome.cloud : cloud;
          expect(conflicts(records(cloud))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("every DELETE of what is listed is accepted and undone by its CREATE", () => {
    const stored = estate(www, east, west, a("\\052.w.example.com."), alias("web.example.com.", "www.example.com."));
    for (const found of records(stored).filter(({ Type }) => Type === "A")) {
      const deleted = run(stored, batch(["DELETE", found])).cloud;
      expect(records(deleted)).not.toContainEqual(found);
      expect(records(run(deleted, batch(["CREATE", found])).cloud)).toEqual(records(stored));
    }
  });
});

test("500 changes to a zone of 30,000 record sets leave the old zone intact", () => {
  const big = estate(...Array.from({ length: 30_000 }, (_, index) => a(`n${index}.example.com.`)));
  const edits = Array.from({ length: 250 }, (_, index): Edit[] => {
    const old = a(`n${index * 100}.example.com.`);
    return [
      ["DELETE", old],
      ["CREATE", { ...old, TTL: 61 }],
    ];
  });
  const { cloud } = run(big, batch(...edits.flat()));
  const [before, after] = [big, cloud].map((state) => accountOf(state, ACCOUNT).zones.get(ZONE)?.recordSets);
  expect([before?.size, after?.size]).toEqual([30_002, 30_002]);
  const [old, fresh] = [[...(before ?? [])], [...(after ?? [])]];
  expect(old.every((record) => record.Type !== "A" || record.TTL === 60)).toBe(true);
  expect(fresh.filter((record) => record.TTL === 61)).toHaveLength(250);
  expect(fresh.filter((record, index) => record === old[index])).toHaveLength(30_002 - 250); // shared, not copied
});
