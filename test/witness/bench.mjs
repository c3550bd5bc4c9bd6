// What every witness stands on: the embedded AWS built from this tree and served, children that end with the run, and
// the counting of checks. A witness's `run(bench)` gets one of these.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { tsImport } from "tsx/esm/api";

/** A server that has not said its address by then never will. */
const START_MS = 30_000;
/** What the model knows to refuse only: keys and bodies of certificates are not modelled. */
export const ONLY_REFUSED = new Set(["acm:GetCertificate", "acm:RenewCertificate"]);
/** How long a child may take to end when it is asked to. */
const END_MS = 3_000;

/**
 * @typedef {object} Heard What one witness said.
 * @property {string} name
 * @property {number} passed
 * @property {string[]} failures
 * @property {Map<string, Set<string>>} operations By client, the operations that it carried out, as `service:Operation`.
 * @property {number} seconds
 */

/** @param {{ root: string, folder: string }} place */
export async function openBench({ root, folder }) {
  const children = new Set();
  /** @type {Heard[]} */
  const all = [];
  let heard = /** @type {Heard | undefined} */ (undefined);
  let program = /** @type {Promise<string> | undefined} */ (undefined);
  let servers = 0;

  /** Starts a program; its process is ended with the bench at the latest. */
  function start(command, args, options = {}) {
    const child = spawn(command, args, { cwd: root, ...options, env: { ...cleanEnv(), ...options.env } });
    const ended = new Promise((resolve) => {
      child.once("close", (code) => resolve(code));
      child.once("error", () => resolve(undefined));
    });
    children.add(child);
    void ended.then(() => children.delete(child));
    return Object.assign(child, { ended });
  }

  /** Runs a program to its end: its exit code and what it wrote. `input` goes to its standard input. */
  async function run(command, args, options = {}) {
    const child = start(command, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => textOf(stream));
    child.stdin.on("error", () => {}).end(options.input ?? "");
    return { code: await child.ended, stdout: await stdout, stderr: await stderr };
  }

  async function end(child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), END_MS);
    await child.ended;
    clearTimeout(force);
  }

  /** Notes the outcome of one check, and prints it. `detail` says why it failed. */
  function check(name, ok, detail = "") {
    if (ok) heard.passed += 1;
    else heard.failures.push(`${name}: ${detail}`);
    process.stdout.write(`${ok ? "ok  " : "FAIL"} ${heard.name}: ${name}${ok ? "" : `\n     ${detail}`}\n`);
    return ok;
  }

  /** Notes that a client has carried out an operation, named `service:Operation`. */
  function exercised(client, operation) {
    const known = heard.operations.get(client) ?? new Set();
    heard.operations.set(client, known.add(operation));
  }

  const note = (text) => process.stdout.write(`     ${heard.name}: ${text}\n`);

  /** The program of this tree, built beside everything else, so that nobody's dist/ is in the way; or WITNESS_PROGRAM. */
  function built() {
    program ??= (async () => {
      if (process.env.WITNESS_PROGRAM) return process.env.WITNESS_PROGRAM;
      const outdir = join(folder, "dist");
      const env = { SIGNALBOX_BUILD_DIR: outdir };
      const { code, stderr } = await run(process.execPath, ["scripts/build.mjs"], { env });
      if (code !== 0) throw new Error(`the build failed: ${stderr}`);
      return join(outdir, "signalbox.js");
    })();
    return program;
  }

  /**
   * Serves an embedded AWS of its own. `speed`: how many times as fast as the real one its clock runs. `throttle`:
   * whether it keeps AWS's request rates.
   */
  async function local({ speed = 1, throttle = false } = {}) {
    const state = join(folder, `state-${(servers += 1)}`);
    await mkdir(state);
    const flags = ["--port", "0", "--speed", String(speed), "--local-state", state, "--format", "json"];
    const child = start(process.execPath, [await built(), "local", ...flags, ...(throttle ? [] : ["--no-throttle"])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const complaint = textOf(child.stderr);
    const url = await addressIn(child).catch(async (error) => {
      await end(child);
      throw new Error(`signalbox local did not start (${error.message}): ${await complaint}`);
    });
    return { url, state, stop: () => end(child) };
  }

  /**
   * Runs a script whose standard output is one JSON value a line: `{"check", "ok", "detail"}`, `{"client",
   * "operation"}` or `{"note"}`. That it runs to its end is a check too.
   */
  async function script(name, command, args, env = {}) {
    const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
    const complaint = textOf(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line);
      if (said.check !== undefined) check(said.check, said.ok, said.detail);
      if (said.operation !== undefined && (said.refused !== true || ONLY_REFUSED.has(said.operation)))
        exercised(said.client, said.operation);
      if (said.note !== undefined) note(said.note);
    }
    const code = await child.ended;
    if (code !== 0) check(`${name} runs to its end`, false, `exit ${code}: ${(await complaint).slice(-2_000)}`);
  }

  /** Every operation of AWS that the product models, as `service:Operation`. */
  async function modelled() {
    const { modelledOperations } = await tsImport("../../src/cloud/step.ts", import.meta.url);
    return modelledOperations().filter((operation) => !operation.startsWith("probe:"));
  }

  /** Fails for every modelled operation that this client has not carried out. */
  async function checkCoverage(client) {
    const done = heard.operations.get(client) ?? new Set();
    const missing = (await modelled()).filter((operation) => !done.has(operation));
    check(`${client} carried out every modelled operation`, missing.length === 0, `not ${missing.join(", ")}`);
  }

  /** Runs one witness and keeps what it says. */
  async function hear(name, witness) {
    heard = { name, passed: 0, failures: [], operations: new Map(), seconds: 0 };
    all.push(heard);
    const from = performance.now();
    try {
      await witness(bench);
    } catch (error) {
      check(
        "the witness runs to its end",
        false,
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    }
    heard.seconds = (performance.now() - from) / 1_000;
  }

  const bench = {
    root,
    folder,
    start,
    run,
    end,
    local,
    built,
    script,
    check,
    note,
    exercised,
    modelled,
    checkCoverage,
    hear,
    table: () => tableOf(all),
    failed: () => all.length === 0 || all.some(({ failures, passed }) => failures.length > 0 || passed === 0),
    close: async () => void (await Promise.all([...children].map(end))),
  };
  return bench;
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
    PYTHONDONTWRITEBYTECODE: "1",
    NO_COLOR: "1",
  };
}

/** What a client needs to talk to an embedded AWS as `account`. */
export function clientEnv(url, account, region = "us-east-1") {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

async function textOf(stream) {
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) text += chunk;
  return text;
}

/** The `url` of the JSON value that a server prints first. */
function addressIn(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    const late = setTimeout(() => reject(new Error(`no address after ${START_MS / 1_000} s`)), START_MS);
    child.once("exit", (code) => reject(new Error(`exit ${code}`)));
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      try {
        resolve(JSON.parse(text).url);
        clearTimeout(late);
      } catch {
        // The value is not complete yet.
      }
    });
  });
}

function tableOf(all) {
  const rows = all.map(({ name, passed, failures, operations, seconds }) => [
    name,
    [...operations].map(([client, done]) => `${done.size} by ${client}`).join(", "),
    String(passed),
    String(failures.length),
    `${seconds.toFixed(0)} s`,
  ]);
  const head = ["witness", "operations", "passed", "failed", "time"];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  const failures = all.flatMap(({ name, failures: failed }) => failed.map((each) => `FAIL ${name}: ${each}`));
  return `\n${[...failures, line(head), ...rows.map(line)].join("\n")}\n`;
}
