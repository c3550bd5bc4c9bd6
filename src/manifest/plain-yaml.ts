import type { Located } from "./located.ts";

// Most manifests are plain: mappings by indentation, lists, flow collections on one line (or the whole of it JSON),
// words, numbers and quoted text. This reads that much of YAML in one pass, ten times as fast as the whole language, and
// gives up on everything else, wrong or merely unusual: then yaml.ts reads the text from its start. Whatever this reads
// must be read as yaml.ts does; test/manifest/plain-yaml.test.ts holds the two against each other.

/** Where the reading stands. */
interface Reader {
  readonly text: string;
  at: number;
  /** Column of the first character of the line that `at` stands in, after `nextLine`. */
  indent: number;
  depth: number;
  values: number;
}

const DEPTH_MAX = 50;
const VALUES_MAX = 1_000_000;
/** YAML allows 1,024 in front of the colon. */
const KEY_MAX = 1_000;

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

const table = (characters: string): Uint8Array => {
  const found = new Uint8Array(128);
  for (const each of characters) found[each.charCodeAt(0)] = 1;
  return found;
};
const WORDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
/** What plain text may start with here, and what it may go on with. None of it means anything to YAML. */
const FIRST = table(`${WORDS}/(`);
const REST = table(`${WORDS}/().-$+=`);

/** A text as values with their places, or undefined: then it is for the whole parser to read, or to refuse. */
export function readPlainYaml(text: string): Located | undefined {
  if (text.includes("\t") || /\r(?!\n)/.test(text)) return undefined;
  const reader: Reader = { text, at: text.startsWith("---\n") ? 4 : 0, indent: 0, depth: 0, values: 0 };
  if (!nextLine(reader) || reader.indent !== 0) return undefined;
  const flow = text.charCodeAt(reader.at) === OPEN_MAP;
  const found = flow ? flowCollection(reader, true) : blockMapping(reader, 0);
  if (found === undefined || (flow && !endOfLine(reader))) return undefined;
  return nextLine(reader) ? undefined : found;
}

/** Goes to the next line that holds something, from the start of a line or the end of one. False at the end of the text. */
function nextLine(reader: Reader): boolean {
  const { text } = reader;
  let { at } = reader;
  for (;;) {
    const start = at;
    while (text.charCodeAt(at) === BLANK) at += 1;
    if (text.charCodeAt(at) === CR) at += 1;
    const code = text.charCodeAt(at);
    if (code === HASH) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
    } else if (code !== LF) {
      reader.at = at;
      reader.indent = at - start;
      return at < text.length;
    }
    if (at >= text.length) {
      reader.at = at;
      return false;
    }
    at += 1;
  }
}

/** From behind a value to the start of the next line; false when something else than a comment is in the way. */
function endOfLine(reader: Reader): boolean {
  const { text } = reader;
  let { at } = reader;
  while (text.charCodeAt(at) === BLANK) at += 1;
  if (text.charCodeAt(at) === HASH && at > reader.at) {
    const end = text.indexOf("\n", at);
    at = end === -1 ? text.length : end;
  }
  if (text.charCodeAt(at) === CR) at += 1;
  if (at < text.length && text.charCodeAt(at) !== LF) return false;
  reader.at = Math.min(at + 1, text.length);
  return true;
}

/** Entries that start at this column, the first of them at `at`. Ends at a line that is further left. */
function blockMapping(reader: Reader, indent: number): Located | undefined {
  const into = collection(reader, {}, []);
  if (into === undefined) return undefined;
  for (let more = true; more && reader.indent >= indent;) {
    if (reader.indent > indent) return undefined;
    const keyStart = reader.at;
    const key = keyAt(reader, false);
    if (key === undefined) return undefined;
    const keyEnd = reader.at - 1;
    const inLine = !endOfLine(reader);
    const value = inLine ? valueInLine(reader) : undefined;
    if (inLine && value === undefined) return undefined;
    more = nextLine(reader);
    const part = value ?? valueBelow(reader, indent, more, keyEnd);
    if (part === undefined || !add(into, key, part, keyStart, keyEnd)) return undefined;
    more = reader.at < reader.text.length;
  }
  reader.depth -= 1;
  return into;
}

