import type { Diagnostic } from "./diagnostic.ts";

/** A new list: by file and position (those without one first, by their subject), then by code and message, so that equal input gives equal output. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      compare(a.where?.file ?? "", b.where?.file ?? "") ||
      (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
      (a.where?.column ?? 0) - (b.where?.column ?? 0) ||
      compare(a.subject ?? "", b.subject ?? "") ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

/** Whether any of them keeps a run from going on. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
