import { describe, expect, test } from "vitest";
import { desire } from "../../src/desired/desire.ts";
import type { Desired } from "../../src/desired/desired.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import type { ApiSection, Manifest } from "../../src/manifest/manifest.ts";
import type { EndpointProbeSpec } from "../../src/resource/endpoint-probe.ts";
import type { HealthCheckSpec } from "../../src/resource/health-check-identity.ts";
import type { Scope } from "../../src/resource/kind.ts";
import { storefront, storefrontApi, withApi } from "../world/storefront.ts";

const zone = { account: "111122223333", id: "Z1", name: domainName("example.com") };
const scope: Scope = {
  account: "111122223333",
  owner: { manifest: "storefront", scope: "7f3k9q" },
  zones: [zone],
  zoneByName: new Map([[zone.name, zone]]),
  wanted: new Set([storefrontApi.name]),
  retired: new Set(),
  checkedHosts: new Map(),
  drainMinimumSeconds: 900,
};

const of = (manifest: Manifest, kind?: string): readonly string[] =>
  desire(manifest, scope)
    .filter((each) => kind === undefined || each.kind === kind)
    .map((each) => each.address);
const check = storefrontApi.healthCheck;
if (check === undefined) throw new Error("the storefront has a health check");
const one = (change: Partial<ApiSection>): Manifest =>
  withApi({ regions: storefrontApi.regions.slice(0, 1), ...change });

test("one Region of one name, references first", () => {
  const wanted = desire(one({}), scope);
  expect(new Set(wanted.map((each) => each.address))).toEqual(
    new Set([
      "certificate/storefront/us-east-1/RSA_2048",
      "validation-record/shop.example.com",
      "issuance/storefront/us-east-1/RSA_2048",
      "api-domain/us-east-1/shop.example.com",
      "base-path-mapping/us-east-1/shop.example.com/v1",
      "health-check/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
      "gate/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
      "endpoint-probe/us-east-1/shop.example.com",
      "record-set/shop.example.com/A/storefront/us-east-1",
    ]),
  );
  const placed = new Set<string>();
  for (const each of wanted) {
    for (const reference of each.references) expect(placed).toContain(reference);
    placed.add(each.address);
  }
});

describe("what the manifest's choices add and take", () => {
  test("dual stack: AAAA beside A", () => {
    expect(of(one({ ipAddressType: "dualstack" }), "record-set")).toEqual([
      "record-set/shop.example.com/A/storefront/us-east-1",
      "record-set/shop.example.com/AAAA/storefront/us-east-1",
    ]);
  });

  test.each([
    [
      "shared",
      [
        "gate/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
        "health-check/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
      ],
    ],
    [
      "own",
      [
        "gate/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
        "health-check/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com",
      ],
    ],
    ["none", ["health-check/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com/shop.example.com"]],
  ] as const)("gate: %s", (gate, addresses) => {
    expect(of(one({ healthCheck: { ...check, gate } }), "health-check").toSorted()).toEqual(addresses);
  });

  test("no health check: none, and records without one", () => {
    expect(of(one({ healthCheck: undefined }), "health-check")).toEqual([]);
    expect(
      desire(one({ healthCheck: undefined }), scope).find((each) => each.kind === "record-set")?.spec,
    ).toMatchObject({ healthCheck: undefined });
  });

  test("one validation record proves a name for every Region, and for its wildcard", () => {
    expect(of(storefront, "validation-record")).toEqual(["validation-record/shop.example.com"]);
    expect(of(storefront, "certificate")).toHaveLength(2);
  });

  test("names that check one endpoint share its check and its gate, and each registers there", () => {
    const second = domainName("a.shop.example.com");
    const [east, west] = storefrontApi.regions;
    const two = (gate: "shared" | "own" | "none", regions = [east, west]): Manifest => ({
      ...storefront,
      apis: [storefrontApi, { ...storefrontApi, name: second, regions: regions.flatMap((each) => each ?? []) }].map(
        (api) => ({ ...api, healthCheck: { ...check, gate } }),
      ),
    });
    const inEast = (manifest: Manifest, kind: string): readonly string[] =>
      of(manifest, kind).flatMap((each) => (each.includes("us-east-1") ? [each.slice(each.lastIndexOf("/") + 1)] : []));
    expect(inEast(two("shared"), "health-check")).toEqual(["_gate.example.com", "_gate.example.com"]);
    expect(inEast(two("shared"), "check-user")).toEqual(["a.shop.example.com", "shop.example.com"]);
    expect(inEast(two("none"), "health-check")).toEqual(["_check-30-string.example.com"]);
    expect(inEast(two("own"), "check-user")).toEqual([]);
    expect(inEast(two("shared", [west]), "check-user")).toEqual([]);
    expect(of(two("shared"), "record-set")).toEqual(of(two("own"), "record-set"));
  });

  test("a certificate that two names use is one certificate a Region", () => {
    const two: Manifest = {
      ...storefront,
      apis: [storefrontApi, { ...storefrontApi, name: domainName("a.shop.example.com") }],
    };
    expect(of(two, "certificate")).toHaveLength(2);
  });

  test("a name whose zone was not found is left to the diagnostics", () => {
    expect(of(one({ name: domainName("shop.elsewhere.test") }))).toEqual([]);
  });
});

describe("the probe visits what clients will: through the mapping, not the stage", () => {
  const probe = (change: Partial<ApiSection>): EndpointProbeSpec =>
    (desire(one(change), scope).find((each) => each.kind === "endpoint-probe") as Desired).spec as EndpointProbeSpec;
  const mapped = (basePath: string): Pick<ApiSection, "regions"> => ({
    regions: [{ region: "us-east-1", mappings: [{ basePath, restApi: "2wkt1cxxxx", stage: "prod" }] }],
  });
  const rows: readonly (readonly [string, Partial<ApiSection>, string, string | undefined])[] = [
    ["the check's path follows the mapping", mapped("v1"), "/v1/healthcheck", "ok"],
    ["the empty base path", mapped("(none)"), "/healthcheck", "ok"],
    [
      "another host's check says nothing about paths here",
      { ...mapped("v1"), healthCheck: { ...check, host: domainName("status.example.com") } },
      "/v1/",
      undefined,
    ],
    [
      "a path outside the stage neither",
      { ...mapped("v1"), healthCheck: { ...check, path: "/beta/healthcheck" } },
      "/v1/",
      undefined,
    ],
    ["no check", { ...mapped("v1"), healthCheck: undefined }, "/v1/", undefined],
  ];
  test.each(rows)("%s", (_what, change, path, searchString) =>
    expect(probe(change)).toMatchObject({ path, searchString }),
  );
});

test("never on the shared name itself: such a check would follow its own verdict", () => {
  const hosts = desire(storefront, scope).flatMap((each) =>
    each.kind === "health-check" ? [(each.spec as HealthCheckSpec).host] : [],
  );
  expect(new Set(hosts)).toEqual(
    new Set(["2wkt1cxxxx.execute-api.us-east-1.amazonaws.com", "8h2jk1xxxx.execute-api.us-west-2.amazonaws.com"]),
  );
});

test("the order of the manifest's lists does not matter", () => {
  const turned: Manifest = {
    ...storefront,
    apis: storefront.apis.map((api) => ({ ...api, regions: api.regions.toReversed() })),
  };
  expect(of(turned)).toEqual(of(storefront));
});
