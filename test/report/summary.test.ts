import { describe, expect, test } from "vitest";
import { runJson, summaryText } from "../../src/report/summary.ts";
import type { RunReport } from "../../src/report/summary.ts";
import { plainStyler } from "../../src/report/styler.ts";
import { after, called, started, stepped } from "./events.ts";

const progress = after(
  started(["create", "a"], ["settle", "b"], ["create", "c"]),
  called(),
  stepped("a", "done", 1),
  stepped("b", "waiting", 90, "ACM to issue"),
);
const report: RunReport = {
  outcome: "converged",
  writes: 12,
  calls: 53,
  diagnostics: [],
  progress,
  held: [],
  again: "signalbox reconcile m.yaml",
};
const summary = (part: Partial<RunReport>): string => summaryText({ ...report, ...part }, plainStyler);
const left =
  "2 steps of 3 left:\n  settle b, waits for ACM to issue\n  create c\nGo on with: signalbox reconcile m.yaml";

describe("how a run ended", () => {
  test.each<[string, Partial<RunReport>, string]>([
    ["converged", {}, "Converged: 12 writes, 53 calls, T+01:30"],
    ["converged without a write", { writes: 0 }, "Converged: nothing had to be changed"],
    [
      "settling",
      { outcome: "settling" },
      `Still settling: all that can be written is written; 12 writes, 53 calls, T+01:30\n${left}`,
    ],
    ["interrupted", { outcome: "interrupted", writes: 1 }, `Interrupted: 1 write, 53 calls, T+01:30\n${left}`],
    ["failed", { outcome: "failed" }, `Failed: 12 writes, 53 calls, T+01:30\n${left}`],
    ["refused at once", { outcome: "refused", writes: 0 }, "Refused: nothing was changed"],
    ["refused on the way", { outcome: "refused" }, "Refused: stopped after 12 writes, 53 calls, T+01:30"],
    [
      "held back",
      { outcome: "refused", held: ["record-set/x"] },
      "Held back: the rest is done (12 writes, 53 calls, T+01:30); these wait for you\n  record-set/x",
    ],
  ])("%s", (_name, part, expected) => {
    expect(summary(part)).toBe(expected);
  });

  test("what was said on the way comes first", () => {
    const diagnostics = [{ code: "CONTESTED", severity: "error", message: "Another run wants it." } as const];
    expect(summary({ outcome: "refused", diagnostics })).toMatch(
      /^error\[CONTESTED\]: Another run wants it\.\n\nRefused/u,
    );
  });

  test("of many that are left, some are named", () => {
    const many = after(started(...Array.from({ length: 20 }, (_, index) => ["create", `gate/${index}`] as const)));
    const lines = summary({ outcome: "interrupted", progress: many }).split("\n");
    expect(lines).toContain("20 steps of 20 left:");
    expect(lines).toContain("  … and 8 more");
    expect(lines.filter((line) => line.startsWith("  create"))).toHaveLength(12);
  });
});

test("as JSON", () => {
  expect(runJson({ ...report, outcome: "settling" })).toEqual({
    version: 1,
    outcome: "settling",
    writes: 12,
    calls: 53,
    startedAt: "2026-01-01T00:00:00.000Z",
    elapsedSeconds: 90,
    left: [
      { id: "b", action: "settle", address: "b", state: "waiting", why: "ACM to issue" },
      { id: "c", action: "create", address: "c", state: "pending", why: "" },
    ],
    held: [],
    diagnostics: [],
  });
});
