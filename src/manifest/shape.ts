import * as z from "zod";
import { suggester } from "../diagnostic/nearest.ts";
import type { Suggest } from "../diagnostic/nearest.ts";
import { displayPath } from "./located.ts";
import type { Path } from "./located.ts";
import { prune, valueAt } from "./plain-value.ts";
import type { Finding, Report } from "./report.ts";
import { manifestSchema } from "./schema.ts";

/** What of a manifest has the right shape, and where something was left out of it. */
export interface Shaped {
  readonly file: ManifestParts;
  readonly left: readonly Path[];
}

/** As many times as something missing can take with it what stands above. */
const PASSES_MAX = 10;

/**
 * Holds a plain value against the schema and reports all that does not fit. The rest is kept, so that the rules that
 * span several values can speak in the same run. Takes what does not fit out of `value`, in place.
 */
export function readShape(value: unknown, report: Report): Shaped {
  const whole = manifestSchema.safeParse(value);
  if (whole.success) return { file: whole.data, left: [] };
  const left: Path[] = [];
  const nearest = suggester();
  for (const issue of whole.error.issues) {
    for (const { finding, path, on } of findings(issue, value, nearest)) report(finding, path, on);
  }
  let issues = whole.error.issues;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    for (const path of issues.flatMap(pathsOf)) {
      left.push(path);
      prune(value, path);
    }
    const rest = partialSchema.safeParse(value);
    if (rest.success) return { file: rest.data, left };
    issues = rest.error.issues;
  }
  return { file: {}, left: [...left, []] };
}

const partialSchema = manifestSchema.partial();

/** A manifest of which any part may be missing. */
export type ManifestParts = z.infer<typeof partialSchema>;

type Issue = z.core.$ZodIssue;
type Found = { readonly finding: Finding; readonly path: Path; readonly on: "key" | "value" };

const pathOf = (issue: Issue): Path => issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));

function pathsOf(issue: Issue): readonly Path[] {
  const path = pathOf(issue);
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

function findings(issue: Issue, root: unknown, nearest: Suggest): readonly Found[] {
  const path = pathOf(issue);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ finding: unknownKey(key, path, nearest), path: [...path, key], on: "key" }));
  }
  const value = valueAt(root, path);
  if (issue.code === "invalid_type" || issue.code === "invalid_value") {
    if (value === undefined) return [{ finding: missing(path), path, on: "key" }];
    if (value === null) return [{ finding: nothing(path), path, on: "key" }];
  }
  return [{ finding: wrong(issue, value, path, nearest), path, on: "value" }];
}

function unknownKey(key: string, path: Path, nearest: Suggest): Finding {
  const known = keysAt(path);
  const meant = nearest(key, known);
  const help = meant === undefined ? `Known keys here: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
  return { code: "UNKNOWN_KEY", message: sentence(`${displayPath(path)} has no key \`${key}\`.`), help };
}

function missing(path: Path): Finding {
  if (path.length === 1 && path[0] === "scopeId") {
    const help = "`signalbox init` writes one; or paste six new characters of a-z and 0-9, such as `scopeId: 7f3k9q`.";
    return { code: "MISSING_SCOPE_ID", message: "The manifest has no `scopeId`.", help };
  }
  const where = path.length === 1 ? "The manifest" : displayPath(path.slice(0, -1));
  return {
    code: "MISSING_KEY",
    message: `${where} has no \`${String(path.at(-1))}\`.`,
    help: `Add \`${String(path.at(-1))}:\`.`,
  };
}

function nothing(path: Path): Finding {
  const help = 'Give it a value, or remove the key. Nothing is never read as "delete everything".';
  return { code: "WRONG_TYPE", message: `${displayPath(path)} is empty.`, help };
}

/** Codes of their own for values that have a story to tell. */
const ownCodes: readonly (readonly [pattern: readonly string[], code: Finding["code"]])[] = [
  [["version"], "SCHEMA_VERSION"],
  [["name"], "BAD_NAME"],
  [["scopeId"], "BAD_SCOPE_ID"],
  [["certificates", "*", "keyAlgorithms", "*"], "KEY_ALGORITHM"],
  [["apis", "*", "securityPolicy"], "SECURITY_POLICY"],
];

