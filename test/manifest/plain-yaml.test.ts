import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readPlainYaml } from "../../src/manifest/plain-yaml.ts";
import { agrees } from "./agrees.ts";
import { piece } from "./mutations.ts";
import { good } from "./places.ts";

describe("the quick reader", () => {
  test.each([
    ["the good manifest", good],
    ["behind a marker", `---\n${good}`],
    ["with comments", "# top\na: 1 # one\n\n  # off\nb:\n  # below\n  c: x # y\n# end"],
    ["JSON", JSON.stringify({ a: [1, true, null, "x y", { b: "é" }], "c d": {} })],
    ["JSON on several lines", JSON.stringify({ a: [1, true, null, "x y", { b: "é" }], c: {} }, null, 2)],
    ["lists", "a:\n- x\n- [1, 2]\n- { b: c }\nd:\n  - 'y'\n"],
    ["nothing", "a:\nb:\n  c:\n"],
    ["words that are values", "a: true\nb: False\nc: null\nd: NULL\ne: yes\nf: nullable\n"],
    ["numbers", "a: 0\nb: 012\nc: 123456789012345\nd: 1a\ne: 7f3k9q\nf: 0x\n"],
    ["text with colons and blanks", "a: arn:aws:iam:x:role/x\nb: a b c\nc: http://x\n"],
    ["no line end at the end", "a: b"],
    ["Windows line ends", `# top\r\n\r\n${good.replaceAll("\n", "\r\n")}a:\r\n- x # y\r\n`],
  ])("reads %s", (_name, text) => {
    expect(agrees(text)).toBe(true);
  });

  test.each([
    ["an anchor", "a: &b 1"],
    ["an alias", "a: *b"],
    ["a tag", "a: !b 1"],
    ["an escape", 'a: "\\n"'],
    ["a doubled quote", "a: 'it''s'"],
    ["a tab", "a:\t1"],
    ["a lone carriage return", "a: 1\rb: 2\n"],
    ["text over two lines", "a: b\n  c\n"],
    ["a block of text", "a: |\n  b\n"],
    ["a key twice", "a: 1\na: 2\n"],
    ["a key twice in braces", "{ a: 1, a: 2 }"],
    ["the prototype", "__proto__: 1"],
    ["a float", "a: 1.5"],
    ["a large number", "a: 1234567890123456"],
    ["uneven indentation", "a:\n  b: 1\n c: 2\n"],
    ["text behind a value", 'a: "b" c'],
    ["a brace that stays open", "a: { b: 1\n"],
    ["braces over two lines", "a: { b: 1,\n  c: 2 }\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["an end of the document", "a: 1\n...\n"],
    ["a merge key", "<<: {}"],
    ["a mapping in a list", "a:\n  - b: 1\n"],
    ["nothing at all", ""],
    ["depth", `${"[".repeat(60)}${"]".repeat(60)}`],
  ])("leaves %s to the whole parser", (_name, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  test("agrees with the whole parser on every broken manifest", () => {
    const folder = "test/manifest/broken";
    const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
    expect(files.filter((file) => agrees(readFileSync(join(folder, file), "utf8"))).length).toBeGreaterThan(100);
  });

  test("agrees with the whole parser on whatever it takes", () => {
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(12), put: fc.array(piece, { maxLength: 2 }) });
    const mutated = fc
      .array(edit, { minLength: 1, maxLength: 2 })
      .map((edits) =>
        edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put.join("") + text.slice(at + cut), good),
      );
    const written = fc.jsonValue({ maxDepth: 3 }).map((value) => stringify({ a: value }));
    const text = fc.oneof(
      mutated,
      written,
      fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (each) => void agrees(each)),
      { numRuns: 2_000 },
    );
  });
});
