import * as z from "zod";
import { nearest } from "../diagnostic/nearest.ts";
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
  for (const issue of whole.error.issues) {
    for (const { finding, path, on } of findings(issue, value)) report(finding, path, on);
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

function findings(issue: Issue, root: unknown): readonly Found[] {
  const path = pathOf(issue);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ finding: unknownKey(key, path), path: [...path, key], on: "key" }));
  }
  const value = valueAt(root, path);
  if (issue.code === "invalid_type" || issue.code === "invalid_value") {
    if (value === undefined) return [{ finding: missing(path), path, on: "key" }];
    if (value === null) return [{ finding: nothing(path), path, on: "key" }];
  }
  return [{ finding: wrong(issue, value, path), path, on: "value" }];
}

function unknownKey(key: string, path: Path): Finding {
  const known = keysAt(path);
  const meant = nearest(key, known);
  const help = meant === undefined ? `Known keys here: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
  return { code: "UNKNOWN_KEY", message: `${displayPath(path)} has no key \`${key}\`.`.replace(/^t/, "T"), help };
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

function wrong(issue: Issue, value: unknown, path: Path): Finding {
  const at = displayPath(path);
  const code = codeFor(path);
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, value, path);
    case "invalid_value":
      return { code, message: `${at} cannot be \`${show(value)}\`.`, help: choice(issue.values.map(String), value) };
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
  const message = `${displayPath(path)} must be ${typeNames[expected] ?? expected}, not ${describe(value)}.`;
  const quotable = expected === "string" && (typeof value === "number" || typeof value === "boolean");
  return { code: "WRONG_TYPE", message, help: quotable ? "Put it in quotes." : undefined };
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

function describe(value: unknown): string {
  if (typeof value === "string") return `the text \`${show(value)}\``;
  if (typeof value === "number" || typeof value === "boolean") return `\`${value}\``;
  return Array.isArray(value) ? "a list" : "a mapping";
}

/** Short and on one line. */
function show(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function choice(values: readonly string[], value: unknown): string {
  const meant = nearest(show(value), values);
  const all = values.length === 1 ? `It must be \`${values[0]}\`.` : `One of: ${values.join(", ")}.`;
  return meant === undefined || values.length === 1 ? all : `Did you mean \`${meant}\`? ${all}`;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const limit = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
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
