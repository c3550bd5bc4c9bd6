import { describe, expect, test } from "vitest";
import { api, cert, changed, places, top } from "./places.ts";

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["loadBalancers: {}", top("loadBalancers: {}"), ["NOT_BUILT_YET 15:1"]],
  ["sites: {}", top("sites: {}"), ["NOT_BUILT_YET 15:1"]],
  ["failover: {}", top("failover: {}"), ["NOT_BUILT_YET 15:1"]],
  ["ignore: []", top("ignore: []"), ["NOT_BUILT_YET 15:1"]],
  ["zones.*.create: true", changed("{}", "{ create: true }"), ["NOT_BUILT_YET 5:18"]],
  ["zones.*.delegateFrom: example.org", changed("{}", "{ delegateFrom: example.org }"), ["NOT_BUILT_YET 5:18"]],
  ["zones.*.caa: {}", changed("{}", "{ caa: {} }"), ["NOT_BUILT_YET 5:18"]],
  ["certificates.*.authority: {}", cert("authority: {}"), ["NOT_BUILT_YET 9:5"]],
  ["certificates.*.arn: {}", cert("arn: {}"), ["NOT_BUILT_YET 9:5"]],
  ["apis.*.regionalHosts: x", api("regionalHosts: x"), ["NOT_BUILT_YET 12:5"]],
  ["healthCheck.host: regional", api("healthCheck: { host: regional, path: /prod }"), ["NOT_BUILT_YET 12:26"]],
  [
    "a base path of two levels",
    changed("basePath: v1 }\n      us", "basePath: shop/v1 }\n      us"),
    ["NOT_BUILT_YET 13:64"],
  ],
];

describe("what is not built yet is refused by name", () => {
  test.each(cases)("%s", (_name, text, told) => {
    // The rules of what is not built speak as well.
    expect(places(text).filter((each) => each.startsWith("NOT_BUILT_YET"))).toEqual(told);
  });

  test("and held against the schema and the rules all the same", () => {
    expect(places(top("failover: 5"))).toEqual(["NOT_BUILT_YET 15:1", "WRONG_TYPE 15:11"]);
  });
});
