// What every witness stands on: the embedded AWS built from this tree and served, children that end with the run, and
// the counting of checks. A witness's `run(bench)` gets one of these.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { tsImport } from "tsx/esm/api";

/** A server that has not said its address by then never will. */
const START_MS = 30_000;
/** How long a child may take to end when it is asked to. */
const END_MS = 3_000;
const DETAIL_MAX = 2_000;
/** What the model knows to refuse only: keys and bodies of certificates are not modelled. */
const ONLY_REFUSED = new Set(["acm:GetCertificate", "acm:RenewCertificate"]);

/**
 * @typedef {Awaited<ReturnType<typeof openBench>>} Bench
 * @typedef {import("node:child_process").ChildProcess & { ended: Promise<number | null> }} Child
 * @typedef {{ name: string, passed: number, failures: string[], operations: Map<string, Set<string>>, seconds: number }} Heard
 *   What one witness said; `operations`: by client, those that it carried out, as `service:Operation`.
 * @typedef {{ check?: string, ok?: boolean, detail?: string, client?: string, operation?: string, refused?: boolean, note?: string }} Said
 *   One line of a Python witness, see python/witness.py.
 */

/** @param {{ root: string, folder: string }} place The repository, and a folder of this run's own. */
export async function openBench({ root, folder }) {
  /** @type {Set<Child>} */
  const children = new Set();
  /** @type {Heard[]} */
  const all = [];
  /** @type {Promise<string> | undefined} */
  let program;
  let servers = 0;

  /**
   * Starts a program; its process is ended with the bench at the latest.
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import("node:child_process").SpawnOptions} [options]
   * @returns {Child}
   */
  function start(command, args, options = {}) {
    const child = spawn(command, args, { cwd: root, ...options, env: { ...cleanEnv(), ...options.env } });
    /** @type {Promise<number | null>} */
    const ended = new Promise((resolve) => {
      child.once("close", resolve);
      child.once("error", () => resolve(null));
    });
    const started = Object.assign(child, { ended });
    children.add(started);
    void ended.then(() => children.delete(started));
    return started;
  }

  /**
   * Runs a program to its end: its exit code and what it wrote. `input` goes to its standard input.
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import("node:child_process").SpawnOptions & { input?: string }} [options]
   */
  async function run(command, args, options = {}) {
    const child = start(command, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    child.stdin?.on("error", () => {}).end(options.input ?? "");
    return { code: await child.ended, stdout: await stdout, stderr: await stderr };
  }

  /** @param {Child} child */
  async function end(child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), END_MS);
    await child.ended;
    clearTimeout(force);
  }

  const current = () => {
    const heard = all.at(-1);
    if (heard === undefined) throw new Error("no witness is being heard");
    return heard;
  };

  /**
   * Notes the outcome of one check, and prints it. `detail` says why it failed.
   * @param {string} name
   * @param {boolean} ok
   * @param {string} [detail]
   */
  function check(name, ok, detail = "") {
    const heard = current();
    if (ok) heard.passed += 1;
    else heard.failures.push(`${name}: ${detail}`);
    process.stdout.write(`${ok ? "ok  " : "FAIL"} ${heard.name}: ${name}${ok ? "" : `\n     ${detail}`}\n`);
    return ok;
  }

  /**
   * Notes that a client has carried out an operation, named `service:Operation`.
   * @param {string} client
   * @param {string} operation
   */
  function exercised(client, operation) {
    const { operations } = current();
    operations.set(client, (operations.get(client) ?? new Set()).add(operation));
  }

  /** @param {string} text */
  const note = (text) => void process.stdout.write(`     ${current().name}: ${text}\n`);

  /** The program of this tree, built beside everything else, so that nobody's dist/ is in the way; or WITNESS_PROGRAM. */
  function built() {
    program ??= (async () => {
      if (process.env["WITNESS_PROGRAM"]) return process.env["WITNESS_PROGRAM"];
      const outdir = join(folder, "dist");
      const { code, stderr } = await run(process.execPath, ["scripts/build.mjs"], {
        env: { SIGNALBOX_BUILD_DIR: outdir },
      });
      if (code !== 0) throw new Error(`the build failed: ${stderr}`);
      return join(outdir, "signalbox.js");
    })();
    return program;
  }

  /**
   * Serves an embedded AWS of its own. `speed`: how many times as fast as the real one its clock runs. `throttle`:
   * whether it keeps AWS's request rates.
   * @param {{ speed?: number, throttle?: boolean }} [how]
   */
  async function local({ speed = 1, throttle = false } = {}) {
    const state = join(folder, `state-${(servers += 1)}`);
    await mkdir(state);
    const flags = ["--port", "0", "--speed", String(speed), "--local-state", state, "--format", "json"];
    const child = start(process.execPath, [await built(), "local", ...flags, ...(throttle ? [] : ["--no-throttle"])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const complaint = textOf(child.stderr);
    const url = await addressIn(child).catch(async (/** @type {Error} */ error) => {
      await end(child);
      throw new Error(`signalbox local did not start (${error.message}): ${await complaint}`);
    });
    return { url, state, stop: () => end(child) };
  }

  /**
   * Runs a Python witness, which says its checks as python/witness.py does. That it runs to its end is a check too.
   * @param {string} path From the repository's root.
   * @param {string[]} args
   */
  async function python(path, ...args) {
    const env = { PYTHONPATH: join(root, "test/witness/python"), PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" };
    const child = start("python3", [path, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
    if (child.stdout === null) throw new Error("no standard output");
    const complaint = textOf(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      const {
        check: name,
        ok,
        detail,
        client,
        operation,
        refused,
        note: text,
      } = /** @type {Said} */ (JSON.parse(line));
      if (name !== undefined) check(name, ok === true, detail);
      if (client !== undefined && operation !== undefined && (refused !== true || ONLY_REFUSED.has(operation)))
        exercised(client, operation);
      if (text !== undefined) note(text);
    }
    const code = await child.ended;
    if (code !== 0) check(`${path} runs to its end`, false, `exit ${code}: ${(await complaint).slice(-DETAIL_MAX)}`);
  }

  /** Every operation of AWS that the product models, as `service:Operation`. */
  async function modelled() {
    const model = /** @type {typeof import("../../src/cloud/step.ts")} */ (
      await tsImport("../../src/cloud/step.ts", import.meta.url)
    );
    return model.modelledOperations().filter((operation) => !operation.startsWith("probe:"));
  }

  /**
   * Fails for every modelled operation that this client has not carried out.
   * @param {string} client
   */
  async function checkCoverage(client) {
    const done = current().operations.get(client) ?? new Set();
    const missing = (await modelled()).filter((operation) => !done.has(operation));
    check(`${client} carried out every modelled operation`, missing.length === 0, `not ${missing.join(", ")}`);
  }

  /**
   * Runs one witness and keeps what it says.
   * @param {string} name
   * @param {() => Promise<void>} witness
   */
  async function hear(name, witness) {
    /** @type {Heard} */
    const heard = { name, passed: 0, failures: [], operations: new Map(), seconds: 0 };
    all.push(heard);
    const from = performance.now();
    try {
      await witness();
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      check("the witness runs to its end", false, detail);
    }
    heard.seconds = (performance.now() - from) / 1_000;
  }

  return {
    root,
    folder,
    start,
    run,
    end,
    local,
    built,
    python,
    check,
    note,
    exercised,
    checkCoverage,
    hear,
    table: () => tableOf(all),
    failed: () => all.length === 0 || all.some(({ failures, passed }) => failures.length > 0 || passed === 0),
    close: async () => void (await Promise.all([...children].map(end))),
  };
}

/** The environment without what would lead a client elsewhere: other endpoints, profiles, Regions and keys. */
function cleanEnv() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|BOTO|SIGNALBOX|TF)_/.test(name));
  const nowhere = join("/", "nonexistent");
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: "true",
    NO_COLOR: "1",
  };
}

