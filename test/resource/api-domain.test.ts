import { describe, expect, test } from "vitest";
import type { ApiDomain, Cloud } from "../../src/cloud/cloud.ts";
import type { Call } from "../../src/cloud/call.ts";
import { answered, doubted } from "../../src/cloud/claims.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { Table } from "../../src/cloud/table.ts";
import { apiDomain, liveDomain as found, mappingTag, ourMappings } from "../../src/resource/api-domain.ts";
import type { ApiDomainSpec } from "../../src/resource/api-domain.ts";
import type { Address } from "../../src/resource/address.ts";
import type { Change, Guard } from "../../src/resource/kind.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import type { Claim } from "../../src/resource/marker.ts";
import {
  EAST,
  GUARD,
  NOW,
  aliasRecord,
  base,
  callOf,
  changesOf,
  certificateSpec,
  cloudOf,
  inWords,
  liveCertificate,
  liveDomain,
  markerRecord,
} from "./clouds.ts";

const spec: ApiDomainSpec = {
  ...base,
  region: EAST,
  certificate: certificateSpec,
  securityPolicy: "TLS_1_2",
  endpointAccessMode: undefined,
  ipAddressType: "ipv4",
  mappings: ["v1"],
  tags: {},
};
const bring = (over: Partial<ApiDomainSpec> = {}): Change<ApiDomainSpec> => ({
  address: "a" as Address,
  before: undefined,
  after: { ...spec, ...over },
  guard: undefined,
});
/** As it stood when the plan was made. */
const changing = (over: Partial<ApiDomainSpec> = {}, guard?: Guard): Change<ApiDomainSpec> => ({
  ...bring(over),
  before: { ...spec, certificate: { ...certificateSpec, arn: "arn:old" } },
  guard,
});
const remove: Change<ApiDomainSpec> = { address: "a" as Address, before: spec, after: undefined, guard: GUARD };
const MINUTES_15 = 900_000;
const certificates = [liveCertificate()];
const entry = (drainedFrom: number | undefined, claim?: Claim) => {
  const own = { target: `api-domain/${EAST}`, incarnation: liveDomain().regionalDomainName, since: 1, drainedFrom };
  return [markerRecord({ entries: [claim === undefined ? own : { ...own, claim }] })];
};
/** Of the plan whose guard is GUARD, and of another. */
const OWN = `${GUARD.nonce}.4`;
const THEIRS = "n9.4";
const HOLDS = 17 * MINUTE;
const drainedAnd = (nonce: string, notAfter: number) => entry(NOW - MINUTES_15, { nonce, notAfter });
const deletion = (signedAt: number): Call => ({
  account: base.account,
  region: EAST,
  service: "apigateway",
  operation: "DeleteDomainName",
  input: { domainName: "shop.example.com" },
  signedAt,
});
const own = drainedAnd(OWN, NOW + 1);
const sent = deletion(NOW + 1 - HOLDS);
const mapped = (...paths: readonly string[]): ApiDomain =>
  liveDomain({ mappings: Table.from(paths.map((basePath) => [basePath, { basePath, restApiId: "r", stage: "s" }])) });

