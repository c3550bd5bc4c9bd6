import { describe, expect, test } from "vitest";
import { api, cert, changed, places, sharing, top } from "./places.ts";

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["accounts: {}", top("accounts: {}"), ["NOT_BUILT_YET 15:1"]],
  ["quotas: {}", top("quotas: {}"), ["NOT_BUILT_YET 15:1"]],
  ["loadBalancers: {}", top("loadBalancers: {}"), ["NOT_BUILT_YET 15:1"]],
  ["sites: {}", top("sites: {}"), ["NOT_BUILT_YET 15:1"]],
  ["failover: {}", top("failover: {}"), ["NOT_BUILT_YET 15:1"]],
  ["ignore: []", top("ignore: []"), ["NOT_BUILT_YET 15:1"]],
  ["zones.*.account: network", changed("{}", "{ account: network }"), ["NOT_BUILT_YET 5:18"]],
  ["zones.*.create: true", changed("{}", "{ create: true }"), ["NOT_BUILT_YET 5:18"]],
  ["zones.*.delegateFrom: example.org", changed("{}", "{ delegateFrom: example.org }"), ["NOT_BUILT_YET 5:18"]],
  ["zones.*.caa: {}", changed("{}", "{ caa: {} }"), ["NOT_BUILT_YET 5:18"]],
  ["certificates.*.authority: {}", cert("authority: {}"), ["NOT_BUILT_YET 9:5"]],
  ["certificates.*.arn: {}", cert("arn: {}"), ["NOT_BUILT_YET 9:5"]],
  ["apis.*.routing: weighted", api("routing: weighted"), ["NOT_BUILT_YET 12:14"]],
  ["apis.*.routing: failover", api("routing: failover"), ["NOT_BUILT_YET 12:14"]],
  ["apis.*.routing: simple", api("routing: simple"), ["NOT_BUILT_YET 12:14"]],
  ["apis.*.record: cname", api("record: cname"), ["NOT_BUILT_YET 12:13"]],
  ["apis.*.ttl: 60", api("ttl: 60"), ["NOT_BUILT_YET 12:5"]],
  ["apis.*.regionalHosts: x", api("regionalHosts: x"), ["NOT_BUILT_YET 12:5"]],
  ["healthCheck.host: regional", api("healthCheck: { host: regional, path: /prod }"), ["NOT_BUILT_YET 12:26"]],
  [
    "regions.*.weight: 100",
    changed("basePath: v1 }\n      us", "basePath: v1, weight: 100 }\n      us"),
    ["NOT_BUILT_YET 13:68"],
  ],
  [
    "regions.*.role: secondary",
    changed("basePath: v1 }\n      us", "basePath: v1, role: secondary }\n      us"),
    ["NOT_BUILT_YET 13:68"],
  ],
  [
    "a base path of two levels",
    changed("basePath: v1 }\n      us", "basePath: shop/v1 }\n      us"),
    ["NOT_BUILT_YET 13:64"],
  ],
  ["two names on one endpoint's shared check", sharing("true", "true"), ["NOT_BUILT_YET 12:62", "NOT_BUILT_YET 17:62"]],
  [
    "two names on one endpoint's check without gates",
    sharing("false", "false"),
    ["NOT_BUILT_YET 12:62", "NOT_BUILT_YET 17:62"],
  ],
  ["two names on one endpoint with checks of their own are fine", sharing("own", "own"), []],
  ["two names on one endpoint's check", sharing("true", "own"), ["NOT_BUILT_YET 12:62"]],
  ["a wrong value in a section that is not built is not told as well", top("accounts: 5"), ["NOT_BUILT_YET 15:1"]],
];

describe("what is not built yet is refused by name", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text)).toEqual(told);
  });
});