/** @param {import("node:stream").Readable | null} stream */
async function textOf(stream) {
  let text = "";
  if (stream === null) return text;
  for await (const chunk of /** @type {AsyncIterable<string>} */ (stream.setEncoding("utf8"))) text += chunk;
  return text;
}

/**
 * The `url` of the JSON value that a server prints first.
 * @param {Child} child
 * @returns {Promise<string>}
 */
function addressIn(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error(`no address after ${START_MS / 1_000} s`)), START_MS);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`exit ${code}`));
    });
    child.stdout?.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      text += chunk;
      const url = urlIn(text);
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
  });
}

/**
 * Undefined: the value is not complete yet.
 * @param {string} text
 */
function urlIn(text) {
  try {
    return /** @type {{ url: string }} */ (JSON.parse(text)).url;
  } catch {
    return undefined;
  }
}

/** @param {readonly Heard[]} all */
function tableOf(all) {
  const rows = all.map(({ name, passed, failures, operations, seconds }) => [
    name,
    [...operations].map(([client, done]) => `${done.size} by ${client}`).join(", "),
    String(passed),
    String(failures.length),
    `${seconds.toFixed(0)} s`,
  ]);
  const head = ["witness", "operations", "passed", "failed", "time"];
  const widths = head.map((_title, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return cells.join("  ").trimEnd();
  });
  const failures = all.flatMap(({ name, failures: failed }) => failed.map((each) => `FAIL ${name}: ${each}`));
  return `\n${[...failures, ...lines].join("\n")}\n`;
}
