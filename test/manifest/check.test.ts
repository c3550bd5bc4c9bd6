import { describe, expect, test } from "vitest";
import { api, cert, changed, domains, good, places, sharing, top } from "./places.ts";

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["a Region in the name", changed("storefront", "shop-us-east-1"), ["NAME_HAS_REGION 2:7"]],
  ["a Region in the middle of the name", changed("storefront", "xeu-west-2y"), ["NAME_HAS_REGION 2:7"]],
  ["a tag of AWS's", top("tags: { aws:team: a }"), ["RESERVED_TAG 15:9"]],
  ["a tag of Signalbox's", top("tags: { signalbox:scope: a }"), ["RESERVED_TAG 15:9"]],
  ["a character that tags cannot have", top("tags: { team: a#b }"), ["BAD_TAG 15:15"]],
  ["a long tag key", top(`tags: { ${"k".repeat(129)}: a }`), ["BAD_TAG 15:9"]],
  ["a long tag value", top(`tags: { k: ${"v".repeat(257)} }`), ["BAD_TAG 15:12"]],
  [
    "47 tags",
    top(`tags: { ${Array.from({ length: 47 }, (_, index) => `t${index}: a`).join(", ")} }`),
    ["BAD_TAG 15:1"],
  ],
  ["an empty label", changed("  example.com: {}", "  example..com: {}"), ["BAD_DOMAIN_NAME 5:3"]],
  ["a label of 64 characters", domains(`[shop.example.com, ${"a".repeat(64)}.example.com]`), ["BAD_DOMAIN_NAME 8:33"]],
  ["a name of 255 characters", domains(`[shop.example.com, ${"a.".repeat(122)}example.com]`), ["BAD_DOMAIN_NAME 8:33"]],
  ["an underscore in a host", domains("[shop.example.com, a_b.example.com]"), ["BAD_DOMAIN_NAME 8:33"]],
  ["characters outside ASCII", domains("[shop.example.com, bücher.example.com]"), ["BAD_DOMAIN_NAME 8:33"]],
  ["a wildcard in the middle", domains('[shop.example.com, "a.*.example.com"]'), ["BAD_DOMAIN_NAME 8:33"]],
  ["a wildcard that is a part of a label", domains('[shop.example.com, "a*.example.com"]'), ["BAD_DOMAIN_NAME 8:33"]],
  ["two wildcards", domains('[shop.example.com, "*.*.example.com"]'), ["BAD_DOMAIN_NAME 8:33"]],
  ["a zone with a wildcard", changed("  example.com", '  "*.example.com"'), ["BAD_DOMAIN_NAME 5:3"]],
  ["a marker's name", top("retire: [_signalbox.shop.example.com]"), ["RESERVED_NAME 15:10"]],
  ["a zone twice", changed("  example.com: {}", "  example.com: {}\n  Example.COM.: {}"), ["DUPLICATE 6:3"]],
  [
    "a name twice",
    top("  SHOP.example.com: { certificate: shop, regions: { eu-west-1: { restApi: a, stage: b } } }"),
    ["DUPLICATE 15:3"],
  ],
  ["a domain twice", domains("[shop.example.com, shop.example.com.]"), ["DUPLICATE 8:33"]],
  ["a retired name twice", top("retire: [a.example.com, a.example.com]"), ["DUPLICATE 15:25"]],
  [
    "a name outside every zone",
    changed("  example.com: {}", "  example.org: {}"),
    ["OUTSIDE_ZONES 8:15", "OUTSIDE_ZONES 8:33", "OUTSIDE_ZONES 10:3"],
  ],
  [
    "no zones at all",
    changed("zones:\n  example.com: {}\n", ""),
    ["OUTSIDE_ZONES 6:15", "OUTSIDE_ZONES 6:33", "OUTSIDE_ZONES 8:3"],
  ],
  [
    "a zone that only ends alike",
    changed("  example.com: {}", "  ample.com: {}"),
    ["OUTSIDE_ZONES 8:15", "OUTSIDE_ZONES 8:33", "OUTSIDE_ZONES 10:3"],
  ],
  ["a retired name outside every zone", top("retire: [old.example.org]"), ["OUTSIDE_ZONES 15:10"]],
  ["a retired name that is listed", top("retire: [SHOP.example.com]"), ["RETIRED_AND_LISTED 15:10"]],
  [
    "a previous name that is retired as well",
    `${api("previousName: old.example.com")}\nretire: [old.example.com]\n`,
    ["PREVIOUS_NAME_LISTED 12:19", "PREVIOUS_NAME_LISTED 17:10"],
  ],
  ["a name that was called so before", api("previousName: SHOP.example.com"), ["PREVIOUS_NAME_LISTED 12:19"]],
  ["a certificate that was called so before", cert("previousName: shop"), ["PREVIOUS_NAME_LISTED 9:19"]],
  [
    "a certificate without domains",
    changed('    domains: [shop.example.com, "*.shop.example.com"]', "    keyAlgorithms: [RSA_2048]"),
    ["MISSING_KEY 7:3"],
  ],
  [
    "a certificate's label with a blank",
    changed("  shop:", "  my shop:").replace("certificate: shop", "certificate: my shop"),
    ["BAD_VALUE 7:3"],
  ],
  [
    "eleven domains",
    domains(
      `[${Array.from({ length: 11 }, (_, index) => (index === 0 ? "shop" : `a${index}`))
        .map((each) => `${each}.example.com`)
        .join(", ")}]`,
    ),
    ["CERTIFICATE_TOO_MANY_NAMES 8:5"],
  ],
  [
    "a first domain of 65 characters",
    domains(`[${"a".repeat(53)}.example.com, shop.example.com]`),
    ["CERTIFICATE_NAME_TOO_LONG 8:15"],
  ],
  ["a first domain of 64 characters is fine", domains(`[${"a".repeat(52)}.example.com, shop.example.com]`), []],
  ["a key algorithm twice", cert("keyAlgorithms: [RSA_2048, RSA_2048]"), ["DUPLICATE 9:31"]],
  ["no transparency", cert("transparencyLogging: false"), ["TRANSPARENCY_OFF 9:26"]],
  [
    "a certificate that nothing binds",
    changed("apis:", "  spare: { domains: [spare.example.com] }\napis:"),
    ["CERTIFICATE_UNUSED 9:3"],
  ],
  [
    "an unknown certificate",
    changed("certificate: shop", "certificate: shpo"),
    ["CERTIFICATE_UNUSED 7:3", "CERTIFICATE_UNKNOWN 11:18"],
  ],
  [
    "a certificate's label like a method's name",
    changed("certificate: shop", "certificate: constructor"),
    ["CERTIFICATE_UNUSED 7:3", "CERTIFICATE_UNKNOWN 11:18"],
  ],
  ["a certificate for another name", domains("[web.example.com]"), ["NOT_COVERED 11:18"]],
  ["a wildcard does not cover the name above it", domains('["*.shop.example.com"]'), ["NOT_COVERED 11:18"]],
  ["the only certificate that covers is found", changed("    certificate: shop\n", ""), []],
  [
    "none that covers",
    domains("[web.example.com]").replace("    certificate: shop\n", ""),
    ["CERTIFICATE_UNUSED 7:3", "CERTIFICATE_MISSING 10:3"],
  ],
  [
    "several that cover",
    changed("apis:", '  wild: { domains: ["*.example.com"] }\napis:').replace("    certificate: shop\n", ""),
    ["CERTIFICATE_AMBIGUOUS 11:3"],
  ],
  [
    "a wildcard name needs the same wildcard",
    changed("  shop.example.com:", '  "*.web.example.com":'),
    ["NOT_COVERED 11:18"],
  ],
  ["a wildcard name with its certificate is fine", changed("  shop.example.com:", '  "*.shop.example.com":'), []],
  [
    "the zone's apex is fine",
    changed("  shop.example.com:", "  example.com:").replace("[shop.example.com,", "[example.com,"),
    [],
  ],
  [
    "an enhanced policy without an access mode",
    api("securityPolicy: SecurityPolicy_TLS13_1_3_2025_09"),
    ["ACCESS_MODE_MISSING 12:21"],
  ],
  [
    "an enhanced policy with an access mode is fine",
    api("securityPolicy: SecurityPolicy_TLS13_1_3_2025_09\n    endpointAccessMode: STRICT"),
    [],
  ],
  ["an access mode without an enhanced policy", api("endpointAccessMode: BASIC"), ["ACCESS_MODE_UNEXPECTED 12:5"]],
  [
    "an empty list of Regions",
    changed(good.slice(good.indexOf("    regions")), "    regions: {}\n"),
    ["NO_REGIONS 12:5"],
  ],
  ["a Region that does not exist", changed("us-west-2", "us-wset-2"), ["UNKNOWN_REGION 14:7"]],
  ["a Region without latency records", changed("us-west-2", "us-iso-east-1"), ["UNKNOWN_REGION 14:7"]],
  [
    "a Region without anything",
    changed("{ restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }", "{}"),
    ["MAPPING_MISSING 14:7"],
  ],
  ["a Region without a stage", changed("8h2jk1xxxx, stage: prod,", "8h2jk1xxxx,"), ["MAPPING_MISSING 14:7"]],
  [
    "a Region with no mapping in its list",
    changed("{ restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }", "{ mappings: {} }"),
    ["MAPPING_MISSING 14:7"],
  ],
  [
    "both forms of mappings",
    changed(
      "8h2jk1xxxx, stage: prod, basePath: v1 }",
      "8h2jk1xxxx, stage: prod, mappings: { v1: { restApi: a, stage: b } } }",
    ),
    ["MAPPING_CONFLICT 14:54"],
  ],
  [
    "a base path with slashes at its ends",
    changed("basePath: v1 }\n      us", "basePath: /v1/ }\n      us"),
    ["BAD_BASE_PATH 13:64"],
  ],
  [
    "a base path with a percent sign",
    changed("basePath: v1 }\n      us", "basePath: v%31 }\n      us"),
    ["BAD_BASE_PATH 13:64"],
  ],
  [
    "a long base path",
    changed("basePath: v1 }\n      us", `basePath: ${"v".repeat(301)} }\n      us`),
    ["BAD_BASE_PATH 13:64"],
  ],
  [
    "the empty base path in two spellings",
    changed(
      "{ restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }",
      '{ mappings: { "": { restApi: a, stage: b }, (none): { restApi: a, stage: b } } }',
    ),
    ["DUPLICATE 14:62"],
  ],
  [
    "a health check of the name itself",
    api("healthCheck: { host: SHOP.example.com, path: / }"),
    ["HEALTH_CHECK_HOST 12:26"],
  ],
  [
    "a health check of a name below a wildcard name",
    changed("  shop.example.com:", '  "*.shop.example.com":').replace(
      "    regions",
      "    healthCheck: { host: a.shop.example.com, path: / }\n    regions",
    ),
    ["HEALTH_CHECK_HOST 12:26"],
  ],
  ["a health check of another host is fine", api("healthCheck: { host: status.example.org, path: /, gate: own }"), []],
  ["a health check of an address", api("healthCheck: { host: 192.0.2.1, path: / }"), ["BAD_DOMAIN_NAME 12:26"]],
  ["names that share a check", sharing("true", "true"), []],
  ["names that share a check without a gate", sharing("false", "false"), []],
  [
    "names that share a check and want another path",
    sharing("true", "true").replace(
      "/prod/healthcheck, gate: true }\n    regions:\n      us-east-1: { restApi: 2wkt1cxxxx, stage: prod }",
      "/prod/other, gate: true }\n    regions:\n      us-east-1: { restApi: 2wkt1cxxxx, stage: prod }",
    ),
    ["HEALTH_CHECKS_DIFFER 12:37", "HEALTH_CHECKS_DIFFER 17:37"],
  ],
  [
    "more names at one check than a marker can hold",
    Array.from({ length: 130 }, (_, n) => `n${n}${"x".repeat(55)}.example.com`).reduce(
      (text, name) =>
        `${text}  ${name}:\n    healthCheck: { host: api, path: /prod/healthcheck }\n    regions: { us-east-1: { restApi: 2wkt1cxxxx, stage: prod } }\n`,
      good.replace('"*.shop.example.com"', '"*.example.com"'),
    ),
    ["HEALTH_CHECK_USERS 403:5"],
  ],
  [
    "a check of its own may be another",
    sharing("true", "own").replace("/prod/healthcheck, gate: own", "/prod/other, gate: own"),
    [],
  ],
  ["a path without the stage", api("healthCheck: { host: api, path: /healthcheck }"), ["HEALTH_CHECK_STAGE 12:37"]],
  [
    "a path that only starts like the stage",
    api("healthCheck: { host: api, path: /production }"),
    ["HEALTH_CHECK_STAGE 12:37"],
  ],
  ["a path with the stage is fine", api("healthCheck: { host: api, path: /prod/healthcheck }"), []],
];

describe("rules of a manifest", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text)).toEqual(told);
  });
});
