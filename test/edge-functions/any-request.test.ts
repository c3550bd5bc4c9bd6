import fc from "fast-check";
import { expect, test } from "vitest";
import { outcomeOf, resultOf, sourceOf } from "./world.ts";

// What holds of every request, however odd: paths of slashes, dots, encoded and bare characters.
const path = fc
  .array(
    fc.constantFrom(
      "/",
      "//",
      "a",
      "docs",
      ".",
      "..",
      "v1.2",
      ".html",
      ".7z",
      "%2F",
      "%2e",
      "%C3%A9",
      "\\",
      "+",
      "~",
      " ",
      "é",
      "@",
      ":",
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => `/${parts.join("")}`);
const query = fc
  .array(fc.tuple(fc.constantFrom("a", "b", "c", "%26"), fc.constantFrom("", "1", "%20", "x=y", "a,b")), {
    maxLength: 5,
  })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join("&"));
const RUNS = { numRuns: 300 };

const rewrite = sourceOf("index-rewrite", { "EXTENSIONLESS = false": "EXTENSIONLESS = true" });
const slash = sourceOf("trailing-slash-redirect");
const canonical = sourceOf("canonical-host");

/** How often each value of each key is there. */
const counted = (text: string): readonly string[] =>
  text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => part.replace(/=$/u, ""))
    .toSorted();

test("index-rewrite only adds an index at the end, and once", () => {
  fc.assert(
    fc.property(path, (uri) => {
      const once = outcomeOf(rewrite, { uri });
      expect([uri, `${uri}index.html`, `${uri}/index.html`]).toContain(once);
      expect(once.endsWith("/")).toBe(false);
      expect(outcomeOf(rewrite, { uri: once })).toBe(once);
    }),
    RUNS,
  );
});

test("trailing-slash-redirect stays on the host, keeps the query, and does not lead in a circle", () => {
  fc.assert(
    fc.property(path, query, (uri, text) => {
      const result = resultOf(slash, { uri, query: text });
      if (!("response" in result)) return;
      const { location } = result.response["headers"] as { location: { value: string } };
      const [place = "", asked = ""] = location.value.split("?");
      expect(place).toMatch(/^\/(?![/\\])/u);
      expect(counted(asked)).toEqual(counted(text));
      expect(outcomeOf(slash, { uri: place })).toBe(place);
    }),
    RUNS,
  );
});

test("canonical-host leads to the canonical host, to the same path and query", () => {
  fc.assert(
    fc.property(
      path,
      query,
      fc.constantFrom("example.com", "evil.example", "www.example.com.evil.example"),
      (uri, text, host) => {
        const [place = "", ...asked] = outcomeOf(canonical, { uri, query: text, host }).split("?");
        expect(place).toBe(`301 https://www.example.com${uri}`);
        expect(counted(asked.join("?"))).toEqual(counted(text));
      },
    ),
    RUNS,
  );
});
