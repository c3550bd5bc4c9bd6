import { describe, expect, test } from "vitest";
import { codes, explain } from "../../src/diagnostic/codes.ts";

describe("the registry of codes", () => {
  test("a code is registered once", () => {
    expect(codes.map(({ code }) => code).toSorted()).toEqual([...new Set(codes.map(({ code }) => code))].toSorted());
  });

  test.each(codes.map((entry) => [entry.code, entry] as const))(
    "%s is explained in sentences",
    (_code, { code, title, explanation, fix }) => {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
      expect(title).toMatch(/^\S.*[^.]$/);
      expect(explanation).toMatch(/^\S.{20,}\.$/s);
      expect(fix).toMatch(/^\S.*\.$/s);
    },
  );

  test("explain finds a code in any case, and nothing else", () => {
    expect(explain("unknown_key")?.title).toBe("A key that the manifest does not know");
    expect(explain("NO_SUCH_CODE")).toBeUndefined();
  });
});
