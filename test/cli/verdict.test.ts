import { expect, test } from "vitest";
import type { RunOutcome } from "../../src/execute/event.ts";
import { exitOfPlan, exitOfRun } from "../../src/cli/verdict.ts";
import { edited, plan, safe, step, unsafe } from "../report/small-plan.ts";

const error = (code: string): Parameters<typeof exitOfRun>[1][number] => ({ code, severity: "error", message: "" });

test.each<[string, ReturnType<typeof plan>, boolean, number]>([
  ["nothing to do", plan(), true, 0],
  ["changes", plan({ steps: [step("create", "gate/a")] }), true, 2],
  ["an edit by hand", plan({ held: [edited] }), true, 2],
  ["not proved safe", plan({ steps: [step("create", "gate/a")] }), false, 3],
  ["refused", plan({ diagnostics: [error("WRONG_ACCOUNT")] }), true, 3],
  ["AWS could not be read", plan({ diagnostics: [error("CANNOT_READ")] }), true, 1],
])("plan: %s", (_name, of, isSafe, expected) => {
  expect(exitOfPlan(of, isSafe ? safe(of) : unsafe)).toBe(expected);
});

test.each<[RunOutcome, string[], number]>([
  ["converged", [], 0],
  ["settling", [], 4],
  ["refused", [], 3],
  ["refused", ["CANNOT_READ"], 1],
  ["failed", [], 1],
  ["diverged", [], 1],
  ["interrupted", [], 130],
])("run: %s %j", (outcome, codes, expected) => {
  expect(exitOfRun(outcome, codes.map(error))).toBe(expected);
});
