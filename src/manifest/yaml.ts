import { Composer, isAlias, isMap, isScalar, Lexer, Parser } from "yaml";
import type { Document, ParsedNode, YAMLMap, YAMLParseError, YAMLSeq } from "yaml";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Located } from "./located.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { diagnose } from "./report.ts";
import type { Finding } from "./report.ts";
import type { Range, SourceText } from "./source-text.ts";

/** Levels of nesting. A manifest needs seven; the parser's own recursion must stay far from the end of the stack. */
const DEPTH_MAX = 100;
/** Values after aliases are written out: bounds what an alias of aliases of aliases can blow up to. */
const VALUES_MAX = 1_000_000;

type ReportAt = (range: Range, finding: Finding) => void;
type Parsed = Document.Parsed;

interface YamlReading {
  readonly tree: Located | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one YAML document (JSON is YAML too). No tree when the text is not YAML or is empty. All findings at once. */
export function readYaml(source: SourceText): YamlReading {
  const plain = readPlainYaml(source.text);
  return plain === undefined ? readWholeYaml(source) : { tree: plain, diagnostics: [] };
}

/** The same with all of YAML, and its errors. */
export function readWholeYaml(source: SourceText): YamlReading {
  const diagnostics: Diagnostic[] = [];
  const report: ReportAt = (range, finding) => diagnostics.push(diagnose(source, range, finding));
  const document = parse(source.text, report);
  if (document === undefined || diagnostics.length > 0) return { tree: undefined, diagnostics };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    const help = "`signalbox init` writes a first manifest.";
    report({ start: 0, end: 0 }, { code: "MANIFEST_EMPTY", message: "The manifest is empty.", help });
    return { tree: undefined, diagnostics };
  }
  return { tree: plainTree(document.contents, report), diagnostics };
}

