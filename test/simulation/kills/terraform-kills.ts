import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBench } from "../../witness/bench.mjs";
import type { Bench } from "../../witness/bench.mjs";
import { openProxy } from "../../witness/moto/proxy.ts";
import { leftOver } from "../../witness/terraform/estate.ts";
import { findProvider, writeCliConfig } from "../../witness/terraform/provider.ts";
import { asTable } from "./table.ts";

/** What `npm run kills -- --terraform` takes. */
interface TerraformOptions {
  readonly json: boolean;
  /** Kill at so many of its writes, spread evenly; undefined: at every one. */
  readonly points: number | undefined;
  readonly jobs: number;
}

/** The embedded AWS puts there what a manifest without an account refers to. */
const ACCOUNT = "000000000000";
const MANIFEST = "manifests/multi-region-api.yaml";
const HERE = "test/simulation/kills/terraform";
const PROGRAM = "terraform";
/** How many times as fast as the real one the clock of the embedded AWS runs. */
const SPEED = 600;
/** Applied again so often; what it has not finished by then it never will. */
const AGAIN = 2;

/** What a kill after one write has led to. */
interface Point {
  /** Terraform's write with this number had its effect, and the answer was lost with the process. */
  readonly write: number;
  readonly operation: string;
  /** Certificates and health checks beyond those that the configuration says. */
  readonly certificates: number;
  readonly checks: number;
  /** No further apply came to its end. */
  readonly stuck: boolean;
  readonly error: string;
}

interface Applied {
  readonly code: number | null;
  readonly error: string;
  readonly writes: readonly string[];
}

interface Site {
  apply(killAfter?: number): Promise<Applied>;
  counted(): Promise<Counted>;
  close(): Promise<void>;
}

interface Counted {
  readonly certificates: number;
  readonly checks: number;
  readonly domains: number;
}

