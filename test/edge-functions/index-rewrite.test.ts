import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { outcomeOf, resultOf, sourceOf } from "./world.ts";

interface Row {
  readonly uri: string;
  readonly default: string;
  readonly extensionless: string;
  readonly why: string;
}

// A file of data, so that other runtimes of the same rule can be held against it.
const rows = JSON.parse(readFileSync(new URL("./index-rewrite.json", import.meta.url), "utf8")) as readonly Row[];

const plain = sourceOf("index-rewrite");
const extensionless = sourceOf("index-rewrite", { "EXTENSIONLESS = false": "EXTENSIONLESS = true" });

describe("index-rewrite", () => {
  test("the table is of some size, and names each URI once", () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rows.map(({ uri }) => uri)).size).toBe(rows.length);
  });

  test.each(rows)("$uri: $why", ({ uri, default: expected }) => {
    expect(outcomeOf(plain, { uri })).toBe(expected);
  });

  test.each(rows)("$uri, extensionless: $why", ({ uri, extensionless: expected }) => {
    expect(outcomeOf(extensionless, { uri })).toBe(expected);
  });

  test("what it has made it leaves as it is", () => {
    const again = rows.map((row) => outcomeOf(extensionless, { uri: row.extensionless }));
    expect(again).toEqual(rows.map((row) => row.extensionless));
  });

  test("all else of the request stays", () => {
    const { request } = resultOf(plain, { uri: "/docs/", query: "a=1&a=2&b=%20&c", method: "HEAD" }) as {
      request: object;
    };
    expect(request).toEqual({
      method: "HEAD",
      uri: "/docs/index.html",
      querystring: {
        a: { value: "1", multiValue: [{ value: "1" }, { value: "2" }] },
        b: { value: "%20" },
        c: { value: "" },
      },
      headers: { host: { value: "www.example.com" } },
      cookies: {},
    });
  });
});
