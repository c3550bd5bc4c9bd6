import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { emptyCloud } from "../../../src/cloud/empty.ts";
import { quotaOf, withQuota } from "../../../src/cloud/quotas.ts";
import { absorbRoute53 } from "../../../src/cloud/route53/absorb.ts";
import { ACCOUNT, NOW, ZONE, a, batch, call, estate, latencyAlias, listed, records, run, withCheck } from "./estate.ts";

const list = (input: object = {}) => call("ListResourceRecordSets", { HostedZoneId: ZONE, ...input });
/** Reads this from the true Cloud into the known one. */
const read = (known: Cloud, truth: Cloud, made: Call): Cloud => absorbRoute53(known, made, run(truth, made).output);
const byName = call("ListHostedZonesByName", {});

/** Reads the whole zone in pages. */
function readAll(known: Cloud, truth: Cloud, MaxItems: number): Cloud {
  let next = known;
  let markers: object | undefined = {};
  while (markers !== undefined) {
    const made = list({ MaxItems, ...markers });
    const { output } = run(truth, made);
    next = absorbRoute53(next, made, output);
    markers =
      output["IsTruncated"] === true
        ? {
            StartRecordName: output["NextRecordName"],
            StartRecordType: output["NextRecordType"],
            StartRecordIdentifier: output["NextRecordIdentifier"],
          }
        : undefined;
  }
  return next;
}

const rich = estate(
  a("a.example.com."),
  a("a-b.example.com."),
  latencyAlias("s.example.com.", "us-east-1"),
  latencyAlias("s.example.com.", "us-west-2"),
);

describe("zones", () => {
  test("from a listing, and name servers from the zone itself", () => {
    const known = read(emptyCloud(NOW), rich, byName);
    const zone = accountOf(known, ACCOUNT).zones.get(ZONE);
    expect(zone).toMatchObject({
      id: ZONE,
      name: "example.com.",
      callerReference: "ref",
      private: false,
      nameServers: [],
    });
    const more = accountOf(read(known, rich, call("GetHostedZone", { Id: ZONE })), ACCOUNT).zones.get(ZONE);
    expect(more?.nameServers).toEqual(["ns-1.awsdns-00.com"]);
  });

  test("a listing keeps the record sets that are known", () => {
    const known = readAll(read(emptyCloud(NOW), rich, byName), rich, 300);
    expect(records(read(known, rich, byName))).toEqual(records(rich));
  });
});

describe("record sets", () => {
  test.each([1, 2, 3, 300])("pages of %i fold one after another", (size) => {
    expect(records(readAll(read(emptyCloud(NOW), rich, byName), rich, size))).toEqual(records(rich));
  });

  test.each([1, 4, 300])("what is gone goes, pages of %i", (size) => {
    const stale = estate(
      a("0.example.com."),
      a("a.example.com.", "192.0.2.99"),
      a("b.example.com."),
      a("zz.example.com."),
    );
    expect(records(readAll(stale, rich, size))).toEqual(records(rich));
  });

  test("a narrow read refreshes what it covers and nothing else", () => {
    const known = estate(a("a.example.com."), a("m.example.com."), a("n.example.com."), a("z.example.com."));
    const truth = estate(a("m.example.com.", "192.0.2.9"), a("o.example.com."));
    const after = read(known, truth, list({ StartRecordName: "m.example.com", MaxItems: 1 }));
    expect(listed(after)).toEqual(["a.example.com. A", "m.example.com. A", "z.example.com. A"]); // n lies between m and the next page, o
    expect(records(after)).toContainEqual(a("m.example.com.", "192.0.2.9"));
  });

  test("a narrow read to the end of the zone clears the rest", () => {
    const known = estate(a("a.example.com."), a("y.example.com."), a("z.example.com."));
    expect(listed(read(known, estate(), list({ StartRecordName: "b.example.com" })))).toEqual(["a.example.com. A"]);
  });

  test("without markers of the next page, the last record set is the end", () => {
    const known = estate(a("a.example.com."), a("b.example.com."));
    const output = { ResourceRecordSets: [a("a.example.com.", "192.0.2.9")], IsTruncated: true };
    expect(listed(absorbRoute53(known, list({ StartRecordName: "a.example.com." }), output))).toEqual([
      "a.example.com. A",
      "b.example.com. A",
    ]);
  });

  test("any stale Cloud becomes the truth", () => {
    const some = fc
      .uniqueArray(fc.constantFrom("a", "a-b", "b", "b.a", "\\052", "z"), { maxLength: 6 })
      .map((names) => names.map((name): RecordSet => a(`${name}.example.com.`)));
    fc.assert(
      fc.property(some, some, fc.integer({ min: 1, max: 9 }), (stale, truth, size) => {
        expect(records(readAll(estate(...stale), estate(...truth), size))).toEqual(records(estate(...truth)));
      }),
    );
  });

  test("the zone must be known first", () => {
    expect(() => absorbRoute53(emptyCloud(NOW), list(), { ResourceRecordSets: [], IsTruncated: false })).toThrow(ZONE);
  });
});

