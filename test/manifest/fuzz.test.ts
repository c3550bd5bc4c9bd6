import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readManifest } from "../../src/manifest/read.ts";
import { good } from "./places.ts";

/** Pieces that mean something to YAML, to the schema or to the rules. */
const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "\n  ",
    "\t",
    ": ",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "<<",
    "!t ",
    "---\n",
    "%YAML 1.1\n",
    '"',
    "'",
    "|",
    ">",
    "#",
    "\0",
    "\uFEFF",
    "~",
  ),
  fc.constantFrom(
    "zones",
    "apis",
    "__proto__",
    "constructor",
    "*.example.com",
    "us-east-1",
    "regions",
    "mappings",
    "domains",
    "null",
    "1e999",
    ".inf",
    "-1",
    "null: ",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

/** Whatever it is told, it must be told in places that exist. */
function read(text: string): void {
  const { diagnostics, manifest, source } = readManifest(text, "m.yaml");
  const lines = source.split("\n").length;
  expect(
    diagnostics.every(
      ({ where }) => where !== undefined && where.line >= 1 && where.line <= lines && where.column >= 1,
    ),
  ).toBe(true);
  expect(manifest === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
}

describe("readManifest never throws", () => {
  test("on the good manifest with pieces cut out and put in", () => {
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(12), put: fc.array(piece, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        read(edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put.join("") + text.slice(at + cut), good));
      }),
      { numRuns: 300 },
    );
  });

  test("on any pieces", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => read(pieces.join(""))),
      { numRuns: 300 },
    );
  });

  test("on any JSON under any section", () => {
    const section = fc.constantFrom(
      "version",
      "name",
      "tags",
      "zones",
      "certificates",
      "apis",
      "retire",
      "drain",
      "limits",
      "accounts",
      "ignore",
      "other",
    );
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(fc.dictionary(section, value), (sections) =>
        read(JSON.stringify({ version: 1, name: "a", scopeId: "abc123", ...sections })),
      ),
      { numRuns: 300 },
    );
  });
});
