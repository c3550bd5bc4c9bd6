/** Octets of one character-string, RFC 1035 §3.3. */
export const CHARACTER_STRING_OCTETS_MAX = 255;

/**
 * A TXT value as Route 53 takes it: the text in UTF-8, split into quoted strings of at most 255 octets, with
 * quotes and backslashes escaped and everything outside printable ASCII as `\ooo`.
 * Source: Developer Guide, "Supported DNS record types", TXT, checked 2026-11-23.
 */
export function quoteTxt(text: string): string {
  const octets = new TextEncoder().encode(text);
  const strings: string[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += CHARACTER_STRING_OCTETS_MAX) {
    strings.push(quoteOctets(octets.subarray(at, at + CHARACTER_STRING_OCTETS_MAX)));
  }
  return strings.join(" ");
}

/** The text of a TXT value, its strings joined as most readers of TXT records do; undefined when it is not well quoted. */
export function unquoteTxt(value: string): string | undefined {
  const strings = parseTxt(value);
  if (strings === undefined) return undefined;
  const octets = strings.flatMap((string) => [...string]);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(octets));
}

/** The character-strings of a TXT value, or undefined when it is not a list of quoted strings. Lengths are not checked. */
export function parseTxt(value: string): readonly Uint8Array[] | undefined {
  if (!/^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/.test(value)) return undefined;
  const strings: Uint8Array[] = [];
  for (const [, inside = ""] of value.matchAll(/"((?:[^"\\]|\\.)*)"/g)) strings.push(octetsOf(inside));
  return strings;
}

/** The one spelling of a list of character-strings: used to compare values, and to write them. */
export function formatTxt(strings: readonly Uint8Array[]): string {
  return strings.map(quoteOctets).join(" ");
}

function octetsOf(inside: string): Uint8Array {
  const octets: number[] = [];
  for (const [part] of inside.matchAll(/\\[0-3][0-7]{2}|\\.|[^\\]+/g)) {
    if (/^\\\d{3}$/.test(part)) octets.push(Number.parseInt(part.slice(1), 8));
    else octets.push(...new TextEncoder().encode(part.startsWith("\\") ? part.slice(1) : part));
  }
  return Uint8Array.from(octets);
}

function quoteOctets(octets: Uint8Array): string {
  let inside = "";
  for (const octet of octets) {
    const character = String.fromCharCode(octet);
    if (character === '"' || character === "\\") inside += `\\${character}`;
    else if (octet >= 0x20 && octet < 0x7f) inside += character;
    else inside += `\\${octet.toString(8).padStart(3, "0")}`;
  }
  return `"${inside}"`;
}
