import { expect, test } from "vitest";
import { accountOf, regionOf, withAccount, withRegion, withZone } from "../../src/cloud/edit.ts";
import { emptyCloud, emptyRegion } from "../../src/cloud/empty.ts";
import { Table } from "../../src/cloud/table.ts";
import { domainName } from "../../src/dns/domain-name.ts";

const ID = "111122223333";

test("what is not known is empty, and REST APIs are not looked at", () => {
  const cloud = emptyCloud(1);
  expect(accountOf(cloud, ID)).toMatchObject({ id: ID });
  expect(accountOf(cloud, ID).zones.size).toBe(0);
  expect(regionOf(cloud, ID, "us-east-1").restApis).toBeUndefined();
  expect(emptyRegion("us-east-1", { restApis: Table.empty() }).restApis?.size).toBe(0);
});

test("an edit leaves the old Cloud as it was, and the rest in place", () => {
  const before = withRegion(emptyCloud(1), ID, emptyRegion("us-east-1", { restApis: Table.empty() }));
  const zone = {
    id: "Z1",
    name: domainName("example.com"),
    callerReference: "",
    private: false,
    nameServers: [],
    recordSets: Table.empty<never>(),
  };
  const after = withZone(before, ID, zone);
  expect(accountOf(before, ID).zones.has("Z1")).toBe(false);
  expect(accountOf(after, ID).zones.get("Z1")).toBe(zone);
  expect(regionOf(after, ID, "us-east-1").restApis).toBeDefined();
  expect(withAccount(after, accountOf(before, ID)).accounts.get(ID)?.zones.size).toBe(0);
});
