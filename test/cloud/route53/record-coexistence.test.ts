import { describe, expect, test } from "vitest";
import type { RecordSet } from "../../../src/cloud/cloud.ts";
import { a, alias, batch, cname, estate, fault, latencyAlias, listed, run } from "./estate.ts";

const name = "shop.example.com.";
const txt: RecordSet = { Name: name, Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"x"' }] };
const weighted = (id: string, weight = 1): RecordSet => a(name, "192.0.2.1", { SetIdentifier: id, Weight: weight });
const failover = (id: string, role: "PRIMARY" | "SECONDARY"): RecordSet =>
  a(name, "192.0.2.1", { SetIdentifier: id, Failover: role });
const multivalue = (id: string): RecordSet => a(name, "192.0.2.1", { SetIdentifier: id, MultiValueAnswer: true });
const east = latencyAlias(name, "us-east-1");

describe("may stand beside", () => {
  test.each<[string, RecordSet, RecordSet]>([
    ["another type", a(name), txt],
    ["latency of two Regions", east, latencyAlias(name, "eu-west-1")],
    [
      "two CNAMEs by latency",
      cname(name, "a.example.org", { SetIdentifier: "x", Region: "us-east-1" }),
      cname(name, "b.example.org", { SetIdentifier: "y", Region: "eu-west-1" }),
    ],
    [
      "a weighted alias beside one with a TTL",
      { ...alias(name, "other.example.com."), SetIdentifier: "x", Weight: 1 },
      weighted("y"),
    ],
    ["weighted of the same weight", weighted("x"), weighted("y")],
    ["primary and secondary", failover("x", "PRIMARY"), failover("y", "SECONDARY")],
    ["multivalue", multivalue("x"), multivalue("y")],
    ["another name", cname("b.example.com.", "a.example.org"), a(name)],
  ])("%s", (_, present, added) => {
    expect(listed(run(estate(present), batch(["CREATE", added])).cloud)).toHaveLength(2);
  });
});

describe("may not stand beside", () => {
  const what = "[RRSet with DNS name shop.example.com., type A";
  test.each<[string, RecordSet, RecordSet, string]>([
    [
      "a CNAME beside an A",
      a(name),
      cname(name, "x.example.org"),
      "[RRSet of type CNAME with DNS name shop.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.]",
    ],
    [
      "an A beside a CNAME",
      cname(name, "x.example.org"),
      a(name),
      "[RRSet of type A with DNS name shop.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.]",
    ],
    [
      "simple beside latency",
      east,
      a(name),
      `${what} cannot be created as other RRSets exist with the same name and type.]`,
    ],
    [
      "weighted beside simple",
      a(name),
      weighted("x"),
      `${what}, SetIdentifier x cannot be created as a non-weighted set exists with the same name and type.]`,
    ],
    [
      "latency beside weighted",
      weighted("x"),
      east,
      `${what}, SetIdentifier shop/us-east-1 cannot be created as a non-latency set exists with the same name and type.]`,
    ],
    [
      "multivalue beside simple",
      a(name),
      multivalue("x"),
      `${what}, SetIdentifier x cannot be created because a non multivalue answer rrset exists with the same name and type.]`,
    ],
    [
      "latency of the same Region",
      east,
      { ...east, SetIdentifier: "other" },
      `${what}, SetIdentifier other, and Region Name=us-east-1 cannot be created because a latency RRSet with the same name, type and region already exists.]`,
    ],
    [
      "two primaries",
      failover("x", "PRIMARY"),
      failover("y", "PRIMARY"),
      `${what}, SetIdentifier y cannot be created because a failover RRSet with the same name, type and failover role PRIMARY already exists.]`,
    ],
    [
      "weighted with another TTL",
      weighted("x"),
      { ...weighted("y"), TTL: 30 },
      `${what}, SetIdentifier y cannot be created as a weighted RRSet with the same name and type has another TTL.]`,
    ],
  ])("%s", (_, present, added, message) => {
    expect(fault(estate(present), batch(["CREATE", added])).message).toBe(message);
    expect(fault(estate(present), batch(["UPSERT", added])).message).toBe(message);
  });

  test("a CNAME at the apex", () => {
    expect(fault(estate(), batch(["CREATE", cname("example.com", "x.example.org")])).message).toContain(
      "RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.",
    );
  });
});

test("an UPSERT is not in its own way", () => {
  const moved = { ...east, Region: "us-west-2" };
  expect(listed(run(estate(east), batch(["UPSERT", moved])).cloud)).toEqual(["shop.example.com. A shop/us-east-1"]);
  run(estate(a(name)), batch(["UPSERT", a(name, "192.0.2.9")]));
});

test("100 record sets of one name and type", () => {
  const full = Array.from({ length: 100 }, (_, index) => weighted(String(index)));
  expect(fault(estate(...full), batch(["CREATE", weighted("101st")])).message).toMatch(/exceeds 100/);
  run(estate(...full.slice(1)), batch(["CREATE", weighted("100th")]));
});
