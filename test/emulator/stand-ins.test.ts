import { expect, test } from "vitest";
import { accountOf, regionOf } from "../../src/cloud/edit.ts";
import { emptyCloud } from "../../src/cloud/empty.ts";
import { quotaOf } from "../../src/cloud/quotas.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { prepareStandIns } from "../../src/emulator/stand-ins.ts";
import { ACCOUNT, START } from "./world.ts";

const zone = (name: string, account = ACCOUNT) => ({ account, name: domainName(name) });

const WANTED = {
  account: ACCOUNT,
  zones: [zone("example.com"), zone("example.com"), zone("example.net")],
  restApis: [
    { region: "us-east-1", id: "2wkt1c", stages: ["prod"] },
    { region: "us-east-1", id: "2wkt1c", stages: ["beta", "prod"] },
  ],
};

test("what is missing is made and told, in the order in which it was wanted", () => {
  const { cloud, made } = prepareStandIns(emptyCloud(START), WANTED);
  expect(made).toEqual([
    "hosted zone example.com",
    "hosted zone example.net",
    "REST API 2wkt1c in us-east-1",
    "stage prod of REST API 2wkt1c in us-east-1",
    "stage beta of REST API 2wkt1c in us-east-1",
  ]);
  const zones = [...(cloud.accounts.get(ACCOUNT)?.zones ?? [])];
  expect(zones.map(({ recordSets }) => [...recordSets].map((record) => record.Type).toSorted())).toEqual([
    ["NS", "SOA"],
    ["NS", "SOA"],
  ]);
  expect(regionOf(cloud, ACCOUNT, "us-east-1").restApis?.get("2wkt1c")?.stages).toEqual(["prod", "beta"]);
});

test("each zone is in its own account, and so is a raised quota", () => {
  const OTHER = "444455556666";
  const wanted = {
    ...WANTED,
    zones: [zone("example.com"), zone("example.com", OTHER)],
    quotas: [{ account: OTHER, key: "route53.healthChecks", value: 1_000 }] as const,
  };
  const { cloud, made } = prepareStandIns(emptyCloud(START), wanted);
  const names = (account: string): readonly string[] => [...accountOf(cloud, account).zones].map(({ name }) => name);
  expect([names(ACCOUNT), names(OTHER)]).toEqual([["example.com."], ["example.com."]]);
  expect(made.at(-1)).toBe("1000 as the quota route53.healthChecks of account 444455556666");
  const quotas = [ACCOUNT, OTHER].map((account) => quotaOf(cloud, account, "route53.healthChecks"));
  expect(quotas).toEqual([200, 1_000]);
  expect(prepareStandIns(cloud, wanted).made).toEqual([]);
});

test("what exists is left as it is, and nothing is told", () => {
  const { cloud } = prepareStandIns(emptyCloud(START), WANTED);
  const again = prepareStandIns(cloud, WANTED);
  expect(again.made).toEqual([]);
  expect(again.cloud).toBe(cloud);
});
