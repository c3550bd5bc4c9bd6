import { createHash, createHmac } from "node:crypto";
import { createContext, runInContext, Script, type Context } from "node:vm";
import type { EdgeRun, RunEdgeFunction } from "../cloud/cloudfront/edge-run.ts";
import { EDGE_RUNTIME } from "./edge-runtime.ts";

/** More than enough for what CloudFront lets run for about a millisecond. */
const TIME_MS = 2_000;
const KEY = "__signalbox";

/**
 * Runs the code of a CloudFront function as runtime 2.0 does: its handler may be asynchronous; there is no network, no
 * file, no timer and no code made of text. Node's `vm` is not CloudFront's engine, and no wall against an attacker: it
 * is for functions of one's own.
 */
export const runEdgeFunction: RunEdgeFunction = (source, event) => {
  const context = sandbox();
  try {
    inside(context, new Script(withRequires(source), { filename: "function.js" }));
    const missing = inside(context, "typeof handler") !== "function";
    if (missing) return { error: "ReferenceError: the code has no function 'handler'", logs: told(context).logs };
    inside(context, `${KEY}.run(handler, ${JSON.stringify(JSON.stringify(event))})`);
    return resultOf(told(context));
  } catch (error) {
    return failure(context, error);
  }
};

function sandbox(): Context {
  const context = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: "afterEvaluate",
  });
  const begin = runInContext(EDGE_RUNTIME, context) as (bridge: typeof answer, key: string) => void;
  begin(answer, KEY);
  return context;
}

function inside(context: Context, code: Script | string): unknown {
  const script = typeof code === "string" ? new Script(code) : code;
  return script.runInContext(context, { timeout: TIME_MS });
}

interface Told {
  readonly settled?: boolean;
  readonly returned?: unknown;
  readonly error?: string;
  readonly logs: readonly string[];
}

const told = (context: Context): Told => JSON.parse(String(inside(context, `${KEY}.told()`))) as Told;

function resultOf({ settled, returned, error, logs }: Told): EdgeRun {
  if (error !== undefined) return { error, logs };
  if (settled !== true) return { error: "Error: the handler's promise is never settled", logs };
  return returned === undefined ? { logs } : { returned, logs };
}

/** What was thrown is of the sandbox: it is put into words there. */
function failure(context: Context, error: unknown): EdgeRun {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
    return { error: "Error: the function exceeded the time that it may take", logs: [] };
  }
  if (error instanceof SyntaxError) return { error: `SyntaxError: ${error.message}`, logs: [] };
  try {
    Object.assign(context, { thrown: error });
    inside(context, `${KEY}.failed(thrown)`);
    return resultOf(told(context));
  } catch {
    return { error: "Error: the function could not run", logs: [] };
  }
}

/** Built-in modules may be imported; a script can only require them. */
const withRequires = (source: string): string =>
  source.replace(/^[ \t]*import\s+(\w+)\s+from\s+(['"][a-z]+['"]);?/gmu, "const $1 = require($2);");

/** Source: CloudFront guide "JavaScript runtime 2.0 features for CloudFront Functions" (crypto), checked 2026-11-24. */
// Assumed: that there are no others.
const ALGORITHMS = ["md5", "sha1", "sha256"];
const ENCODINGS = ["utf8", "utf-8", "hex", "base64", "base64url", "latin1"];

/** Answers the sandbox: `=` and a text, or `!` and what is wrong. It takes and gives texts only, and never throws. */
function answer(what: string, ...texts: readonly string[]): string {
  const [first = "", second = "", secret] = texts;
  if (what === "digest") return digest(first, second, secret);
  if (!ENCODINGS.includes(second)) return `!Unknown encoding: ${second}`;
  const [from, to] = what === "decode" ? [second, "latin1"] : ["latin1", second];
  return `=${Buffer.from(first, from as BufferEncoding).toString(to as BufferEncoding)}`;
}

function digest(algorithm: string, data: string, secret: string | undefined): string {
  if (!ALGORITHMS.includes(algorithm)) return `!not supported algorithm: "${algorithm}"`;
  const hash = secret === undefined ? createHash(algorithm) : createHmac(algorithm, Buffer.from(secret, "latin1"));
  return `=${hash.update(Buffer.from(data, "latin1")).digest().toString("latin1")}`;
}