describe("what it needs next", () => {
  const rows: readonly (readonly [string, Change<ApiDomainSpec>, Cloud, string])[] = [
    ["no certificate", bring(), cloudOf(), "stop CHANGED_SINCE_PLAN, replan"],
    [
      "a pending certificate",
      bring(),
      cloudOf({ certificates: [liveCertificate({ status: "PENDING_VALIDATION" })] }),
      "wait for its certificate",
    ],
    ["nothing there", bring(), cloudOf({ certificates }), "CreateDomainName"],
    ["as it should be", bring(), cloudOf({ certificates, domains: [liveDomain()] }), "done"],
    [
      "a foreign one",
      bring(),
      cloudOf({ certificates, domains: [liveDomain({ tags: {} })] }),
      "stop FOREIGN_IN_THE_WAY, replan",
    ],
    [
      "being updated",
      bring({ securityPolicy: "TLS_1_0" }),
      cloudOf({ certificates, domains: [liveDomain({ status: "UPDATING" })] }),
      "wait for API Gateway to finish the update",
    ],
    [
      "another certificate bound",
      changing(),
      cloudOf({ certificates, domains: [liveDomain({ regionalCertificateArn: "arn:old" })] }),
      "UpdateDomainName",
    ],
    [
      "another run has bound another one since",
      changing(),
      cloudOf({ certificates, domains: [liveDomain({ regionalCertificateArn: "arn:theirs" })] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "another run has chosen another policy since",
      changing(),
      cloudOf({
        certificates,
        domains: [liveDomain({ regionalCertificateArn: "arn:old", securityPolicy: "TLS_1_0" })],
      }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "another run has made it meanwhile, otherwise",
      bring(),
      cloudOf({ certificates, domains: [liveDomain({ regionalCertificateArn: "arn:theirs" })] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "another run has swapped the marker of its name since",
      changing({}, GUARD),
      cloudOf({
        certificates,
        domains: [liveDomain({ regionalCertificateArn: "arn:old" })],
        records: [markerRecord({ nonce: THEIRS })],
      }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "a tag missing",
      bring({ tags: { team: "x" } }),
      cloudOf({ certificates, domains: [liveDomain()] }),
      "TagResource",
    ],
    [
      "a mapping not in its tag",
      bring({ mappings: ["v1", "v2"] }),
      cloudOf({ certificates, domains: [liveDomain()] }),
      "TagResource",
    ],
    [
      "only a stale read of one that we deleted",
      bring(),
      cloudOf({
        certificates,
        domains: [liveDomain()],
        records: [
          markerRecord({ tombs: [{ target: `api-domain/${EAST}`, incarnation: liveDomain().regionalDomainName }] }),
        ],
      }),
      "CreateDomainName",
    ],
    ["to go, never condemned", remove, cloudOf({ domains: [liveDomain()] }), "stop CHANGED_SINCE_PLAN, replan"],
    [
      "to go, condemned only",
      remove,
      cloudOf({ domains: [liveDomain()], records: entry(undefined) }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "to go, draining",
      remove,
      cloudOf({ domains: [liveDomain()], records: entry(NOW - MINUTES_15 + 1) }),
      "wait for resolvers to forget it",
    ],
    [
      "to go, drained",
      remove,
      cloudOf({ domains: [liveDomain()], records: entry(NOW - MINUTES_15) }),
      "ChangeResourceRecordSets",
    ],
    ["to go, claimed by this plan", remove, cloudOf({ domains: [liveDomain()], records: own }), "DeleteDomainName"],
    ["to go, claimed by this plan, and not seen", remove, cloudOf({ records: own }), "DeleteDomainName"],
    ["to go, claimed by this plan, which answered", remove, answered(cloudOf({ records: own }), sent), "done"],
    [
      "to go, claimed by this plan, whose request is spent",
      remove,
      doubted(cloudOf({ domains: [liveDomain()], records: own }), sent),
      "wait for AWS to refuse a request whose answer is not known, should it still be on its way",
    ],
    [
      "to go, claimed by this plan again, after a request that was spent",
      remove,
      doubted(cloudOf({ domains: [liveDomain()], records: own }), deletion(NOW - 2 * HOLDS)),
      "DeleteDomainName",
    ],
    [
      "to go, claimed by this plan, with a mapping of ours",
      remove,
      cloudOf({ domains: [mapped("v1")], records: own }),
      "DeleteBasePathMapping",
    ],
    [
      "to go, claimed by this plan, and referred to again",
      remove,
      cloudOf({ domains: [liveDomain()], records: [...own, aliasRecord(EAST)] }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "to go, claimed by this plan, and another has its name",
      remove,
      cloudOf({ domains: [liveDomain({ regionalDomainName: "d-other" })], records: own }),
      "stop CHANGED_SINCE_PLAN, replan",
    ],
    [
      "to go, claimed by this plan, too long ago",
      remove,
      cloudOf({ domains: [liveDomain()], records: drainedAnd(OWN, NOW) }),
      "ChangeResourceRecordSets",
    ],
    [
      "to go, claimed by another run",
      remove,
      cloudOf({ domains: [liveDomain()], records: drainedAnd(THEIRS, NOW + 1) }),
      "wait for the claim of another run, whose request may still be on its way",
    ],
    [
      "to go, claimed by another run, and not seen",
      remove,
      cloudOf({ records: drainedAnd(THEIRS, NOW + 1) }),
      "wait for the claim of another run, whose request may still be on its way",
    ],
    [
      "to go, claimed by another run, too long ago, and not seen",
      remove,
      cloudOf({ records: drainedAnd(THEIRS, NOW) }),
      "ChangeResourceRecordSets",
    ],
    [
      "to go, drained, being updated",
      remove,
      cloudOf({ domains: [liveDomain({ status: "UPDATING" })], records: entry(NOW - MINUTES_15) }),
      "wait for API Gateway to finish the update",
    ],
    [
      "to go, drained, with a mapping of ours",
      remove,
      cloudOf({ domains: [mapped("v1")], records: entry(NOW - MINUTES_15) }),
      "ChangeResourceRecordSets",
    ],
    [
      "to go, drained, with a foreign mapping",
      remove,
      cloudOf({ domains: [mapped("theirs")], records: entry(NOW - MINUTES_15) }),
      "stop FOREIGN_MAPPING",
    ],
    ["gone", remove, cloudOf(), "done"],
  ];
  test.each(rows)("%s", (_what, change, cloud, expected) =>
    expect(inWords(apiDomain.next([change], cloud))).toBe(expected),
  );
});

test("a claim holds for fifteen minutes and a margin, and its request is signed as of it", () => {
  const [, created] = changesOf(
    apiDomain.next([remove], cloudOf({ domains: [liveDomain()], records: drainedAnd(THEIRS, NOW) })),
  );
  const record = created?.ResourceRecordSet;
  const written = record === undefined ? undefined : parseMarker(record);
  expect(written?.entries).toMatchObject([
    { drainedFrom: NOW - MINUTES_15, claim: { nonce: "n1.2", notAfter: NOW + HOLDS } },
  ]);
  const later = cloudOf({ now: NOW + MINUTE, domains: [liveDomain()], records: record === undefined ? [] : [record] });
  expect(callOf(apiDomain.next([remove], later))).toEqual(deletion(NOW));
});

test("directly before an update the marker is read again, too", () => {
  expect(apiDomain.recheck?.(changing()).map(({ operation }) => operation)).toEqual(["ListResourceRecordSets"]);
  expect(apiDomain.recheck?.(bring())).toEqual([]);
});

test("what differs is replaced by its path, and nothing else", () => {
  const cloud = cloudOf({ certificates, domains: [liveDomain({ regionalCertificateArn: "arn:old" })] });
  expect(
    callOf(apiDomain.next([changing({ securityPolicy: "TLS_1_0", ipAddressType: "dualstack" })], cloud)).input,
  ).toEqual({
    domainName: "shop.example.com",
    patchOperations: [
      { op: "replace", path: "/regionalCertificateArn", value: certificates[0]?.arn },
      { op: "replace", path: "/securityPolicy", value: "TLS_1_0" },
      { op: "replace", path: "/endpointConfiguration/ipAddressType", value: "dualstack" },
    ],
  });
});

test("it is created regional, with its tags in the same call", () => {
  expect(callOf(apiDomain.next([bring()], cloudOf({ certificates }))).input).toMatchObject({
    domainName: "shop.example.com",
    endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
    securityPolicy: "TLS_1_2",
    tags: {
      "signalbox:manifest": "storefront",
      "signalbox:scope": "7f3k9q",
      "signalbox:address": "api-domain/us-east-1/shop.example.com",
      "signalbox:mapping:v1": "ours",
    },
  });
});

test("each mapping has a tag of its own, `=` for the empty path, and back", () => {
  const tags = { ...mappingTag("v2"), ...mappingTag("(none)") };
  expect(tags).toEqual({ "signalbox:mapping:v2": "ours", "signalbox:mapping:=": "ours" });
  expect(ourMappings(liveDomain({ tags }))).toEqual(["v2", "(none)"]);
  expect(ourMappings(liveDomain({ tags: {} }))).toEqual([]);
});

test("mappings that are ours already stay ours until they are gone", () => {
  const cloud = cloudOf({
    certificates,
    domains: [liveDomain({ tags: { ...liveDomain().tags, ...mappingTag("v2") } })],
  });
  expect(inWords(apiDomain.next([bring()], cloud))).toBe("done");
});

test("another incarnation than the one in the tomb is believed", () => {
  const tombs = [{ target: `api-domain/${EAST}`, incarnation: "d-older" }];
  expect(found(cloudOf({ domains: [liveDomain()], records: [markerRecord({ tombs })] }), spec)).toBeDefined();
});

test.each([
  ["of ours is migrated", liveDomain().tags, undefined],
  ["of somebody else's is refused before the first write", {}, "NOT_REGIONAL"],
])("an edge-optimized domain %s", (_what, tags, code) => {
  const cloud = cloudOf({ domains: [liveDomain({ endpointTypes: ["EDGE"], tags })] });
  const [observed] = apiDomain.observe(cloud, {
    account: base.account,
    owner: base.owner,
    zones: [base.zone],
    zoneByName: new Map([[base.zone.name, base.zone]]),
    wanted: new Set([base.name]),
    retired: new Set(),
    checkedHosts: new Map(),
    drainMinimumSeconds: 900,
  });
  expect(apiDomain.refuse?.(spec, observed, cloud)?.code).toBe(code);
});