function codeFor(path: Path): Finding["code"] {
  const fits = (pattern: readonly string[]): boolean =>
    pattern.length === path.length && pattern.every((step, index) => step === "*" || step === path[index]);
  return ownCodes.find(([pattern]) => fits(pattern))?.[1] ?? "BAD_VALUE";
}

function wrong(issue: Issue, value: unknown, path: Path, nearest: Suggest): Finding {
  const at = displayPath(path);
  const code = codeFor(path);
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, value, path);
    case "invalid_value":
      return { code, message: `${at} cannot be ${describe(value)}.`, help: choice(issue.values, value, nearest) };
    case "too_small":
    case "too_big":
      return { code, message: `${at} must be ${bound(issue)}.` };
    default:
      return {
        code,
        message: `${at} ${issue.message}${typeof value === "string" ? `; it is \`${show(value)}\`` : ""}.`,
      };
  }
}

function wrongType(expected: string, value: unknown, path: Path): Finding {
  const message = sentence(`${displayPath(path)} must be ${typeNames[expected] ?? expected}, not ${describe(value)}.`);
  return { code: "WRONG_TYPE", message, help: retyped(expected, value, path) };
}

/** How to write the value so that it has the type that it was meant to have. */
function retyped(expected: string, value: unknown, path: Path): string | undefined {
  if (expected === "string" && typeof value === "number" && isAccount(path)) {
    // Digits without quotes are a number, and a number has no zeros in front.
    return `Put it in quotes: "${String(value).padStart(12, "0")}".`;
  }
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) return "Put it in quotes.";
  if (expected === "boolean" && typeof value === "string") {
    const meant = words.get(value.toLowerCase());
    return meant === undefined ? undefined : `Write \`${meant}\`, without quotes.`;
  }
  if ((expected === "number" || expected === "int") && typeof value === "string" && /^-?[0-9]+$/.test(value))
    return "Remove the quotes.";
  if (path.length === 0) return "A manifest starts with `version: 1`. `signalbox init` writes a first one.";
  if (expected === "array" && typeof value === "string") return `Write it as a list: \`[${show(value)}]\`.`;
  return undefined;
}

const isAccount = (path: Path): boolean =>
  path.join() === "account" || (path[0] === "accounts" && path.length === 3 && path[2] === "id");

/** Words that YAML 1.1 read as a switch, and YAML 1.2 reads as text. */
const words = new Map([
  ...["yes", "y", "on", "true"].map((word) => [word, "true"] as const),
  ...["no", "n", "off", "false"].map((word) => [word, "false"] as const),
]);

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

const sentence = (text: string): string => text.replace(/^t/, "T");

function describe(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? "no number at all" : "infinity, as YAML reads it";
  if (typeof value === "string") return `the text \`${show(value)}\``;
  if (typeof value === "number" || typeof value === "boolean") return `\`${value}\``;
  return Array.isArray(value) ? "a list" : "a mapping";
}

/** Short and on one line. */
function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function choice(allowed: readonly unknown[], value: unknown, nearest: Suggest): string {
  const values = allowed.map(String);
  if (typeof value === "string" && !allowed.includes(value) && values.includes(value))
    return `Remove the quotes: \`${value}\`.`;
  // From the last: of two that are as near, it is the newer one.
  const meant = typeof value === "string" ? nearest(value, values.toReversed()) : undefined;
  const all = values.length === 1 ? `It must be \`${values[0]}\`.` : `One of: ${values.join(", ")}.`;
  return meant === undefined || values.length === 1 ? all : `Did you mean \`${meant}\`? ${all}`;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const limit = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (limit === "at least 1" && (issue.origin === "string" || issue.origin === "array"))
    return issue.origin === "string" ? "more than nothing" : "a list of one or more";
  if (issue.origin === "string") return `${limit} characters long`;
  if (issue.origin === "array") return `a list of ${limit}`;
  return limit;
}

/** The keys that the schema knows at a path. */
function keysAt(path: Path): readonly string[] {
  let schema: unknown = manifestSchema;
  for (const step of path) schema = below(schema, step);
  const object = unwrapped(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function below(schema: unknown, step: string | number): unknown {
  const outer = unwrapped(schema);
  if (outer instanceof z.ZodObject) return (outer.shape as Readonly<Record<string, unknown>>)[step];
  if (outer instanceof z.ZodRecord) return outer.valueType;
  return outer instanceof z.ZodArray ? outer.element : undefined;
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema;
}
