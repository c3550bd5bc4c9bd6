import { describe, expect, test } from "vitest";
import { api, cert, changed, domains, good, places, top } from "./places.ts";

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["text", "just text", ["WRONG_TYPE 1:1"]],
  ["a list", "- 1\n", ["WRONG_TYPE 1:1"]],
  ["no version", changed("version: 1\n", ""), ["MISSING_KEY 1:1"]],
  ["another version", changed("version: 1", "version: 2"), ["SCHEMA_VERSION 1:10"]],
  ["the version as text", changed("version: 1", 'version: "1"'), ["SCHEMA_VERSION 1:10"]],
  ["no name", changed("name: storefront\n", ""), ["MISSING_KEY 1:1"]],
  ["capitals in the name", changed("storefront", "Storefront"), ["BAD_NAME 2:7"]],
  ["a long name", changed("storefront", "a".repeat(25)), ["BAD_NAME 2:7"]],
  ["a name of digits", changed("storefront", "123"), ["WRONG_TYPE 2:7"]],
  ["no scope id", changed("scopeId: 7f3k9q\n", ""), ["MISSING_SCOPE_ID 1:1"]],
  ["an empty scope id", changed("scopeId: 7f3k9q", "scopeId:"), ["WRONG_TYPE 3:1"]],
  ["a scope id with a capital", changed("7f3k9q", "7F3K9Q"), ["BAD_SCOPE_ID 3:10"]],
  ["a scope id that YAML reads as a number", changed("7f3k9q", "7e1234"), ["WRONG_TYPE 3:10"]],
  ["an account without quotes", top("account: 111122223333"), ["WRONG_TYPE 15:10"]],
  ["an account of eleven digits", top('account: "11112222333"'), ["BAD_VALUE 15:10"]],
  ["an unknown section", top("api: {}"), ["UNKNOWN_KEY 15:1"]],
  ["an unknown key in a zone", changed("{}", "{ metadpata: 1 }"), ["UNKNOWN_KEY 5:18"]],
  ["a mistyped key of an api", changed("    certificate: shop", "    certifcate: shop"), ["UNKNOWN_KEY 11:5"]],
  [
    "an unknown key of a region",
    changed("stage: prod, basePath: v1 }\n      us", "stage: prod, base_path: v1 }\n      us"),
    ["UNKNOWN_KEY 13:54"],
  ],
  ["a section without a value", changed("zones:\n  example.com: {}", "zones:"), ["WRONG_TYPE 4:1"]],
  ["a zone without a value is fine", changed("example.com: {}", "example.com:"), []],
  ["a list for a mapping", changed("zones:\n  example.com: {}", "zones: [example.com]"), ["WRONG_TYPE 4:1"]],
  ["text for a list", domains("shop.example.com"), ["WRONG_TYPE 8:14"]],
  ["an empty list", domains("[]"), ["BAD_VALUE 8:5"]],
  ["a zone's id that is none", changed("{}", "{ id: example }"), ["BAD_VALUE 5:22"]],
  ["an unknown key algorithm", cert("keyAlgorithms: [RSA_2048, P256]"), ["KEY_ALGORITHM 9:31"]],
  ["a key algorithm that is imported only", cert("keyAlgorithms: [RSA_4096]"), ["KEY_ALGORITHM 9:21"]],
  ["a word for a switch", cert("transparencyLogging: on"), ["WRONG_TYPE 9:26"]],
  ["an unknown security policy", api("securityPolicy: TLS_1_3"), ["SECURITY_POLICY 12:21"]],
  [
    "a security policy of edge domains",
    api("securityPolicy: SecurityPolicy_TLS13_2025_EDGE"),
    ["SECURITY_POLICY 12:21"],
  ],
  ["an unknown address type", api("ipAddressType: ipv6"), ["BAD_VALUE 12:20"]],
  ["an unknown routing", api("routing: latncy"), ["BAD_VALUE 12:14"]],
  ["no regions", changed(good.slice(good.indexOf("    regions")), ""), ["MISSING_KEY 10:3"]],
  ["a REST API's id with capitals", changed("2wkt1cxxxx", "2WKT1C"), ["BAD_VALUE 13:29"]],
  [
    "a stage with a slash",
    changed("stage: prod, basePath: v1 }\n      us", "stage: a/b, basePath: v1 }\n      us"),
    ["BAD_VALUE 13:48"],
  ],
  ["a health check without a path", api("healthCheck: { host: api }"), ["MISSING_KEY 12:5"]],
  ["a relative path", api("healthCheck: { host: api, path: prod }"), ["BAD_VALUE 12:37"]],
  ["a path of 256 characters", api(`healthCheck: { host: api, path: /prod/${"a".repeat(250)} }`), ["BAD_VALUE 12:37"]],
  ["an empty search string", api('healthCheck: { host: api, path: /prod, searchString: "" }'), ["BAD_VALUE 12:58"]],
  [
    "a search string of 256 characters",
    api(`healthCheck: { host: api, path: /prod, searchString: ${"a".repeat(256)} }`),
    ["BAD_VALUE 12:58"],
  ],
  ["another interval", api("healthCheck: { host: api, path: /prod, intervalSeconds: 20 }"), ["BAD_VALUE 12:61"]],
  ["a threshold of 0", api("healthCheck: { host: api, path: /prod, failureThreshold: 0 }"), ["BAD_VALUE 12:62"]],
  ["a threshold of 11", api("healthCheck: { host: api, path: /prod, failureThreshold: 11 }"), ["BAD_VALUE 12:62"]],
  [
    "a threshold with a fraction",
    api("healthCheck: { host: api, path: /prod, failureThreshold: 1.5 }"),
    ["WRONG_TYPE 12:62"],
  ],
  ["an unknown gate", api("healthCheck: { host: api, path: /prod, gate: shared }"), ["BAD_VALUE 12:50"]],
  ["a drain that is too short", top("drain: { minimumSeconds: 899 }"), ["BAD_VALUE 15:26"]],
  ["a percentage above 100", top("limits: { deletePercent: 101 }"), ["BAD_VALUE 15:26"]],
  ["a negative limit", top("limits: { deleteMax: -1 }"), ["BAD_VALUE 15:22"]],
];

describe("a value of the wrong shape", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text)).toEqual(told);
  });
});
