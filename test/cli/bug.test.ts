import { expect, test } from "vitest";
import { bugReport } from "../../src/cli/bug.ts";

const error = new Error("no kind gate", { cause: new Error("deeper") });

test("a bug is named as one, without a stack", () => {
  const text = bugReport(error, false);
  expect(text).toMatch(/^This is a bug in Signalbox: no kind gate\n/u);
  expect(text).toContain("SIGNALBOX_DEBUG=1");
  expect(text).not.toContain("bug.test.ts");
});

test("with its stack and its cause for whoever looks for it", () => {
  const text = bugReport(error, true);
  expect(text).toContain("bug.test.ts");
  expect(text).toContain("caused by Error: deeper");
});

test("whatever was thrown", () => {
  expect(bugReport("a string", true)).toContain("This is a bug in Signalbox: a string\n");
});
