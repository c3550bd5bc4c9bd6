import { describe, expect, test } from "vitest";
import { api, changed, domains, places } from "./places.ts";

const EAST = "{ restApi: 2wkt1cxxxx, stage: prod, basePath: v1 }";
const WEST = "{ restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }";

/** The good manifest with this policy, and this in each of its two Regions. */
const routed = (routing: string, east: string, west: string): string =>
  api(`routing: ${routing}`)
    .replace(EAST, `{ restApi: a, stage: prod${east} }`)
    .replace(WEST, `{ restApi: b, stage: prod${west} }`);

/** With a health check after its Regions, so that their places stay. */
const checked = (text: string): string => `${text}    healthCheck: { host: api, path: /prod }\n`;

/** Name, text, and what is told beside NOT_BUILT_YET, as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["weights", routed("weighted", ", weight: 100", ", weight: 0"), []],
  ["weights that sum to 0", routed("weighted", ", weight: 0", ", weight: 0"), ["ROUTING_WEIGHTS 13:5"]],
  ["a Region without its weight", routed("weighted", ", weight: 1", ""), ["MISSING_KEY 15:7"]],
  ["a weight without weighted", changed(WEST, "{ restApi: b, stage: prod, weight: 1 }"), ["ROUTING_KEY 14:45"]],
  ["a role without failover", changed(WEST, "{ restApi: b, stage: prod, role: primary }"), ["ROUTING_KEY 14:45"]],
  ["a primary and a secondary", checked(routed("failover", ", role: primary", ", role: secondary")), []],
  [
    "a primary and a secondary without a check",
    routed("failover", ", role: primary", ", role: secondary"),
    ["ROUTING_HEALTH 12:14"],
  ],
  [
    "a failover alias that does not look at its target",
    checked(routed("failover\n    evaluateTargetHealth: false", ", role: primary", ", role: secondary")),
    ["RECORD_KEY 13:5"],
  ],
  [
    "a failover CNAME has no target's health",
    checked(routed("failover\n    record: cname", ", role: primary", ", role: secondary")),
    [],
  ],
  [
    "one record with a check",
    checked(routed("simple", "", "").replace(/ {6}us-west-2.*\n/, "")),
    ["ROUTING_HEALTH 15:5"],
  ],
  ["two primaries", checked(routed("failover", ", role: primary", ", role: primary")), ["ROUTING_ROLES 15:51"]],
  ["failover without roles", checked(routed("failover", "", "")), ["MISSING_KEY 14:7", "MISSING_KEY 15:7"]],
  [
    "failover among three Regions",
    checked(
      `${routed("failover", ", role: primary", ", role: secondary")}      eu-west-1: { restApi: c, stage: prod, role: secondary }\n`,
    ),
    ["ROUTING_REGIONS 13:5", "ROUTING_ROLES 16:51"],
  ],
  ["simple with two Regions", routed("simple", "", ""), ["ROUTING_REGIONS 13:5"]],
  [
    "a CNAME at the apex",
    domains("[example.com]")
      .replace("  shop.example.com:", "  example.com:")
      .replace("    regions", "    record: cname\n    regions"),
    ["APEX_CNAME 12:13"],
  ],
  ["a CNAME below the apex", api("record: cname\n    ttl: 60"), []],
  ["a CNAME that is held for days", api("record: cname\n    ttl: 86401"), ["BAD_VALUE 13:10"]],
  ["a TTL of an alias", api("ttl: 60"), ["RECORD_KEY 12:5"]],
  ["a CNAME's target health", api("record: cname\n    evaluateTargetHealth: true"), ["RECORD_KEY 13:5"]],
  ["regional hosts", api('regionalHosts: "{region}.shop.example.com"'), []],
  ["regional hosts without a Region", api("regionalHosts: a.shop.example.com"), ["REGIONAL_HOSTS 12:20"]],
  [
    "regional hosts in no zone",
    api('regionalHosts: "{region}.example.org"'),
    ["NOT_COVERED 12:20", "OUTSIDE_ZONES 12:20"],
  ],
  ["regional hosts that are not covered", api('regionalHosts: "{region}.api.example.com"'), ["NOT_COVERED 12:20"]],
  ["regional hosts that are no names", api('regionalHosts: "{region}_.shop.example.com"'), ["BAD_DOMAIN_NAME 12:20"]],
  [
    "a check of regional hosts that are not there",
    api("healthCheck: { host: regional, path: /prod }"),
    ["REGIONAL_HOSTS 12:26"],
  ],
];

describe("rules of routing and records", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text).filter((each) => !each.startsWith("NOT_BUILT_YET"))).toEqual(told);
  });
});
