import { domainToASCII } from "node:url";
import { remembered } from "./remembered.ts";

/**
 * A fully-qualified domain name in canonical form: lower-case, `*` and other characters unescaped, and
 * always with the trailing dot. Names become `DomainName` once, at the door; nothing else adds or removes a dot.
 */
export type DomainName = string & { readonly __domainName: true };

export type ParsedDomainName =
  | { readonly ok: true; readonly name: DomainName }
  | { readonly ok: false; readonly problem: string };

/** Octets of one label, RFC 1035 §2.3.4. */
const LABEL_OCTETS_MAX = 63;
/** Octets of a name on the wire, with the length octets and the root, RFC 1035 §2.3.4. */
const NAME_OCTETS_MAX = 255;

const ESCAPE = /\\([0-3][0-7]{2})/g;
const NOT_ASCII = /[^\x00-\x7f]/;

/**
 * Reads a domain name as people, manifests and Route 53 write it: any case, with or without the trailing dot,
 * with octal escapes (`\052` is `*`). Escapes of a dot, a backslash, a blank or anything outside printable ASCII
 * stay escapes, so that splitting at dots is always right. `problem` is a clause such as "has an empty label".
 */
export const parseDomainName: (text: string) => ParsedDomainName = remembered(readName);

function readName(text: string): ParsedDomainName {
  if (NOT_ASCII.test(text)) return refuse(notAscii(text));
  const plain = text.replace(ESCAPE, decodeEscape).toLowerCase();
  if (plain === "" || plain === ".") return refuse("is empty");
  const name = plain.endsWith(".") ? plain : `${plain}.`;
  const problem = problemOf(name);
  return problem === undefined ? { ok: true, name: name as DomainName } : refuse(problem);
}

/** The name, for text that is known to be one. Throws on anything else: that is a bug of the caller. */
export function domainName(text: string): DomainName {
  const parsed = parseDomainName(text);
  if (!parsed.ok) throw new Error(`"${text}" ${parsed.problem}`);
  return parsed.name;
}

/** An internationalized name as DNS has it (`xn--…`), or nothing when there is no such form. */
export const asciiForm = (text: string): string => domainToASCII(text);

/** For people and for services that want no trailing dot (ACM, API Gateway, SNI). */
export function display(name: DomainName): string {
  return name.slice(0, -1);
}

/** The labels from left to right, without the root. */
export function labels(name: DomainName): readonly string[] {
  return display(name).split(".");
}

/** Whether `name` is `ancestor` or lies below it. */
export function isWithin(name: DomainName, ancestor: DomainName): boolean {
  return name === ancestor || name.endsWith(`.${ancestor}`);
}

/** The name without its first label, or undefined for a top-level name. */
export function parent(name: DomainName): DomainName | undefined {
  const rest = name.slice(name.indexOf(".") + 1);
  return rest === "" ? undefined : (rest as DomainName);
}

/** `*.shop.example.com.` → `shop.example.com.`; other names are returned as they are. */
export function wildcardBase(name: DomainName): DomainName {
  return name.startsWith("*.") ? (name.slice(2) as DomainName) : name;
}

/**
 * The form in which Route 53 stores and lists a name: everything but a–z, 0–9, hyphen and underscore is an octal
 * escape, so `*` is `\052`. A name that is in this form already comes back unchanged.
 * Source: Developer Guide, "DNS domain name format", checked 2026-11-23.
 */
export function escapeForRoute53(name: string): string {
  if (/^[a-z0-9._-]*$/.test(name)) return name;
  return name.replace(/\\[0-3][0-7]{2}|[^a-z0-9._-]/g, (part) => (part.length === 4 ? part : octal(part)));
}

const refuse = (problem: string): ParsedDomainName => ({ ok: false, problem });

const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;

function notAscii(text: string): string {
  const ascii = asciiForm(text);
  return ascii === "" ? "has characters outside ASCII" : `has characters outside ASCII; write it as ${ascii}`;
}

function decodeEscape(escape: string, digits: string): string {
  const code = Number.parseInt(digits, 8);
  const character = String.fromCharCode(code);
  return code > 0x20 && code < 0x7f && character !== "." && character !== "\\" ? character : escape;
}

function problemOf(name: string): string | undefined {
  let octets = 1;
  for (const label of name.slice(0, -1).split(".")) {
    const bare = label.replace(ESCAPE, "x");
    if (bare === "") return "has an empty label";
    if (/[\x00-\x20\x7f\\]/.test(bare)) return `has a character that a name cannot hold in the label "${label}"`;
    if (bare.includes("*") && bare !== "*") return `has a "*" that is not a whole label in "${label}"`;
    if (bare.length > LABEL_OCTETS_MAX) {
      return `has a label of ${bare.length} octets, "${label}"; at most ${LABEL_OCTETS_MAX} are allowed`;
    }
    octets += bare.length + 1;
  }
  if (octets > NAME_OCTETS_MAX) return `is ${octets} octets long; at most ${NAME_OCTETS_MAX} are allowed`;
  return undefined;
}