function parse(text: string, report: ReportAt): Parsed | undefined {
  const tokens: Parameters<Composer["compose"]>[0] & unknown[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The composer recurses, and a stack that is nearly full kills the process instead of throwing.
    if (parser.stack.length > DEPTH_MAX) {
      report({ start: parser.offset, end: parser.offset + 1 }, tooDeep);
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, resolveKnownTags: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw new Error("the YAML composer gave no document");
  reportSyntax(text, document, report);
  if (second !== undefined) {
    const [start] = second.range;
    report(
      { start, end: start },
      { code: "YAML_MULTIPLE_DOCUMENTS", message: "A second document starts here; a manifest is one." },
    );
  }
  return document;
}

const tooDeep: Finding = {
  code: "YAML_TOO_DEEP",
  message: `The manifest is nested more than ${DEPTH_MAX} levels deep.`,
};

/** One finding a line, and only the first dozen: what follows a syntax error is mostly its echo. */
function reportSyntax(text: string, document: Parsed, report: ReportAt): void {
  const seen = new Set<number>();
  const conflict = /^<{7} .*$/m.exec(text);
  if (conflict !== null && document.errors.length > 0) {
    const range = { start: conflict.index, end: conflict.index + conflict[0].length };
    const help = "Settle it: keep one of the two sides, and remove the lines of `<`, `=` and `>`.";
    report(range, { code: "YAML_SYNTAX", message: "A merge conflict starts here.", help });
    return;
  }
  for (const error of document.errors) {
    const line = text.lastIndexOf("\n", error.pos[0] - 1);
    if (seen.has(line) || seen.size >= 12) continue;
    seen.add(line);
    // Behind the end of the text there is nothing to show.
    const { start, end } = span(error);
    const last = text.trimEnd().length;
    const at = start < last ? { start, end } : { start: Math.max(0, last - 1), end: last };
    report(at, { code: "YAML_SYNTAX", message: sentence(error.message), help: syntaxHelp(text, line, error) });
  }
  for (const warning of document.warnings) {
    const finding = warnings.get(warning.code);
    if (finding !== undefined) report(span(warning), finding);
  }
  const { yaml } = document.directives;
  if (yaml.version === "1.1") {
    report(
      { start: 0, end: 5 },
      { code: "YAML_SYNTAX", message: "A manifest is YAML 1.2.", help: "Remove the %YAML line." },
    );
  }
}

/** What is only a warning to the parser. */
const warnings = new Map<string, Finding>([
  ["TAG_RESOLVE_FAILED", { code: "YAML_TAG", message: "YAML tags are not supported.", help: "Remove the tag." }],
  [
    "BAD_ALIAS",
    {
      code: "YAML_ALIAS",
      message: "This is read as an alias.",
      help: 'Text that starts with `*` needs quotes: "*.shop.example.com".',
    },
  ],
]);

const span = ({ pos: [start, end] }: { readonly pos: readonly [number, number] }): Range => ({ start, end });
const sentence = (message: string): string =>
  /[.!?]$/.test(message) ? message : `${message.replace(/^(Missing closing ["'])quote$/, "$1")}.`;

/** The way out, by the parser's own code. */
const helps = new Map<string, string>([
  ["TAB_AS_INDENT", "Indent with spaces."],
  ["BAD_INDENT", "Indent this line as far as its neighbours."],
  ["BAD_SCALAR_START", "Put the text in quotes."],
  ["BAD_DQ_ESCAPE", "In double quotes a backslash starts an escape; put the text in single quotes."],
  ["BLOCK_AS_IMPLICIT_KEY", "Check the indentation, and put text that holds a colon and a blank in quotes."],
  ["BLOCK_IN_FLOW", "Put text that holds a colon and a blank in quotes."],
]);

function syntaxHelp(text: string, before: number, error: YAMLParseError): string | undefined {
  const after = text.indexOf("\n", before + 1);
  const line = text.slice(before + 1, after === -1 ? undefined : after);
  if (/(^|[\s[{,])\*\./.test(line)) return 'Text that starts with `*` needs quotes: "*.shop.example.com".';
  if (/:\s*\{[a-z]+\}/.test(line)) return "Put the text in quotes.";
  if (/^Missing closing ["']/.test(error.message)) return "Look above for a quote that opens and does not close.";
  if (/ must be sufficiently indented and end with a [\]}]$/.test(error.message))
    return "Look above for a bracket that opens and does not close.";
  if (error.message.startsWith("Missing , between")) return "Put a comma behind the item above.";
  const glued = /^\s*([a-zA-Z]+):(?=[^\s/])/.exec(line)?.[1];
  if (error.code === "MULTILINE_IMPLICIT_KEY" && glued !== undefined) return `Put a blank behind \`${glued}:\`.`;
  return helps.get(error.code);
}

function plainTree(contents: ParsedNode, report: ReportAt): Located | undefined {
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<ParsedNode>();
  let left = VALUES_MAX;
  let stopped = false;
  let unresolved = false;
  /** The alias being written out, in the text itself: where a blow-up is to blame. */
  let from: ParsedNode | undefined;

  const stop = (node: ParsedNode, finding: Finding): Located => {
    if (!stopped) report(rangeOf(from ?? node), finding);
    stopped = true;
    return leaf(null, rangeOf(node));
  };

  const visit = (node: ParsedNode): Located => {
    left -= 1;
    if (stopped || left < 0) return stop(node, tooLarge);
    if (open.size > DEPTH_MAX) return stop(node, tooDeep);
    if (isAlias(node)) return aliased(node.source, node);
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return leaf(node.value, rangeOf(node));
    open.add(node);
    const tree = isMap(node) ? mapping(node, visit, report) : list(node, visit);
    open.delete(node);
    return tree;
  };

  const aliased = (name: string, alias: ParsedNode): Located => {
    const target = anchors.get(name);
    if (target !== undefined && !open.has(target)) {
      const outer = from;
      from ??= alias;
      const tree = visit(target);
      from = outer;
      return tree;
    }
    const known = target !== undefined;
    const message = known
      ? `The alias \`*${name}\` stands inside what it repeats.`
      : `There is no anchor \`&${name}\` before this alias.`;
    const help = known ? "Write the value out." : `If it is text, put it in quotes: "*${name}".`;
    report(rangeOf(alias), { code: "YAML_ALIAS", message, help });
    unresolved = true;
    return leaf(null, rangeOf(alias));
  };

  const tree = visit(contents);
  return stopped || unresolved ? undefined : tree;
}

const tooLarge: Finding = {
  code: "MANIFEST_TOO_LARGE",
  message: `The manifest has more than ${VALUES_MAX.toLocaleString("en")} values once its aliases are written out.`,
};

type Visit = (node: ParsedNode) => Located;

function list(node: YAMLSeq.Parsed, visit: Visit): Located {
  const parts = node.items.map(visit);
  return {
    ...leaf(
      parts.map(({ value }) => value),
      rangeOf(node),
    ),
    parts,
  };
}

function mapping(node: YAMLMap.Parsed, visit: Visit, report: ReportAt): Located {
  const value: Record<string, unknown> = {};
  const keys: string[] = [];
  const parts: Located[] = [];
  for (const pair of node.items) {
    const range = rangeOf(pair.key);
    const key = keyOf(pair.key);
    const problem = keyProblem(key, pair.key, value);
    if (problem !== undefined) report(range, problem);
    if (key === undefined || problem !== undefined) continue;
    const part = pair.value === null ? leaf(null, { start: range.end, end: range.end }) : visit(pair.value);
    value[key] = part.value;
    keys.push(key);
    parts.push({ ...part, keyStart: range.start, keyEnd: range.end });
  }
  return { ...leaf(value, rangeOf(node)), keys, parts };
}

/** Keys are text: a number or a word such as `true` counts as it is written. */
function keyOf(node: ParsedNode): string | undefined {
  if (!isScalar(node)) return undefined;
  return typeof node.value === "string" ? node.value : node.source || undefined;
}

function keyProblem(key: string | undefined, node: ParsedNode, value: object): Finding | undefined {
  if (key === undefined) {
    const help = isMap(node)
      ? "If these braces are of a template, fill it in first, or put the text in quotes."
      : undefined;
    return { code: "YAML_KEY", message: `A key is text, and this is ${isMap(node) ? "a mapping" : "none"}.`, help };
  }
  if (key === "__proto__") return { code: "YAML_KEY", message: "`__proto__` cannot be a key.", help: "Remove it." };
  if (key === "<<" && isScalar(node) && node.type === "PLAIN") {
    return { code: "YAML_MERGE_KEY", message: "Merge keys are not supported.", help: "Write the keys out." };
  }
  if (Object.hasOwn(value, key))
    return {
      code: "DUPLICATE_KEY",
      message: `The key \`${key}\` is here a second time.`,
      help: "Remove one of the two.",
    };
  return undefined;
}

const leaf = (value: unknown, { start, end }: Range): Located => ({
  value,
  start,
  end,
  keyStart: start,
  keyEnd: end,
  keys: undefined,
  parts: undefined,
});

function rangeOf(node: ParsedNode): Range {
  const [start, end] = node.range;
  return { start, end };
}
