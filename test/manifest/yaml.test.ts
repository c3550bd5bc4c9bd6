import { describe, expect, test } from "vitest";
import { changed, good, places, top } from "./places.ts";

/** Name, text, and what is told as `CODE line:column`. */
const cases: readonly (readonly [name: string, text: string, told: readonly string[]])[] = [
  ["an empty file", "", ["MANIFEST_EMPTY 1:1"]],
  ["only a comment", "# nothing\n", ["MANIFEST_EMPTY 1:1"]],
  ["an explicit null", "--- ~\n", ["MANIFEST_EMPTY 1:1"]],
  ["a tab as indentation", changed("  example.com", "\texample.com"), ["YAML_SYNTAX 5:1"]],
  ["a tab in a nested mapping", changed("    certificate: shop", "\t\tcertificate: shop"), ["YAML_SYNTAX 11:1"]],
  ["an unclosed bracket", changed('"*.shop.example.com"]', '"*.shop.example.com"'), ["YAML_SYNTAX 9:1"]],
  ["an unclosed quote", changed('"*.shop.example.com"]', '"*.shop.example.com]'), ["YAML_SYNTAX 14:67"]],
  ["a colon without its blank", changed("name: storefront", "name:storefront"), ["YAML_SYNTAX 2:1"]],
  [
    "a wildcard key without quotes",
    changed("  shop.example.com:", "  *.example.com:"),
    ["YAML_ALIAS 10:16", "YAML_SYNTAX 11:1", "YAML_SYNTAX 12:1"],
  ],
  ["a wildcard value without quotes", changed('"*.shop.example.com"]', "*.shop.example.com]"), ["YAML_ALIAS 8:33"]],
  ["a key twice", top("name: other"), ["DUPLICATE_KEY 15:1"]],
  ["a key twice, quoted differently", top("'name': other"), ["DUPLICATE_KEY 15:1"]],
  ["a region twice", changed("us-west-2", "us-east-1"), ["DUPLICATE_KEY 14:7"]],
  ["a merge key", changed("  example.com: {}", "  example.com: { <<: {} }"), ["YAML_MERGE_KEY 5:18"]],
  [
    "an anchor and its alias are fine",
    changed("us-west-2: { restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }", "us-west-2: *one").replace(
      "us-east-1: {",
      "us-east-1: &one {",
    ),
    [],
  ],
  ["an alias without an anchor", changed("name: storefront", "name: *other"), ["YAML_ALIAS 2:7"]],
  ["an alias inside its anchor", changed("{}", "&zone { id: *zone }"), ["YAML_ALIAS 5:28"]],
  ["a tag", changed("name: storefront", "name: !secret storefront"), ["YAML_TAG 2:7"]],
  ["a list as a key", top("? [a]\n: 1"), ["YAML_KEY 15:3"]],
  ["the prototype as a key", top("__proto__: {}"), ["YAML_KEY 15:1"]],
  ["two documents", top("---\nversion: 1"), ["YAML_MULTIPLE_DOCUMENTS 15:1"]],
  ["YAML 1.1", `%YAML 1.1\n---\n${good}`, ["YAML_SYNTAX 1:1"]],
  ["bytes that are no text", changed("storefront", "store\0front"), ["MANIFEST_NOT_TEXT 2:12"]],
  ["bytes that are no UTF-8", changed("storefront", "store\uFFFDfront"), ["MANIFEST_NOT_TEXT 2:12"]],
  ["a byte order mark is fine", `\uFEFF${good}`, []],
  ["Windows line ends are fine", good.replaceAll("\n", "\r\n"), []],
];

describe("a text that is not a YAML document", () => {
  test.each(cases)("%s", (_name, text, told) => {
    expect(places(text)).toEqual(told);
  });
});