describe("health checks", () => {
  const truth = withCheck(withCheck(estate(), "a"), "b");
  const ids = (cloud: Cloud) => [...accountOf(cloud, ACCOUNT).healthChecks].map(({ Id }) => Id);

  test("a listing begins anew, its pages add", () => {
    const known = withCheck(estate(), "gone");
    const first = read(known, truth, call("ListHealthChecks", { MaxItems: 1 }));
    expect(ids(first)).toEqual(["a"]);
    expect(ids(read(first, truth, call("ListHealthChecks", { MaxItems: 1, Marker: "b" })))).toEqual(["a", "b"]);
  });

  test("one by one; caller references come with them", () => {
    const known = read(estate(), truth, call("GetHealthCheck", { HealthCheckId: "b" }));
    expect(ids(known)).toEqual(["b"]);
    expect(accountOf(known, ACCOUNT).callerReferences.get("b")).toEqual({ id: "b", burnt: false });
  });
});

describe("changes", () => {
  const pending = run(estate(), batch(["CREATE", a("a.example.com.")])).cloud;
  const info = (Status: string) => ({ ChangeInfo: { Id: "/change/C1CHANGE", Status, SubmittedAt: NOW } });
  const get = call("GetChange", { Id: "C1CHANGE" });
  const insyncAt = (cloud: Cloud) => accountOf(cloud, ACCOUNT).changes.get("C1CHANGE")?.insyncAt;

  test.each<[string, Cloud, string, number, number]>([
    ["INSYNC sooner than predicted", pending, "INSYNC", NOW + 5_000, NOW + 5_000],
    ["INSYNC stays when it was", pending, "INSYNC", NOW + 90_000, NOW + 30_000],
    ["PENDING longer than predicted", pending, "PENDING", NOW + 90_000, Infinity],
    ["a change that was not known", estate(), "INSYNC", NOW + 5_000, NOW + 5_000],
  ])("%s", (_, cloud, status, now, expected) => {
    const after = absorbRoute53({ ...cloud, now }, get, info(status));
    expect(insyncAt(after)).toBe(expected);
  });
});

test("what is no read is a bug", () => {
  expect(() => absorbRoute53(estate(), call("DeleteHostedZone", {}), {})).toThrow(/DeleteHostedZone/);
});

describe("what is read besides", () => {
  test("tags, and that there are none any more", () => {
    const key = `hostedzone/${ZONE}`;
    const tag = call("ChangeTagsForResource", {
      ResourceType: "hostedzone",
      ResourceId: ZONE,
      AddTags: [{ Key: "a", Value: "1" }],
    });
    const truth = run(estate(), tag).cloud;
    const one = call("ListTagsForResource", { ResourceType: "hostedzone", ResourceId: ZONE });
    const several = call("ListTagsForResources", { ResourceType: "hostedzone", ResourceIds: [ZONE] });
    for (const made of [one, several]) {
      const known = read(estate(), truth, made);
      expect(accountOf(known, ACCOUNT).route53Tags.get(key)).toEqual({ a: "1" });
      expect(accountOf(read(known, estate(), made), ACCOUNT).route53Tags.get(key)).toEqual({});
    }
  });

  test("the quota that AWS tells holds, even where more is there than its default", () => {
    const made = call("GetAccountLimit", { Type: "MAX_HEALTH_CHECKS_BY_OWNER" });
    const truth = withQuota(estate(), ACCOUNT, "route53.healthChecks", 1_000);
    expect(quotaOf(read(estate(), truth, made), ACCOUNT, "route53.healthChecks")).toBe(1_000);
  });
});
