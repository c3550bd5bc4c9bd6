import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAppendFile } from "../../src/emulator/append-file.ts";
import { temporaryDirectory } from "./world.ts";

test("lines are there after another open, and a torn one is cut off", () => {
  const path = join(temporaryDirectory(), "log");
  const first = openAppendFile(path);
  expect(first.lines).toEqual([]);
  first.file.append("one", true);
  first.file.append("zwei é", true);
  first.file.close();
  appendFileSync(path, '{"torn');
  const second = openAppendFile(path);
  expect(second.lines).toEqual(["one", "zwei é"]);
  second.file.append("three", true);
  second.file.close();
  expect(readFileSync(path, "utf8")).toBe("one\nzwei é\nthree\n");
});

test("an emptied file starts anew", () => {
  const path = join(temporaryDirectory(), "log");
  const { file } = openAppendFile(path);
  file.append("one", true);
  expect(file.size()).toBe(4);
  file.clear();
  file.append("two", true);
  file.close();
  expect(readFileSync(path, "utf8")).toBe("two\n");
});