/** A value behind its key or behind a hyphen, and nothing else in the line. */
function valueInLine(reader: Reader): Located | undefined {
  const { text } = reader;
  if (text.charCodeAt(reader.at) !== BLANK) return undefined;
  while (text.charCodeAt(reader.at) === BLANK) reader.at += 1;
  const found = isOpen(text.charCodeAt(reader.at)) ? flowCollection(reader, false) : scalar(reader);
  return found === undefined || !endOfLine(reader) ? undefined : found;
}

const isOpen = (code: number): boolean => code === OPEN_MAP || code === OPEN_LIST;

/** What stands in the lines below a key: a mapping or a list, or nothing. */
function valueBelow(reader: Reader, indent: number, more: boolean, keyEnd: number): Located | undefined {
  const listed = more && reader.text.charCodeAt(reader.at) === HYPHEN;
  if (listed && reader.indent >= indent) return blockList(reader, reader.indent);
  if (more && reader.indent > indent) return blockMapping(reader, reader.indent);
  return leaf(reader, null, keyEnd, keyEnd);
}

function blockList(reader: Reader, indent: number): Located | undefined {
  const into = collection(reader, [], undefined);
  if (into === undefined) return undefined;
  for (let more = true; more && reader.indent === indent && reader.text.charCodeAt(reader.at) === HYPHEN;) {
    reader.at += 1;
    const item = valueInLine(reader);
    if (item === undefined) return undefined;
    append(into, item);
    more = nextLine(reader);
    if (more && reader.indent > indent) return undefined;
  }
  reader.depth -= 1;
  return into;
}

/** `{ a: 1 }` or `[1, 2]`; on one line, unless it is the whole text. */
function flowCollection(reader: Reader, lines: boolean): Located | undefined {
  const { text } = reader;
  const map = text.charCodeAt(reader.at) === OPEN_MAP;
  const close = map ? CLOSE_MAP : CLOSE_LIST;
  const into = map ? collection(reader, {}, []) : collection(reader, [], undefined);
  if (into === undefined) return undefined;
  reader.at += 1;
  for (;;) {
    if (flowBlanks(reader, lines) === close) break;
    if (!(map ? flowEntry(reader, into, lines) : flowItem(reader, into, lines))) return undefined;
    const code = flowBlanks(reader, lines);
    if (code === close) break;
    if (code !== COMMA) return undefined;
    reader.at += 1;
  }
  reader.at += 1;
  reader.depth -= 1;
  into.end = reader.at;
  into.keyEnd = reader.at;
  return into;
}

/** Skips blanks, and line ends where there may be some. Gives the character behind them. */
function flowBlanks(reader: Reader, lines: boolean): number {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== BLANK && !(lines && (code === LF || code === CR))) return code;
    reader.at += 1;
  }
}

function flowEntry(reader: Reader, into: Mutable, lines: boolean): boolean {
  const keyStart = reader.at;
  const key = keyAt(reader, true);
  if (key === undefined) return false;
  const keyEnd = reader.at - 1;
  const part = flowValue(reader, lines);
  return part !== undefined && add(into, key, part, keyStart, keyEnd);
}

function flowItem(reader: Reader, into: Mutable, lines: boolean): boolean {
  const part = flowValue(reader, lines);
  if (part === undefined) return false;
  append(into, part);
  return true;
}

const flowValue = (reader: Reader, lines: boolean): Located | undefined =>
  isOpen(flowBlanks(reader, lines)) ? flowCollection(reader, lines) : scalar(reader);

