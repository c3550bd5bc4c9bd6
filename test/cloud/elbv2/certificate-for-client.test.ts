import { describe, expect, test } from "vitest";
import { certificateForClient } from "../../../src/cloud/elbv2/certificate-for-client.ts";
import type { KeyType } from "../../../src/cloud/elbv2/certificate-for-client.ts";
import { DAY } from "../../../src/cloud/instant.ts";
import { Table } from "../../../src/cloud/table.ts";
import { START, name } from "../world.ts";
import { arnOf, issued } from "./estate.ts";

const shop = (number: number, keyAlgorithm: string, days = 100, domain = "shop.example.com") =>
  issued(number, { domains: [name(domain)], keyAlgorithm, notAfter: START + days * DAY });

const known = [
  issued(1, { domains: [name("www.example.com")] }),
  shop(2, "RSA_2048"),
  shop(3, "EC_prime256v1"),
  shop(4, "EC_secp384r1"),
  shop(5, "RSA_4096"),
  shop(6, "RSA_2048", 200),
  shop(7, "RSA_2048", 100, "*.example.com"),
  issued(8, { domains: [name("x.example.org")], keyAlgorithm: "EC_prime256v1" }),
];
const state = { certificates: Table.from(known.map((each) => [each.arn, each])) };
const BOTH: readonly KeyType[] = ["RSA", "ECDSA"];
const RSA: readonly KeyType[] = ["RSA"];

const chosen = (
  list: readonly number[] | undefined,
  sni: string | undefined,
  keyTypes: readonly KeyType[],
  standard = 1,
) =>
  certificateForClient(
    state,
    { certificates: list?.map((number) => arnOf(number)), defaultCertificate: arnOf(standard) },
    sni === undefined ? undefined : name(sni),
    keyTypes,
  );

describe("a client gets", () => {
  test.each<
    [string, readonly number[] | undefined, string | undefined, readonly KeyType[], number | undefined, number?]
  >([
    ["the one that covers the name", [2, 8], "shop.example.com", BOTH, 2],
    ["the one of a wildcard", [7], "shop.example.com", BOTH, 7],
    ["no wildcard two labels up", [7], "a.shop.example.com", BOTH, 1],
    ["ECDSA before RSA", [2, 5, 3], "shop.example.com", BOTH, 3],
    ["RSA, when it takes nothing else", [2, 3], "shop.example.com", RSA, 2],
    ["the longer key", [3, 4], "shop.example.com", BOTH, 4],
    ["the longer key of RSA", [2, 5, 6], "shop.example.com", RSA, 5],
    ["the longer validity", [2, 6], "shop.example.com", BOTH, 6],
    ["the first of equals", [7, 2], "shop.example.com", BOTH, 2],
    ["the default one for another name", [2, 3], "api.example.com", BOTH, 1],
    ["the default one without a name", [2], undefined, BOTH, 1],
    ["the default one, when it takes none of those that cover the name", [3], "shop.example.com", RSA, 1],
    ["the one of the list before a default one that covers the name", [2], "shop.example.com", BOTH, 2, 3],
    ["none, when it does not take the default one either", [], "shop.example.com", RSA, undefined, 8],
    ["the default one where the list was not read", undefined, "shop.example.com", BOTH, 1],
    ["a default one that is not known", [], "shop.example.com", RSA, 99, 99],
    ["none that is not known", [98], "shop.example.com", BOTH, 1],
  ])("%s", (_, list, sni, keyTypes, expected, standard = 1) => {
    expect(chosen(list, sni, keyTypes, standard)).toBe(expected === undefined ? undefined : arnOf(expected));
  });
});

test("a listener without certificates presents none", () => {
  expect(certificateForClient(state, { certificates: [], defaultCertificate: undefined }, undefined, BOTH)).toBe(
    undefined,
  );
});
