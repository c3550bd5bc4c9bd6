/** Element names without their namespace prefix; attributes are read and dropped, since no message that we serve has any. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, with entities resolved. */
  readonly text: string;
}

interface OpenElement {
  name: string;
  children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 200;

const TOKEN = new RegExp(
  [
    String.raw`<!\[CDATA\[([\s\S]*?)\]\]>`,
    String.raw`<!--[\s\S]*?-->`,
    String.raw`<\?[\s\S]*?\?>`,
    String.raw`<\/([^\s>]+)\s*>`,
    String.raw`<([^\s\/>!?]+)(?:\s+[^\s=\/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(\/?)>`,
    String.raw`([^<]+)`,
    "<",
  ].join("|"),
  "g",
);

/**
 * Reads one XML document as AWS's bodies are: elements, text, CDATA, comments, processing instructions and the five
 * named entities. A document type is refused, so nothing can be expanded. Throws an Error that says what is wrong.
 */
export function parseXml(source: string): XmlElement {
  const top: OpenElement = { name: "", children: [], text: "" };
  const open = [top];
  for (const [token, cdata, closing, opening, selfClosed, text] of source.matchAll(TOKEN)) {
    const innermost = open.at(-1) ?? top;
    if (cdata !== undefined) innermost.text += cdata;
    else if (text !== undefined) innermost.text += unescapeXml(text);
    else if (closing !== undefined) close(open, localName(closing));
    else if (opening !== undefined) begin(open, localName(opening), selfClosed === "/");
    else if (token === "<") throw new Error("a '<' that starts no element");
  }
  const [root] = top.children;
  if (open.length !== 1) throw new Error(`element ${open.at(-1)?.name} is not closed`);
  if (root === undefined || top.children.length !== 1) throw new Error("there must be one root element");
  return root;
}

function begin(open: OpenElement[], name: string, selfClosed: boolean): void {
  const element: OpenElement = { name, children: [], text: "" };
  open.at(-1)?.children.push(element);
  if (!selfClosed) open.push(element);
  if (open.length > MAX_DEPTH) throw new Error("elements are nested too deeply");
}

function close(open: OpenElement[], name: string): void {
  const innermost = open.at(-1);
  if (open.length === 1 || innermost?.name !== name) throw new Error(`element ${innermost?.name} is closed by ${name}`);
  open.pop();
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
    },
  );
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text for an element's content. Line ends travel as character references, since parsers normalise bare ones. */
export function escapeXml(text: string): string {
  return text.replace(
    /[&<>"'\r\n\u0085\u2028]/g,
    (char) => NAMED[char] ?? `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
