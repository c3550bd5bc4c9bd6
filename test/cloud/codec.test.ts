import { describe, expect, test } from "vitest";
import { decodeCloud, encodeCloud } from "../../src/cloud/codec.ts";
import { accountOf, withAccount } from "../../src/cloud/edit.ts";
import { Table } from "../../src/cloud/table.ts";
import {
  ACCOUNT,
  apiDomain,
  certificate,
  cname,
  here,
  withCertificates,
  withDomains,
  withZones,
  world,
  zone,
} from "./world.ts";

const full = () => {
  const records = [cname("a.example.com.", "b.example.com.")];
  const mappings = Table.from([["v1", { basePath: "v1", restApiId: "api1", stage: "prod" }]]);
  const cloud = withDomains(
    withCertificates(
      withZones(world(), zone("example.com", records)),
      certificate({ tags: undefined, validation: undefined }),
    ),
    apiDomain({ mappings, tags: { $: "tricky", "": "empty" } }),
  );
  const account = accountOf(cloud, ACCOUNT);
  const change = { id: "C1", zoneId: "Z1", submittedAt: 1, insyncAt: Infinity, names: [] };
  return withAccount(cloud, { ...account, changes: account.changes.set("C1", change) });
};

/** Tables compare by what is in them. */
const plain = (value: unknown): unknown => {
  if (value instanceof Table)
    return new Map([...(value as Table<unknown>).entries()].map(([key, each]) => [key, plain(each)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};

describe("a Cloud on disk", () => {
  test("comes back through JSON as it was, undefined and Infinity included", () => {
    const cloud = full();
    const back = decodeCloud(JSON.parse(JSON.stringify(encodeCloud(cloud))));
    expect(plain(back)).toStrictEqual(plain(cloud));
    expect(here(back).restApis).toBeUndefined();
    expect([...accountOf(back, ACCOUNT).changes][0]?.insyncAt).toBe(Infinity);
    expect([...here(back).certificates][0]).toHaveProperty("tags", undefined);
  });

  test("the same Cloud gives the same text", () => {
    expect(JSON.stringify(encodeCloud(full()))).toBe(JSON.stringify(encodeCloud(full())));
  });

  test.each([
    [null],
    [{}],
    [{ version: 2, cloud: {} }],
    [{ version: 2, cloud: { now: 1 } }],
    [{ version: 1, cloud: { $: "date" } }],
  ])("%j is refused", (json) => expect(() => decodeCloud(json)).toThrow(/not a Cloud/));
});
