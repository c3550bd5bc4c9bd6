import type { CodeEntry } from "./code-entry.ts";

/** Codes of a manifest's text, before it means anything. In alphabetical order. */
export const textCodes = [
  {
    code: "DUPLICATE_KEY",
    severity: "error",
    title: "A key twice in one mapping",
    explanation: "YAML readers differ on which of two equal keys counts, so neither is taken.",
    fix: "Remove one of them, or merge the two.",
  },
  {
    code: "MANIFEST_EMPTY",
    severity: "error",
    title: "The manifest is empty",
    explanation: 'An empty file never means "delete everything".',
    fix: "Write a manifest (`signalbox init` makes a first one). To take names out of service, list them under `retire`.",
  },
  {
    code: "MANIFEST_NOT_TEXT",
    severity: "error",
    title: "The manifest is not a text file",
    explanation: "The file holds bytes that do not occur in UTF-8 text.",
    fix: "Name the right file, or save it as UTF-8.",
  },
  {
    code: "MANIFEST_TOO_LARGE",
    severity: "error",
    title: "The manifest is too large",
    explanation: "A manifest has at most 10 MB, and at most 1,000,000 values once its aliases are written out.",
    fix: "Split it into several manifests with names of their own.",
  },
  {
    code: "YAML_ALIAS",
    severity: "error",
    title: "An alias that cannot be resolved",
    explanation:
      "An alias (`*name`) repeats the value marked with the anchor (`&name`) that stands before it, and cannot hold itself.",
    fix: "Correct the alias's name, or write the value out.",
  },
  {
    code: "YAML_KEY",
    severity: "error",
    title: "A key that is not text",
    explanation: "Keys are plain or quoted text. A list, a mapping or nothing at all cannot be one.",
    fix: "Write the key as text.",
  },
  {
    code: "YAML_MERGE_KEY",
    severity: "error",
    title: "A merge key",
    explanation: "`<<` is not part of YAML 1.2, and hides where a value comes from.",
    fix: "Write the keys out, or repeat a whole value with an alias.",
  },
  {
    code: "YAML_MULTIPLE_DOCUMENTS",
    severity: "error",
    title: "Several documents in one file",
    explanation: "A manifest is one YAML document; a line `---` starts another.",
    fix: "Put every manifest into a file of its own.",
  },
  {
    code: "YAML_SYNTAX",
    severity: "error",
    title: "Not valid YAML",
    explanation:
      "The text cannot be read as YAML. Frequent causes: a tab in the indentation, a missing space after a colon, an unclosed quote or bracket.",
    fix: "Check this line and the one above it: indentation, brackets, quotes, and a blank behind each colon.",
  },
  {
    code: "YAML_TAG",
    severity: "error",
    title: "A YAML tag",
    explanation:
      "Tags (`!name`, `!!binary`) are not supported: every value is text, a number, true or false, a list or a mapping.",
    fix: "Remove the tag.",
  },
  {
    code: "YAML_TOO_DEEP",
    severity: "error",
    title: "Nested too deeply",
    explanation: "A manifest is at most 100 levels deep; it needs no more than seven.",
    fix: "Look for brackets that are not closed, and for aliases of aliases.",
  },
] as const satisfies readonly CodeEntry[];
