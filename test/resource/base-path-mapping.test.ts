import { describe, expect, test } from "vitest";
import type { ApiDomain, Cloud } from "../../src/cloud/cloud.ts";
import { Table } from "../../src/cloud/table.ts";
import { basePathMapping } from "../../src/resource/base-path-mapping.ts";
import type { BasePathMappingSpec } from "../../src/resource/base-path-mapping.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change } from "../../src/resource/kind.ts";
import { EAST, GUARD, NOW, base, callOf, changesOf, cloudOf, inWords, liveDomain, markerRecord } from "./clouds.ts";

const spec: BasePathMappingSpec = { ...base, region: EAST, basePath: "v1", restApi: "api1", stage: "prod" };
const bring: Change<BasePathMappingSpec> = {
  address: "a" as Address,
  before: undefined,
  after: spec,
  guard: GUARD,
};
const remove: Change<BasePathMappingSpec> = {
  address: "a" as Address,
  before: spec,
  after: undefined,
  guard: GUARD,
};
const domain = (tag: string, mapping?: { restApiId: string; stage: string }): ApiDomain =>
  liveDomain({
    tags: Object.fromEntries(
      Object.entries(liveDomain().tags).filter(([key]) => tag !== "" || !key.startsWith("signalbox:mapping:")),
    ),
    mappings:
      mapping === undefined
        ? Table.empty()
        : Table.from([
            ["v1", { basePath: "v1", ...mapping }],
            ["stays", { basePath: "stays", restApiId: "api1", stage: "prod" }],
          ]),
  });

interface Mapping {
  readonly restApiId: string;
  readonly stage: string;
}

const other = (nonce: string, notAfter: number): Cloud =>
  claimed(nonce, notAfter, { restApiId: "api1", stage: "prod" }, "base-path-mapping/us-east-1/older");

const only = cloudOf({
  domains: [liveDomain({ mappings: Table.from([["v1", { basePath: "v1", restApiId: "api1", stage: "prod" }]]) })],
  records: [markerRecord()],
});

/** The marker's nonce is that of this plan, and the claim of its entry is this one. */
function claimed(nonce: string, notAfter: number, mapping?: Mapping, target = "base-path-mapping/us-east-1/v1"): Cloud {
  const entry = { target, incarnation: "d-new", since: 2, drainedFrom: undefined, claim: { nonce, notAfter } };
  return cloudOf({
    domains: [domain("v1", mapping)],
    records: [markerRecord({ nonce: nonce.startsWith("n1") ? nonce : "n0.1", entries: [entry] })],
  });
}

test("the claim is one swap: the entry and its end", () => {
  const cloud = cloudOf({ domains: [domain("v1", { restApiId: "a", stage: "b" })], records: [markerRecord()] });
  const made = changesOf(basePathMapping.next([remove], cloud)).find(({ Action }) => Action === "CREATE");
  expect(JSON.stringify(made)).toMatch(
    /condemned base-path-mapping\/us-east-1\/v1 is=d-new\S* since=2 claim=n1\.2 until=/u,
  );
});

test("a mapping that is about to be deleted differs from one that is wanted just so", () => {
  const mapping = { restApiId: "api1", stage: "prod" };
  const differences = (notAfter: number): readonly unknown[] => {
    const cloud = claimed("n9.2", notAfter, mapping);
    const observed = { address: "a" as Address, spec, ours: true, edited: false, id: "" };
    return basePathMapping.compare(spec, observed, cloud);
  };
  expect(differences(NOW + 1)).toMatchObject([{ field: "claim" }]);
  expect(differences(NOW)).toEqual([]);
});

test("the next swap forgets a claim that is over", () => {
  const swap = basePathMapping.next([{ ...remove, guard: { basis: "n0.1", nonce: "n1" } }], other("n9.2", NOW));
  expect(JSON.stringify(changesOf(swap).filter(({ Action }) => Action === "CREATE"))).not.toContain("us-east-1/older");
});

describe("what it needs next", () => {
  const right = { restApiId: "api1", stage: "prod" };
  const rows: readonly (readonly [string, Change<BasePathMappingSpec>, Cloud, string])[] = [
    ["no domain", bring, cloudOf(), "stop CHANGED_SINCE_PLAN, replan"],
    ["nothing there: the tag says first that it is ours", bring, cloudOf({ domains: [domain("")] }), "TagResource"],
    ["tagged", bring, cloudOf({ domains: [domain("v1")] }), "CreateBasePathMapping"],
    [
      "another stage: in place",
      bring,
      cloudOf({ domains: [domain("v1", { ...right, stage: "beta" })] }),
      "UpdateBasePathMapping",
    ],
    ["as it should be", bring, cloudOf({ domains: [domain("v1", right)] }), "done"],
    ["to go, and no marker", remove, cloudOf({ domains: [domain("v1", right)] }), "DeleteBasePathMapping"],
    ["gone, the tag still says ours: as long as the domain", remove, cloudOf({ domains: [domain("v1")] }), "done"],
    [
      "to go, and a marker: claimed first",
      remove,
      cloudOf({ domains: [domain("v1", right)], records: [markerRecord()] }),
      "ChangeResourceRecordSets",
    ],
    ["claimed by this plan", remove, claimed("n1.2", NOW + 1, right), "DeleteBasePathMapping"],
    ["and gone", remove, claimed("n1.2", NOW + 1), "done"],
    ["the only one that is left: what was to stay is gone", remove, only, "stop CHANGED_SINCE_PLAN, replan"],
    [
      "claimed by another run",
      remove,
      claimed("n9.2", NOW + 1, right),
      "wait for the claim of another run, whose request may still be on its way",
    ],
    ["another run's claim is over: claimed anew", remove, claimed("n9.2", NOW, right), "ChangeResourceRecordSets"],
    [
      "wanted, and another run's claim holds",
      bring,
      claimed("n9.2", NOW + 1, right),
      "wait for a request to delete it, which may be on its way",
    ],
    ["wanted, and the claim is over", bring, claimed("n9.2", NOW, right), "done"],
    ["gone altogether", remove, cloudOf({ domains: [domain("")] }), "done"],
    ["gone with its domain", remove, cloudOf(), "done"],
  ];
  test.each(rows)("%s", (_what, change, cloud, expected) =>
    expect(inWords(basePathMapping.next([change], cloud))).toBe(expected),
  );

  test("an update replaces what differs only", () => {
    const cloud = cloudOf({ domains: [domain("v1", { restApiId: "old", stage: "prod" })] });
    expect(callOf(basePathMapping.next([bring], cloud)).input).toEqual({
      domainName: "shop.example.com",
      basePath: "v1",
      patchOperations: [{ op: "replace", path: "/restapiId", value: "api1" }],
    });
  });
});
