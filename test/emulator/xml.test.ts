import { describe, expect, test } from "vitest";
import { escapeXml, parseXml } from "../../src/emulator/xml.ts";

describe("parseXml", () => {
  test("elements without prefixes, text, CDATA, comments, entities", () => {
    const root = parseXml(
      `<?xml version="1.0"?><!-- c --><a:Root xmlns:a="u" b='>'><One>1 &lt; &#50; &#x33; &amp;amp; &unknown;</One><Two/><One><![CDATA[<&]]></One></a:Root>`,
    );
    expect(root).toEqual({
      name: "Root",
      text: "",
      children: [
        { name: "One", text: "1 < 2 3 &amp; &unknown;", children: [] },
        { name: "Two", text: "", children: [] },
        { name: "One", text: "<&", children: [] },
      ],
    });
  });

  test.each([
    ["nothing", "", "there must be one root element"],
    ["two roots", "<a/><b/>", "there must be one root element"],
    ["an open element", "<a><b></b>", "element a is not closed"],
    ["a wrong end", "<a></b>", "element a is closed by b"],
    ["an end too many", "<a/></a>", "is closed by a"],
    ["a document type", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "a '<' that starts no element"],
    ["bare angle brackets", "<a>1 < 2</a>", "a '<' that starts no element"],
    ["a bomb of depth", "<a>".repeat(300), "nested too deeply"],
  ])("%s is refused", (_, source, message) => {
    expect(() => parseXml(source)).toThrow(message);
  });
});

test("escaped text comes back as it was", () => {
  const text = `a<b>&"c"'d'\r\n\u0085\u2028é😀`;
  expect(parseXml(`<t>${escapeXml(text)}</t>`).text).toBe(text);
  expect(escapeXml("a\rb")).toBe("a&#xD;b");
});