/** Kills `terraform apply` after each of its writes, applies again with the state file as it lies, and counts what is left over. */
export async function terraformKills({ json, points, jobs }: TerraformOptions): Promise<void> {
  if (spawnSync(PROGRAM, ["version"], { stdio: "ignore" }).error !== undefined)
    throw new Error("terraform is missing: https://developer.hashicorp.com/terraform/install");
  const provider = findProvider();
  if (provider === undefined)
    throw new Error(
      "Terraform's AWS provider is not on this machine: test/witness/terraform/provider.ts says where it may be",
    );
  const folder = await mkdtemp(join(tmpdir(), "signalbox-kills-"));
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const bench = await openBench({ root, folder });
  try {
    const template = await templateIn(bench, folder, provider);
    const whole = await openSite(bench, template, join(folder, "whole"));
    const straight = await whole.apply();
    const wanted = await whole.counted();
    await whole.close();
    if (straight.code !== 0) throw new Error(`terraform apply, without a kill: ${straight.error}`);
    const found: Point[] = [];
    const queue = spread(straight.writes.length, points ?? straight.writes.length).values();
    const next = async (): Promise<void> => {
      for (const write of queue) {
        const point = await killedAfter(bench, template, join(folder, `write-${String(write)}`), write, wanted);
        found.push(point);
        process.stderr.write(`${JSON.stringify(point)}\n`);
      }
    };
    await Promise.all(Array.from({ length: jobs }, next));
    const sorted = found.toSorted((a, b) => a.write - b.write);
    process.stdout.write(
      json ? `${JSON.stringify({ writes: straight.writes, points: sorted }, undefined, 1)}\n` : textOf(sorted),
    );
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** `count` of the numbers from 1 to `last`. */
const spread = (last: number, count: number): readonly number[] => [
  ...new Set(
    Array.from({ length: Math.min(count, last) }, (_each, index) =>
      Math.round(1 + (index * (last - 1)) / Math.max(1, Math.min(count, last) - 1)),
    ),
  ),
];

async function killedAfter(
  bench: Bench,
  template: Template,
  folder: string,
  write: number,
  wanted: Counted,
): Promise<Point> {
  const site = await openSite(bench, template, folder);
  try {
    const { writes } = await site.apply(write);
    let last = await site.apply();
    for (let again = 1; again < AGAIN && last.code !== 0; again++) last = await site.apply();
    const is = await site.counted();
    return {
      write,
      operation: writes[write - 1] ?? "(none)",
      certificates: is.certificates - wanted.certificates,
      checks: is.checks - wanted.checks,
      stuck: last.code !== 0,
      error: last.error,
    };
  } finally {
    await site.close();
  }
}

interface Template {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The configuration, initialised once: every site is a copy of it. */
async function templateIn(bench: Bench, folder: string, provider: string): Promise<Template> {
  const template = join(folder, "template");
  const region = "test/witness/terraform/region";
  await cp(join(bench.root, HERE), template, { recursive: true });
  await cp(join(bench.root, region), join(template, "region"), { recursive: true });
  const config = join(folder, "cli.tfrc");
  await writeCliConfig(config, provider);
  const env = {
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: "local",
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: "1",
    NO_PROXY: "127.0.0.1",
  };
  const ended = await bench.run(PROGRAM, ["init", "-input=false", "-no-color"], { cwd: template, env });
  if (ended.code !== 0) throw new Error(`terraform init (is terraform installed?): ${ended.stdout}${ended.stderr}`);
  return { folder: template, env };
}

/** An embedded AWS of its own, a proxy that counts, and a copy of the configuration without a state. */
async function openSite(bench: Bench, template: Template, folder: string): Promise<Site> {
  await cp(template.folder, folder, { recursive: true, verbatimSymlinks: true });
  const local = await bench.local({ speed: SPEED });
  const prepare = ["local", "prepare", MANIFEST, "--local-state", local.state, "--format", "json"];
  const prepared = await bench.run(process.execPath, [await bench.built(), ...prepare]);
  if (prepared.code !== 0) throw new Error(`signalbox local prepare: ${prepared.stderr}`);
  let seen: (operation: string) => void = () => undefined;
  const proxy = await openProxy({ target: local.url, seen: ({ operation }) => seen(operation) });
  const env = { ...template.env, AWS_ENDPOINT_URL: proxy.url };
  return {
    apply: async (killAfter) => {
      const writes: string[] = [];
      const args = ["apply", "-auto-approve", "-input=false", "-no-color"];
      const child = bench.start(PROGRAM, args, {
        cwd: folder,
        env,
        detached: true,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let complaint = "";
      child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint += text));
      seen = (operation) => {
        if (!isWrite(operation)) return;
        writes.push(operation);
        // The effect is there, and nobody has been told: terraform and its provider are gone before they hear of it.
        if (writes.length === killAfter && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      };
      const code = await child.ended;
      return { code, error: errorIn(complaint), writes };
    },
    counted: async () => countedIn(await leftOver(local.url, ACCOUNT)),
    close: async () => {
      await proxy.close();
      await local.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const isWrite = (operation: string): boolean => !/:(?:Get|List|Describe|Test|AssumeRole)/u.test(operation);

/** What its first error says, without the provider's own details. */
const errorIn = (text: string): string =>
  (text.split("\n").find((line) => line.includes("Error:")) ?? "").replace(/^.*Error: /u, "").replace(/[(:].*$/u, "");

function countedIn(all: Awaited<ReturnType<typeof leftOver>>): Counted {
  const { healthChecks, regions } = all as {
    readonly healthChecks: number;
    readonly regions: readonly { readonly certificates: number; readonly domains: number }[];
  };
  const sum = (of: "certificates" | "domains"): number => regions.reduce((total, each) => total + each[of], 0);
  return { checks: healthChecks, certificates: sum("certificates"), domains: sum("domains") };
}

function textOf(points: readonly Point[]): string {
  const head = ["killed after write", "operation", "certificates too many", "checks too many", "stuck", "why"];
  const rows = points.map((each) => [
    String(each.write),
    each.operation,
    String(each.certificates),
    String(each.checks),
    each.stuck ? "yes" : "",
    each.error,
  ]);
  const bad = points.filter((each) => each.stuck || each.certificates + each.checks > 0).length;
  return `${asTable(head, rows).join("\n")}\n\nTerraform: orphans, duplicates or stuck at ${String(bad)} of ${String(points.length)} points.\n`;
}
