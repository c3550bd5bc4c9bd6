import { expect } from "vitest";
import type { Located } from "../../src/manifest/located.ts";
import { readPlainYaml } from "../../src/manifest/plain-yaml.ts";
import { sourceText } from "../../src/manifest/source-text.ts";
import { unreadable } from "../../src/manifest/text.ts";
import { readWholeYaml } from "../../src/manifest/yaml.ts";

/** What diagnostics and positions see of a tree: where collections end and empty values stand is never shown. */
function seen({ value, start, end, keyStart, keyEnd, keys, parts }: Located): unknown {
  const empty = end <= start;
  return parts === undefined
    ? { value, keyStart, keyEnd, ...(empty ? {} : { start, end }) }
    : { start, keyStart, keys, parts: parts.map(seen) };
}

/** Whether the quick reader takes the text; if so it must read it as the whole parser does. */
export function agrees(text: string): boolean {
  const source = sourceText(text, "m.yaml");
  if (unreadable(source) !== undefined) return false;
  const plain = readPlainYaml(source.text);
  if (plain === undefined) return false;
  const whole = readWholeYaml(source);
  expect(whole.diagnostics).toEqual([]);
  expect({ value: plain.value, tree: seen(plain) }).toEqual({
    value: whole.tree?.value,
    tree: whole.tree && seen(whole.tree),
  });
  return true;
}
