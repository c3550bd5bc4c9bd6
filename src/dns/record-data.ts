import { escapeForRoute53, parseDomainName } from "./domain-name.ts";
import { formatIpv6, parseIpv4, parseIpv6 } from "./ip-address.ts";
import type { RecordType } from "./record-type.ts";
import { formatTxt, parseTxt } from "./txt.ts";

/**
 * One spelling for all spellings of a record's value, for comparison only: a DELETE must repeat what was read,
 * never this form. A value that does not parse is only trimmed, so it equals nothing but itself.
 */
export function canonicalValue(type: RecordType, value: string): string {
  const text = value.trim();
  switch (type) {
    case "A":
      return parseIpv4(text)?.join(".") ?? text;
    case "AAAA": {
      const groups = parseIpv6(text);
      return groups === undefined ? text : formatIpv6(groups);
    }
    case "CNAME":
    case "NS":
    case "PTR":
      return canonicalTarget(text);
    case "MX":
      return withTarget(text, 1);
    case "SRV":
      return withTarget(text, 3);
    case "TXT":
    case "SPF": {
      const strings = parseTxt(text);
      return strings === undefined ? text : formatTxt(strings);
    }
    default:
      return text.replace(/\s+/g, " ");
  }
}

/** Whether two lists of values mean the same record set: spelling and order do not matter (RFC 2181 §5). */
export function sameValues(type: RecordType, left: readonly string[], right: readonly string[]): boolean {
  const canonical = (values: readonly string[]): readonly string[] =>
    [...new Set(values.map((value) => canonicalValue(type, value)))].toSorted();
  const [a, b] = [canonical(left), canonical(right)];
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** A target name, lower-case and with the dot that Route 53 assumes where it is left out. */
function canonicalTarget(text: string): string {
  const parsed = parseDomainName(text);
  return parsed.ok ? escapeForRoute53(parsed.name) : text;
}

/** `10 Mail.example.com` and the like: numbers first, the target last. */
function withTarget(text: string, numbers: number): string {
  const fields = text.split(/\s+/);
  if (fields.length !== numbers + 1) return text;
  const heads = fields.slice(0, numbers).map((field) => (/^\d+$/.test(field) ? String(Number(field)) : field));
  return [...heads, canonicalTarget(fields[numbers] ?? "")].join(" ");
}
