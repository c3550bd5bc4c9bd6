import { expect, test } from "vitest";
import { wantsColour } from "../../src/cli/io.ts";
import type { Output } from "../../src/cli/io.ts";

const output = (isTerminal: boolean): Output => ({ write: () => {}, isTerminal, columns: () => 80, rows: () => 24 });

test.each([
  ["a terminal", true, {}, true, true],
  ["a pipe", false, {}, true, false],
  ["a dumb terminal", true, { TERM: "dumb" }, true, false],
  ["--no-color", true, {}, false, false],
  ["--no-color against FORCE_COLOR", true, { FORCE_COLOR: "1" }, false, false],
  ["NO_COLOR", true, { NO_COLOR: "1" }, true, false],
  ["NO_COLOR, empty, says nothing", true, { NO_COLOR: "" }, true, true],
  ["NO_COLOR against FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ["FORCE_COLOR in a pipe", false, { FORCE_COLOR: "1" }, true, true],
  ["FORCE_COLOR=0 on a terminal", true, { FORCE_COLOR: "0" }, true, false],
])("colour: %s", (_name, isTerminal, env, flag, expected) => {
  expect(wantsColour(output(isTerminal), env, flag)).toBe(expected);
});
