// Holds the embedded AWS against clients that others wrote: the AWS CLI, boto3, Terraform, moto. What each of them says
// is a check; `node scripts/witness.mjs` runs all, `node scripts/witness.mjs boto3 aws-cli` those that are named.
// test/witness/README.md tells what each needs.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBench } from "../test/witness/bench.mjs";

/**
 * Every witness: a module that exports `needs` (programs, see NEEDS) and `run(bench)`, see test/witness/bench.mjs.
 * They are heard one after the other.
 */
const WITNESSES = [
  { name: "round-trip", load: () => import("../test/witness/round-trip/witness.mjs") },
  { name: "boto3", load: () => import("../test/witness/boto3/witness.mjs") },
  { name: "aws-cli", load: () => import("../test/witness/aws-cli/witness.mjs") },
  { name: "terraform", load: () => import("../test/witness/terraform/witness.mjs") },
  { name: "moto", load: () => import("../test/witness/moto/witness.mjs") },
];

/**
 * What a witness may need, how to see whether it is there, and how to get it.
 * @type {Readonly<Record<string, { try: readonly string[], install: string }>>}
 */
const NEEDS = {
  python3: { try: ["python3", "--version"], install: "https://www.python.org/downloads/" },
  boto3: { try: ["python3", "-c", "import boto3"], install: "python3 -m pip install boto3" },
  "aws-cli": {
    try: ["aws", "--version"],
    install:
      "python3 -m pip install awscli, or https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  },
  terraform: {
    try: ["terraform", "version"],
    install:
      "https://developer.hashicorp.com/terraform/install, and its AWS provider, see test/witness/terraform/provider.ts",
  },
  moto: {
    try: ["python3", "-c", "import moto.server"],
    install: 'python3 -m pip install "moto[server,acm,apigateway,route53,resourcegroupstaggingapi]"',
  },
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} names */
async function main(names) {
  const unknown = names.filter((name) => !WITNESSES.some((witness) => witness.name === name));
  if (unknown.length > 0)
    return fail(`no such witness: ${unknown.join(", ")}`, `There are ${WITNESSES.map(({ name }) => name).join(", ")}.`);
  const asked = WITNESSES.filter(({ name }) => names.length === 0 || names.includes(name));
  const witnesses = await Promise.all(asked.map(async ({ name, load }) => ({ name, ...(await load()) })));
  const missing = [...new Set(witnesses.flatMap(({ needs }) => needs))].filter((need) => !isThere(NEEDS[need]));
  if (missing.length > 0)
    return fail(...missing.map((need) => `${need} is missing. Install it: ${NEEDS[need]?.install}`));

  const folder = await mkdtemp(join(tmpdir(), "signalbox-witness-"));
  const bench = await openBench({ root, folder });
  const tidy = async () => {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  };
  const stop = () => void tidy().finally(() => process.exit(130));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    for (const { name, run } of witnesses) await bench.hear(name, () => run(bench));
  } finally {
    await tidy();
  }
  process.stdout.write(bench.table());
  return bench.failed() ? 1 : 0;
}

/** @param {{ try: readonly string[] } | undefined} need */
function isThere(need) {
  const [command = "", ...args] = need?.try ?? [];
  const { status, error } = spawnSync(command, args, { stdio: "ignore" });
  return error === undefined && status === 0;
}

/** @param {string[]} lines */
function fail(...lines) {
  process.stderr.write(lines.map((line) => `witness: ${line}\n`).join(""));
  return 1;
}
