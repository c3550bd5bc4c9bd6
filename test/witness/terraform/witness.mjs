// Terraform's AWS provider, which others wrote for the real AWS, makes, changes and destroys what Signalbox makes, on
// the embedded AWS. What exists before (zone, REST APIs) it reads as data sources.
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { tsImport } from "tsx/esm/api";
import { clientEnv } from "../bench.mjs";
import { editByHand, leftOver } from "./estate.mjs";
import { findProvider, writeCliConfig } from "./provider.mjs";

export const needs = ["terraform"];

const ACCOUNT = "111122223333";
const HERE = "test/witness/terraform";
/** Managed resources in the configuration. */
const RESOURCES = 26;
/** Those of them that `-var=changed=true` changes. */
const CHANGED = 17;
/** How a plan with -detailed-exitcode ends. */
const [NOTHING_TO_DO, SOMETHING_TO_DO] = [0, 2];
/** So much of what Terraform says is shown. */
const DETAIL_MAX = 2_000;
const NO_PROVIDER =
  "Terraform's AWS provider (hashicorp/aws 5) is not on this machine: set TF_PROVIDER_AWS to its program, or run `terraform providers mirror ~/.terraform.d/plugins` in test/witness/terraform";

/** @param {Awaited<ReturnType<typeof import("../bench.mjs").openBench>>} bench */
export async function run(bench) {
  const local = await bench.local({ speed: 600 });
  const flags = ["--local-state", local.state, "--format", "json"];
  const preparing = [await bench.built(), "local", "prepare", `${HERE}/manifest.yaml`, ...flags];
  const prepared = await bench.run(process.execPath, preparing);
  bench.check("signalbox local prepare", prepared.code === 0, prepared.stderr);
  const before = await leftOver(local.url, ACCOUNT);

  /** @type {import("../moto/proxy.ts").Exchange[]} */
  const exchanges = [];
  const { openProxy } = await tsImport("../moto/proxy.ts", import.meta.url);
  const proxy = await openProxy({ target: local.url, seen: (exchange) => exchanges.push(exchange) });
  try {
    const edit = () => editByHand(local.url, ACCOUNT);
    await story(bench, await workshop(bench, proxy.url), exchanges, edit);
  } finally {
    tell(bench, exchanges);
    await proxy.close();
  }

  const after = await leftOver(local.url, ACCOUNT);
  const [was, is] = [before, after].map((each) => JSON.stringify(each));
  bench.check("after the destruction there is what was there before", was === is, `${is}\n     instead of ${was}`);
  await local.stop();
}

/** Makes, changes, sees an edit by hand, and destroys; after each, a plan says what is left to do. */
async function story(bench, terraform, exchanges, edit) {
  await terraform("init", ["init", "-input=false"]);
  const step = async (name, args, expected) => {
    const from = exchanges.length;
    const started = performance.now();
    const { add, change, remove } = await terraform(name, [
      "apply",
      "-auto-approve",
      "-json",
      "-parallelism=30",
      ...args,
    ]);
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    const [is, wanted] = [{ add, change, remove }, expected].map((each) => JSON.stringify(each));
    bench.check(`${name}: ${wanted}`, is === wanted, is);
    bench.note(`${name}: ${exchanges.length - from} calls in ${seconds} s`);
  };
  const plan = (name, code, args = []) => terraform(name, ["plan", "-detailed-exitcode", "-json", ...args], code);
  const changed = ["-var=changed=true"];
  await step("made", [], { add: RESOURCES, change: 0, remove: 0 });
  await plan("a plan of the same is empty", NOTHING_TO_DO);
  await step("changed in place", changed, { add: 0, change: CHANGED, remove: 0 });
  await plan("a plan of the same change is empty", NOTHING_TO_DO, changed);
  await edit();
  const { change } = await plan("an edit by hand is seen", SOMETHING_TO_DO, changed);
  bench.check("and it is the only difference", change === 1, String(change));
  await step("destroyed", [...changed, "-destroy"], { add: 0, change: 0, remove: RESOURCES });
}

/** A folder with the configuration, and Terraform in it. Answers what a run said that it did. */
async function workshop(bench, endpoint) {
  const folder = join(bench.folder, "terraform");
  await mkdir(folder);
  for (const each of await readdir(join(bench.root, HERE)))
    if (!/\.(mjs|yaml)$/.test(each)) await cp(join(bench.root, HERE, each), join(folder, each), { recursive: true });
  const provider = findProvider();
  if (provider === undefined) throw new Error(NO_PROVIDER);
  const config = join(folder, "cli.tfrc");
  await writeCliConfig(config, provider);
  const env = {
    ...clientEnv(endpoint, ACCOUNT),
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: "1",
    NO_PROXY: "127.0.0.1",
  };
  return async (name, args, expected = 0) => {
    const { code, stdout, stderr } = await bench.run("terraform", args, { cwd: folder, env });
    const ended = bench.check(
      name,
      code === expected,
      `exit ${code}: ${complaints(stdout)}${stderr}`.slice(0, DETAIL_MAX),
    );
    if (!ended) throw new Error(`terraform ${args[0]} failed; what follows would too`);
    return summary(stdout);
  };
}

const messages = (stdout) => stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));

const summary = (stdout) => messages(stdout).findLast(({ type, changes }) => type === "change_summary")?.changes ?? {};

/** What went wrong, from a run with `-json`; else everything. */
function complaints(stdout) {
  const found = messages(stdout).filter((each) => each["@level"] === "error");
  return found.length === 0
    ? stdout
    : found.map(({ diagnostic }) => `${diagnostic?.summary} ${diagnostic?.detail}\n`).join("");
}

/** The calls by operation; and nothing may have been asked for that the embedded AWS does not do. */
function tell(bench, exchanges) {
  const counts = new Map();
  for (const { operation } of exchanges) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  for (const { operation, status } of exchanges) if (status < 400) bench.exercised("terraform", operation);
  const refused = exchanges.filter(({ status }) => status >= 500);
  bench.check(
    "every operation that Terraform asks for is there",
    refused.length === 0,
    [...new Set(refused.map(({ operation, status }) => `${operation} ${status}`))].join(", "),
  );
  const rows = [...counts].toSorted(([, a], [, b]) => b - a).map(([operation, count]) => `${count} ${operation}`);
  bench.note(`${exchanges.length} calls: ${rows.join(", ")}`);
}
