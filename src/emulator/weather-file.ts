import { isMap, isPair, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { modelledOperations } from "../cloud/step.ts";
import { matchesGlob, type Misbehaviour, type Weather } from "./weather.ts";

/** The weather, or what is wrong with the text: a line for each, `file:line:column: …`. */
export type WeatherReading = { readonly weather: Weather } | { readonly problems: readonly string[] };

const count = z.int().min(0);
const globs = z.array(z.string().min(1)).min(1);

const what = z.union([
  z.enum(["throttle", "deny", "lose-request", "lose-answer"]).transform((word): Misbehaviour => ({ do: word })),
  z
    .strictObject({
      fault: z.strictObject({
        code: z.string().min(1),
        message: z.string().default(""),
        status: z.int().min(400).max(599).default(400),
      }),
    })
    .transform(({ fault }): Misbehaviour => ({ do: "fault", fault })),
  z
    .strictObject({ stale: z.strictObject({ seconds: z.number().positive() }) })
    .transform(({ stale }): Misbehaviour => ({ do: "stale", ...stale })),
  z
    .strictObject({ slow: z.strictObject({ milliseconds: z.number().positive() }) })
    .transform(({ slow }): Misbehaviour => ({ do: "slow", ...slow })),
]);

const schema = z.strictObject({
  seed: z
    .union([z.string(), z.number()])
    .transform((seed) => String(seed))
    .default("0"),
  rules: z.array(
    z
      .strictObject({
        services: globs.optional(),
        operations: globs.optional(),
        regions: globs.optional(),
        accounts: z
          .array(z.union([z.string(), z.number()]).transform(accountText))
          .min(1)
          .optional(),
        chance: z.number().min(0).max(1),
        after: count.optional(),
        times: count.optional(),
        do: what,
      })
      .transform(({ do: happens, ...rule }) => ({ ...rule, what: happens })),
  ),
});

const WHAT_TO_DO =
  "`do` is throttle, deny, lose-request, lose-answer, { fault: { code, message, status } }, { stale: { seconds } } or { slow: { milliseconds } }";
const ACCOUNT_DIGITS = 12;

/** Without quotes, an account is a number to YAML, and has lost its zeros. */
function accountText(account: string | number): string {
  return typeof account === "string" ? account : String(account).padStart(ACCOUNT_DIGITS, "0");
}

/** Reads a weather file, YAML or JSON. Never throws on a text. */
export function parseWeather(text: string, file: string): WeatherReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`) };
  const read = schema.safeParse(document.toJS());
  if (!read.success)
    return {
      problems: read.error.issues.map(
        (issue) => `${at(offsetOf(document, issue.path, keyOf(issue)))}: ${placeOf(issue.path)}${wordsOf(issue)}`,
      ),
    };
  const strangers = globsForNothing(read.data);
  if (strangers.length > 0)
    return { problems: strangers.map(({ path, message }) => `${at(offsetOf(document, path))}: ${message}`) };
  return { weather: read.data };
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

const keyOf = (issue: Issue): string | undefined => (issue.code === "unrecognized_keys" ? issue.keys[0] : undefined);

function wordsOf(issue: Issue): string {
  if (issue.path.at(-1) === "do") return WHAT_TO_DO;
  if (issue.code === "unrecognized_keys") return `there is no \`${issue.keys.join("`, `")}\` here`;
  return issue.message;
}

const placeOf = (path: Path): string => (path.length === 0 ? "" : `${path.map(String).join(".")}: `);

/** Where the value stands, or the key below it, or the nearest above that exists. */
function offsetOf(document: Document.Parsed, path: Path, key?: string): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range === undefined) continue;
    const pair = key !== undefined && isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    return (isPair(pair) ? (pair.key as { range?: readonly number[] }).range?.[0] : undefined) ?? node.range[0] ?? 0;
  }
  return document.contents?.range[0] ?? 0;
}

/** A misspelt name would be weather that never comes. */
function globsForNothing(weather: Weather): readonly { readonly path: Path; readonly message: string }[] {
  const known = modelledOperations().map((each) => each.split(":"));
  const kinds = [
    ["services", new Set(known.map(([service = ""]) => service))],
    ["operations", new Set(known.map(([, operation = ""]) => operation))],
  ] as const;
  return weather.rules.flatMap((rule, index) =>
    kinds.flatMap(([kind, names]) =>
      (rule[kind] ?? []).flatMap((glob, place) =>
        [...names].some((name) => matchesGlob(glob, name))
          ? []
          : [{ path: ["rules", index, kind, place], message: `\`${glob}\` is none of the ${kind} that are modelled` }],
      ),
    ),
  );
}
