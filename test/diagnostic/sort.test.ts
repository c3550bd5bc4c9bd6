import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { hasErrors, sortDiagnostics } from "../../src/diagnostic/sort.ts";

const at = (file: string, line: number, column: number, code = "A"): Diagnostic => ({
  code,
  severity: "error",
  message: "",
  where: { file, line, column, endLine: line, endColumn: column },
});

test("by file, line, column, code; those without a place first", () => {
  const nowhere: Diagnostic = { code: "Z", severity: "error", message: "", subject: "x" };
  const sorted = [nowhere, at("a", 2, 10), at("a", 10, 1), at("a", 10, 2, "A"), at("a", 10, 2, "B"), at("b", 1, 1)];
  expect(sortDiagnostics(sorted.toReversed())).toEqual(sorted);
});

test("only an error keeps a run from going on", () => {
  const warning: Diagnostic = { code: "A", severity: "warning", message: "" };
  expect(hasErrors([warning, { ...warning, severity: "remark" }])).toBe(false);
  expect(hasErrors([warning, { ...warning, severity: "error" }])).toBe(true);
});
