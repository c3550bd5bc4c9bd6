// The whole way of a manifest on the embedded AWS, with nothing set up and nothing left behind: make it so, see that
// nothing is left to do, and see what clients near several Regions are answered, in good times and in bad.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, "dist/signalbox.js");
const library = join(root, "dist/index.js");
const manifest = "manifests/multi-region-api.yaml";
const clients = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "sa-east-1"];

if (!existsSync(program) || !existsSync(library)) run("building", [join(root, "scripts/build.mjs")], 0);

const folder = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
const state = join(folder, "state.json");
try {
  await demo();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function demo() {
  const reconcile = [program, "reconcile", manifest, "--local", "--local-state", state, "--yes"];
  say(
    "One API in two AWS Regions behind one name, on the embedded AWS: no account is needed, and its time is simulated.",
    `$ signalbox reconcile ${manifest} --local --yes`,
  );
  run("reconcile", reconcile, 0);
  say(
    "Once more. What is there is as the manifest says, so nothing is written:",
    `$ signalbox reconcile ${manifest} --local --yes`,
  );
  run("reconcile", reconcile, 0);

  const built = new URL("../dist/index.js", import.meta.url).href;
  const { answersFrom, answersText, plainStyler } = /** @type {typeof import("../src/index.ts")} */ (
    await import(built)
  );
  /** @param {readonly string[]} failed Regions whose API has stopped answering. */
  const show = (failed) =>
    process.stdout.write(`${answersText(answersFrom(state, { clients, failed }), plainStyler)}\n`);
  say("What clients are answered, by where they are:");
  show([]);
  say("And when the API in us-east-1 stops answering its health check:");
  show(["us-east-1"]);
  say("All of it was in a temporary folder, which is gone now.");
}

/** @param {string[]} lines */
function say(...lines) {
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}

/**
 * Runs Node with these arguments in the repository, its output ours.
 * @param {string} what
 * @param {readonly string[]} args
 * @param {number} expected
 */
function run(what, args, expected) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status !== expected) throw new Error(`${what} ended with ${status}`);
}