/** A key and its colon, which must have a blank or a line end behind it; not behind quotes in a flow collection. */
function keyAt(reader: Reader, flow: boolean): string | undefined {
  const start = reader.at;
  const quoted = isQuote(reader.text.charCodeAt(start));
  const end = quoted ? endOfQuoted(reader, start) : endOfPlain(reader, start, false);
  if (end === undefined || end - start > KEY_MAX || reader.text.charCodeAt(end) !== COLON) return undefined;
  const behind = reader.text.charCodeAt(end + 1);
  const apart = behind === BLANK || behind === LF || behind === CR || end + 1 === reader.text.length;
  if (!apart && !(flow && quoted)) return undefined;
  const key = quoted ? reader.text.slice(start + 1, end - 1) : reader.text.slice(start, end);
  if (key === "__proto__") return undefined;
  reader.at = end + 1;
  return key;
}

const isQuote = (code: number): boolean => code === QUOTE || code === APOSTROPHE;

function scalar(reader: Reader): Located | undefined {
  const start = reader.at;
  const quoted = isQuote(reader.text.charCodeAt(start));
  const end = quoted ? endOfQuoted(reader, start) : endOfPlain(reader, start, true);
  if (end === undefined) return undefined;
  reader.at = end;
  if (quoted) return leaf(reader, reader.text.slice(start + 1, end - 1), start, end);
  const value = plainValue(reader.text.slice(start, end));
  return value === undefined ? undefined : leaf(reader, value, start, end);
}

/** Behind the closing quote; undefined when there is an escape, a line end or no end in it. */
function endOfQuoted({ text }: Reader, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === BACKSLASH && quote === QUOTE)) return undefined;
    if (code === quote) return text.charCodeAt(at + 1) === quote ? undefined : at + 1;
  }
  return undefined;
}

/** Behind the last character of plain text; a value may hold single blanks, and colons with text behind them. */
function endOfPlain({ text }: Reader, start: number, value: boolean): number | undefined {
  if (FIRST[text.charCodeAt(start)] !== 1) return undefined;
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    const inner = value && (code === BLANK || code === COLON) && FIRST[text.charCodeAt(at + 1)] === 1;
    if (REST[code] !== 1 && !inner) return at;
    at += 1;
  }
}

const CONSTANTS = new Map<string, unknown>([
  ...["null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
/** Numbers of YAML's core schema that start with a digit. */
const NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)$/;

/** What plain text means in YAML's core schema; undefined for a number that is no simple one. */
function plainValue(text: string): unknown {
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) {
    if (!NUMBER.test(text)) return text;
    return text.length <= 15 && /^[0-9]+$/.test(text) ? Number(text) : undefined;
  }
  return text.length > 5 ? text : (CONSTANTS.get(text) ?? (CONSTANTS.has(text) ? null : text));
}

type Mutable = { -readonly [K in keyof Located]: Located[K] };

function leaf(reader: Reader, value: unknown, start: number, end: number): Mutable | undefined {
  reader.values += 1;
  if (reader.values > VALUES_MAX) return undefined;
  return { value, start, end, keyStart: start, keyEnd: end, keys: undefined, parts: undefined };
}

/** An empty collection that starts here. Whoever has filled it leaves a level of depth. */
function collection(reader: Reader, value: object, keys: string[] | undefined): Mutable | undefined {
  reader.depth += 1;
  const into = leaf(reader, value, reader.at, reader.at);
  if (into === undefined || reader.depth > DEPTH_MAX) return undefined;
  into.keys = keys;
  into.parts = [];
  return into;
}

/** False for a key that is there already. */
function add(into: Located, key: string, part: Located, keyStart: number, keyEnd: number): boolean {
  const value = into.value as Record<string, unknown>;
  if (Object.hasOwn(value, key)) return false;
  value[key] = part.value;
  (part as Mutable).keyStart = keyStart;
  (part as Mutable).keyEnd = keyEnd;
  (into.keys as string[]).push(key);
  (into.parts as Located[]).push(part);
  return true;
}

function append(into: Located, part: Located): void {
  (into.value as unknown[]).push(part.value);
  (into.parts as Located[]).push(part);
}
