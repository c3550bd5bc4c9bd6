import { describe, expect, test } from "vitest";
import { leftOver, progressFrame } from "../../src/report/progress.ts";
import { plainStyler } from "../../src/report/styler.ts";
import { after, called, started, stepped } from "./events.ts";

const frame = (progress: ReturnType<typeof after>, columns = 80, rows = 24): string =>
  progressFrame(progress, { columns, rows }, plainStyler);

describe("the frame", () => {
  const some = after(
    started(["create", "certificate/a"], ["settle", "issuance/a"], ["drain", "condemned/shop/x"], ["delete", "gate/b"]),
    called(),
    called("ok", false),
    stepped("certificate/a", "done", 6),
    stepped("issuance/a", "waiting", 6, "ACM to issue"),
    stepped("gate/b", "failed", 330, "it is in use"),
  );

  test("a row for each resource: symbol, address, state, what it waits for; and a line that counts", () => {
    expect(frame(some)).toBe(`✓ + certificate/a
… · issuance/a     waits for ACM to issue
  · drain/shop/x
✗ - gate/b         it is in use
T+05:30  1 of 4 done · 1 failed · 1 write in 2 calls`);
  });

  test("is no wider than the terminal", () => {
    expect(frame(some, 24).split("\n")).toEqual([
      "✓ + certificate/a",
      "… · issuance/a     wait…",
      "  · drain/shop/x",
      "✗ - gate/b         it i…",
      "T+05:30  1 of 4 done · …",
    ]);
  });

  test("is no higher: the rows on which something happens, and how many are not shown", () => {
    expect(frame(some, 80, 4).split("\n")).toEqual([
      "… · issuance/a  waits for ACM to issue",
      "✗ - gate/b      it is in use",
      "T+05:30  1 of 4 done · 1 failed · 1 write in 2 calls · 2 not shown",
    ]);
  });

  test.each([0, 1, 2])("a terminal of %i rows shows something", (rows) => {
    expect(frame(some, 80, rows).split("\n")).toHaveLength(2);
  });
});

test("a later round starts again with what it plans; what is done stays done; time goes on", () => {
  const progress = after(
    started(["create", "a"], ["create", "b"]),
    stepped("a", "done", 10),
    stepped("b", "failed", 20, "it moved"),
    { type: "finished", at: 0, outcome: "replan", writes: 1, calls: 1, diagnostics: [] },
    started(["update", "b"]),
  );
  expect(leftOver(progress)).toEqual([{ id: "b", address: "b", action: "update", state: "pending", why: "" }]);
  expect(progress.order).toEqual(["a", "b"]);
  expect(progress.outcome).toBeUndefined();
});

test("a step that nobody announced changes nothing", () => {
  const progress = after(started(["create", "a"]), stepped("z", "done"));
  expect(progress.order).toEqual(["a"]);
});
