import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { renderFrame } from "../../src/diagnostic/frame.ts";

const at = (line: number, column: number, endColumn: number, endLine = line): Diagnostic => ({
  code: "UNKNOWN_KEY",
  severity: "error",
  message: "There is no key `metadpata`.",
  where: { file: "manifests/x.yaml", line, column, endLine, endColumn },
});

const twelve = `${"\n".repeat(11)}    metadpata: 1\n`;

describe("a caret frame", () => {
  test("shows the place, the line, what is wrong in it, and the way out", () => {
    expect(renderFrame({ ...at(12, 5, 14), help: "Did you mean `metadata`?" }, twelve)).toBe(
      [
        "error[UNKNOWN_KEY]: There is no key `metadpata`.",
        "   --> manifests/x.yaml:12:5",
        "   |",
        "12 |     metadpata: 1",
        "   |     ^^^^^^^^^",
        "   = help: Did you mean `metadata`?",
      ].join("\n"),
    );
  });

  test.each([
    ["without the source there is no excerpt", at(12, 5, 14), undefined, ["   --> manifests/x.yaml:12:5"]],
    ["a line that the source has not", at(99, 1, 2), "a\n", ["   --> manifests/x.yaml:99:1"]],
    ["an empty range gets one caret", at(1, 3, 3), "ab\n", ["  --> manifests/x.yaml:1:3", "  |", "1 | ab", "  |   ^"]],
    [
      "several lines are marked to the end of the first",
      at(1, 3, 2, 2),
      "a: b\nc\n",
      ["  --> manifests/x.yaml:1:3", "  |", "1 | a: b", "  |   ^^"],
    ],
    [
      "Windows line ends are no part of a line",
      at(2, 1, 2),
      "a\r\nb\r\n",
      ["  --> manifests/x.yaml:2:1", "  |", "2 | b", "  | ^"],
    ],
    ["a tab takes one column", at(1, 2, 3), "\tb\n", ["  --> manifests/x.yaml:1:2", "  |", "1 |  b", "  |  ^"]],
    [
      "escape codes in a manifest do nothing to the terminal",
      at(1, 2, 3),
      "\u001bb\n",
      ["  --> manifests/x.yaml:1:2", "  |", "1 | ·b", "  |  ^"],
    ],
    [
      "wide characters take two columns",
      at(1, 3, 5),
      "日本: 1\n",
      ["  --> manifests/x.yaml:1:3", "  |", "1 | 日本: 1", "  |     ^^"],
    ],
  ] as const)("%s", (_name, diagnostic, source, lines) => {
    expect(renderFrame(diagnostic, source)).toBe(
      ["error[UNKNOWN_KEY]: There is no key `metadpata`.", ...lines].join("\n"),
    );
  });

  test("a long line is a window around the caret", () => {
    const line = `${"a".repeat(300)}XX${"b".repeat(300)}`;
    const [, , , shown, carets] = renderFrame(at(1, 301, 303), line).split("\n");
    expect(shown!.length).toBeLessThan(130);
    expect(shown).toMatch(/^1 \| …a+XXb+…$/);
    expect(shown!.indexOf("XX")).toBe(carets!.indexOf("^^"));
  });

  test("without a position the subject stands in its place", () => {
    const { where: _where, ...rest } = at(1, 1, 1);
    expect(renderFrame({ ...rest, severity: "warning", subject: "record-set/a" })).toBe(
      "warning[UNKNOWN_KEY]: There is no key `metadpata`.\n  --> record-set/a",
    );
  });

  test("colours are the caller's", () => {
    const style = {
      severity: (severity: string, text: string) => `<${severity}:${text}>`,
      gutter: (text: string) => text,
      help: (text: string) => `<${text}>`,
    };
    expect(renderFrame({ ...at(1, 1, 2), help: "Do." }, "a", style).split("\n")).toEqual([
      "<error:error[UNKNOWN_KEY]>: There is no key `metadpata`.",
      "  --> manifests/x.yaml:1:1",
      "  |",
      "1 | a",
      "  | <error:^>",
      "  = <help>: Do.",
    ]);
  });
});
