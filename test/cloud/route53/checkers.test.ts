import { expect, test } from "vitest";
import { parseIpv4 } from "../../../src/dns/ip-address.ts";
import { CHECKER_REGIONS, checkersIn } from "../../../src/cloud/route53/checkers.ts";
import { call, estate, run } from "./estate.ts";

const ranges = () => run(estate(), call("GetCheckerIpRanges", {})).output["CheckerIpRanges"] as readonly string[];

test("ranges in the order of their addresses", () => {
  expect(ranges()).toHaveLength(16);
  expect(ranges().slice(0, 2)).toEqual(["54.183.255.128/26", "54.228.16.0/26"]);
  expect(ranges().slice(-3)).toEqual(["107.23.255.0/26", "176.34.159.192/26", "177.71.207.128/26"]);
});

test("every checker is in one of the ranges", () => {
  const number = (address: string) => (parseIpv4(address) ?? []).reduce((sum, octet) => sum * 256 + octet, 0);
  const starts = ranges().map((range) => number(range.replace(/\/26$/, "")));
  for (const { IPAddress } of checkersIn())
    expect(starts.some((start) => number(IPAddress) > start && number(IPAddress) < start + 64)).toBe(true);
});

test("Regions with checkers, API Reference, HealthCheckConfig", () => {
  expect(CHECKER_REGIONS).toEqual([
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
  ]);
});
