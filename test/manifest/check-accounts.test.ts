import { describe, expect, test } from "vitest";
import { readManifest } from "../../src/manifest/read.ts";
import { changed, good, places } from "./places.ts";

/** The good manifest with its zone in an account; what follows stands from line 15 on. */
const inAccount = (label: string, lines: string): string =>
  `${changed("example.com: {}", `example.com: { account: ${label} }`)}${lines}`;

const NETWORK = `accounts:
  network: { id: "444455556666", roleArn: "arn:aws:iam::444455556666:role/path/signalbox", externalId: abc }
`;

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["a zone in an account", inAccount("network", NETWORK), []],
  ["the manifest's own account may be an entry", inAccount("network", `${NETWORK}account: "444455556666"\n`), []],
  ["an account that is not there", inAccount("netwrok", NETWORK), ["ACCOUNT_UNKNOWN 5:27", "ACCOUNT_UNUSED 16:3"]],
  ["no accounts at all", inAccount("network", ""), ["ACCOUNT_UNKNOWN 5:27"]],
  [
    "the ambient account has no label for zones",
    inAccount("default", NETWORK),
    ["ACCOUNT_UNKNOWN 5:27", "ACCOUNT_UNUSED 16:3"],
  ],
  [
    "an account that could not be read is not told to be missing as well",
    inAccount("network", `accounts:\n  network: { id: 4 }\n`),
    ["WRONG_TYPE 16:18"],
  ],
  ["nothing is in it", `${good}${NETWORK}`, ["ACCOUNT_UNUSED 16:3"]],
  [
    "two of one id",
    inAccount("network", `${NETWORK}  other: { id: "444455556666" }\n`),
    ["ACCOUNT_UNUSED 17:3", "DUPLICATE 17:16"],
  ],
  [
    "a role of another account",
    inAccount("network", `accounts:\n  network: { id: "444455556666", roleArn: "arn:aws:iam::111122223333:role/x" }\n`),
    ["ACCOUNT_ROLE 16:43"],
  ],
  [
    "an ARN that is no role's",
    inAccount("network", `accounts:\n  network: { id: "444455556666", roleArn: "arn:aws:iam::444455556666:user/x" }\n`),
    ["ACCOUNT_ROLE 16:43"],
  ],
  [
    "an external id without a role",
    inAccount("network", `accounts:\n  network: { id: "444455556666", externalId: abc }\n`),
    ["ACCOUNT_ROLE 16:34"],
  ],
  ["an external id that AWS refuses", inAccount("network", NETWORK.replace("abc", '"a b"')), ["BAD_VALUE 16:104"]],
  ["a label with a blank", inAccount('"net work"', NETWORK.replace("network:", '"net work":')), ["ACCOUNT_LABEL 16:3"]],
  [
    "the label that stands for the ambient account",
    inAccount("default", NETWORK.replace("network:", "default:")),
    ["ACCOUNT_LABEL 16:3"],
  ],
  [
    "a quota of an account",
    inAccount("network", `${NETWORK}quotas: { network: { route53.healthChecks: 1000 } }\n`),
    [],
  ],
  ["a quota of the ambient account", `${good}quotas: { default: { acm.certificates: 3000 } }\n`, []],
  [
    "quotas of an account that is not there, once",
    `${good}quotas: { netwrk: { acm.certificates: 3000, route53.healthChecks: 300 } }\n`,
    ["ACCOUNT_UNKNOWN 15:11"],
  ],
  ["a quota that there is not", `${good}quotas: { default: { route53.healthCheck: 300 } }\n`, ["QUOTA_UNKNOWN 15:22"]],
  ["a quota below AWS's own", `${good}quotas: { default: { acm.certificates: 300 } }\n`, ["QUOTA_LOW 15:40"]],
  ["a quota of nothing", `${good}quotas: { default: { acm.certificates: 0 } }\n`, ["BAD_VALUE 15:40"]],
];

describe("accounts and their quotas", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text)).toEqual(told);
  });

  test("what is near is suggested", () => {
    const help = (text: string): readonly (string | undefined)[] =>
      readManifest(text, "manifest.yaml").diagnostics.map((each) => each.help);
    expect(help(inAccount("netwrok", NETWORK))[0]).toBe("Did you mean `network`?");
    expect(help(`${good}quotas: { default: { route53.healthCheck: 300 } }\n`)).toEqual([
      "Did you mean `route53.healthChecks`?",
    ]);
  });

  test("they are in the manifest by their ids, with their places", () => {
    const text = inAccount(
      "network",
      `${NETWORK}quotas: { network: { route53.healthChecks: 1000 }, default: { acm.certificates: 3000 } }\n`,
    );
    const { manifest } = readManifest(text, "manifest.yaml");
    expect(manifest).toMatchObject({
      accounts: [
        {
          label: "network",
          id: "444455556666",
          roleArn: "arn:aws:iam::444455556666:role/path/signalbox",
          externalId: "abc",
        },
      ],
      quotas: [
        { account: undefined, key: "acm.certificates", value: 3_000 },
        { account: "444455556666", key: "route53.healthChecks", value: 1_000 },
      ],
      zones: [{ name: "example.com.", account: "444455556666", id: undefined }],
    });
    expect(manifest?.positions.get("accounts/network")).toMatchObject({ line: 16, column: 3 });
  });
});
