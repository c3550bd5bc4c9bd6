import { describe, expect, test } from "vitest";
import { cert, changed, good, places } from "./places.ts";

/** The good manifest and a load balancer, from line 15 on. */
const balanced = (body: string, region = "{ loadBalancer: web }"): string =>
  `${good}loadBalancers:\n  web:\n    certificates: [shop]\n${body}    regions:\n      us-east-1: ${region}\n`;
/** The good manifest and a site, from line 15 on. */
const site = (body: string, from = good): string =>
  `${from}sites:\n  www.shop.example.com:\n    distribution: E2QWRUHAPOMQZL\n${body}`;
const listener = (region: string): string => `"arn:aws:elasticloadbalancing:${region}:111122223333:listener/app/a/b/c"`;
const many = Array.from({ length: 26 }, (_, index) => `c${index}`);

/** Name, text, and what is told beside NOT_BUILT_YET, as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["a load balancer", balanced("    names: [www.shop.example.com]\n"), []],
  ["a listener", balanced("", `{ listener: ${listener("us-east-1")} }`), []],
  ["no listener", balanced("", "{ port: 443 }"), ["MISSING_KEY 19:7"]],
  [
    "a listener twice",
    balanced("", `{ loadBalancer: web, listener: ${listener("us-east-1")} }`),
    ["LISTENER_CONFLICT 19:20"],
  ],
  ["a listener of another Region", balanced("", `{ listener: ${listener("eu-west-1")} }`), ["ARN_REGION 19:30"]],
  [
    "26 certificates",
    `${changed("apis:", `${many.map((label) => `  ${label}: { domains: [${label}.example.com] }\n`).join("")}apis:`)}loadBalancers:
  web: { certificates: [${many.join(", ")}], regions: { us-east-1: { loadBalancer: web } } }\n`,
    ["LISTENER_CERTIFICATES 42:10"],
  ],
  ["a name that is not covered", balanced("    names: [web.example.com]\n"), ["NOT_COVERED 18:13"]],
  ["a name in two sections", balanced("    names: [shop.example.com]\n"), ["DUPLICATE 18:13"]],
  ["an unknown default", balanced("    default: blog\n"), ["CERTIFICATE_UNKNOWN 18:14"]],
  ["a site", site("    certificate: shop\n    functions: { viewer-request: index }\n"), []],
  ["a P-384 key", site("    certificate: shop\n", cert("keyAlgorithms: [EC_secp384r1]")), ["SITE_KEY 19:18"]],
  ["a P-384 key beside another", site("    certificate: shop\n", cert("keyAlgorithms: [EC_secp384r1, RSA_2048]")), []],
  ["an event of the other runtime", site("    functions: { origin-request: index }\n"), ["SITE_FUNCTION 18:18"]],
  ["a role without a use", site('    role: "arn:aws:iam::111122223333:role/a"\n'), ["SITE_FUNCTION 18:5"]],
  ["no role for Lambda@Edge", site("    runtime: lambda-edge\n"), ["MISSING_KEY 18:14"]],
  ["a schedule in no Region", `${good}failover: { scheduleRegion: eu-west-9 }\n`, ["UNKNOWN_REGION 15:29"]],
  [
    "an ARN of another Region",
    cert('arn: { eu-west-1: "arn:aws:acm:us-east-1:111122223333:certificate/a" }'),
    ["ARN_REGION 9:23"],
  ],
  [
    "a day that there is not",
    `${good}ignore:\n  - { address: a, field: b, reason: c, owner: d, until: 2027-02-30 }\n`,
    ["BAD_VALUE 16:57"],
  ],
];

describe("rules of load balancers, sites and what else is not built", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text).filter((each) => !each.startsWith("NOT_BUILT_YET"))).toEqual(told);
  });
});
