import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../bench.mjs";
import { openProxy, type Exchange } from "../moto/proxy.ts";
import { editByHand, leftOver, prepareBalancers } from "./estate.ts";
import { findProvider, writeCliConfig } from "./provider.ts";

const ACCOUNT = "111122223333";
const HERE = "test/witness/terraform";
/** Managed resources in the configuration. */
const RESOURCES = 32;
/** Those of them that `-var=changed=true` changes. */
const CHANGED = 17;
/** Those of site.tf, and how many of them that changes. */
const SITE = { resources: 3, changed: 2 };
/** How a plan with -detailed-exitcode ends. */
const [NOTHING_TO_DO, SOMETHING_TO_DO] = [0, 2] as const;
/** So much of what Terraform says is shown. */
const DETAIL_MAX = 2_000;
const NO_PROVIDER =
  "Terraform's AWS provider (hashicorp/aws 5) is not on this machine: set TF_PROVIDER_AWS to its program, or run `terraform providers mirror ~/.terraform.d/plugins` in test/witness/terraform";

interface Counts {
  readonly add?: number;
  readonly change?: number;
  readonly remove?: number;
}

type Ended = Awaited<ReturnType<Bench["run"]>>;

/** Runs Terraform and checks how it ends; answers what it says that it did, or would do. */
type Terraform = (name: string, args: readonly string[], expected?: number) => Promise<Counts>;

/** What exists before (zone, REST APIs, load balancers) is read as data sources; afterwards nothing else may be left. */
export async function tellAll(bench: Bench): Promise<void> {
  const local = await bench.local({ speed: 600 });
  const flags = ["--local-state", local.state, "--format", "json"];
  const preparing = [await bench.built(), "local", "prepare", `${HERE}/manifest.yaml`, ...flags];
  const prepared = await bench.run(process.execPath, preparing);
  bench.check("signalbox local prepare", prepared.code === 0, prepared.stderr);
  await prepareBalancers(local.url, ACCOUNT);
  const before = await leftOver(local.url, ACCOUNT);

  const exchanges: Exchange[] = [];
  const proxy = await openProxy({ target: local.url, seen: (exchange) => exchanges.push(exchange) });
  try {
    const terraform = await workshop(bench, proxy.url);
    await story(bench, terraform, exchanges, () => editByHand(local.url, ACCOUNT));
  } finally {
    tell(bench, exchanges);
    await proxy.close();
  }

  const [was, is] = [before, await leftOver(local.url, ACCOUNT)].map((each) => JSON.stringify(each));
  bench.check("after the destruction there is what was there before", was === is, `${is}\n     instead of ${was}`);
  await local.stop();
}

/** Makes, changes, sees an edit by hand, and destroys; in between, a plan says what is left to do. */
async function story(
  bench: Bench,
  terraform: Terraform,
  exchanges: readonly Exchange[],
  edit: () => Promise<void>,
): Promise<void> {
  const step = async (name: string, args: readonly string[], expected: Counts): Promise<void> => {
    const from = exchanges.length;
    const started = performance.now();
    const applying = ["apply", "-auto-approve", "-json", "-parallelism=30", ...args];
    const { add, change, remove } = await terraform(name, applying);
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    const [is, wanted] = [{ add, change, remove }, expected].map((each) => JSON.stringify(each));
    bench.check(`${name}: ${wanted}`, is === wanted, is);
    bench.note(`${name}: ${exchanges.length - from} calls in ${seconds} s`);
  };
  const plan = (name: string, code: number, args: readonly string[] = []): Promise<Counts> =>
    terraform(name, ["plan", "-detailed-exitcode", "-json", ...args], code);
  const changed = ["-var=changed=true"];
  await terraform("init", ["init", "-input=false"]);
  await step("made", [], { add: RESOURCES + SITE.resources, change: 0, remove: 0 });
  await plan("a plan of the same is empty", NOTHING_TO_DO);
  await step("changed in place", changed, { add: 0, change: CHANGED + SITE.changed, remove: 0 });
  await plan("a plan of the same change is empty", NOTHING_TO_DO, changed);
  await edit();
  const { change } = await plan("an edit by hand is seen", SOMETHING_TO_DO, changed);
  bench.check("and it is the only difference", change === 1, String(change));
  await step("destroyed", [...changed, "-destroy"], { add: 0, change: 0, remove: RESOURCES + SITE.resources });
}

/** A folder with the configuration, and Terraform in it. */
async function workshop(bench: Bench, endpoint: string): Promise<Terraform> {
  const folder = join(bench.folder, "terraform");
  await mkdir(folder);
  for (const each of ["main.tf", "site.tf", "region"])
    await cp(join(bench.root, HERE, each), join(folder, each), { recursive: true });
  const provider = findProvider();
  if (provider === undefined) throw new Error(NO_PROVIDER);
  const config = join(folder, "cli.tfrc");
  await writeCliConfig(config, provider);
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: "local",
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: "1",
    NO_PROXY: "127.0.0.1",
  };
  return async (name, args, expected = 0) => {
    const ended = await bench.run("terraform", args, { cwd: folder, env });
    const held = bench.check(name, ended.code === expected, complaint(ended));
    if (!held) throw new Error(`terraform ${args[0]} failed; what follows would too`);
    return summary(ended);
  };
}

interface Message {
  readonly "@level": string;
  readonly type: string;
  readonly changes?: Counts;
  readonly diagnostic?: { readonly summary: string; readonly detail: string };
}

const messages = ({ stdout }: Ended): readonly Message[] =>
  stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Message] : []));

const summary = (ended: Ended): Counts =>
  messages(ended).findLast(({ type }) => type === "change_summary")?.changes ?? {};

/** What went wrong, from a run with `-json`; else everything. */
function complaint(ended: Ended): string {
  const errors = messages(ended)
    .filter((each) => each["@level"] === "error")
    .map(({ diagnostic }) => `${diagnostic?.summary ?? ""} ${diagnostic?.detail ?? ""}`);
  const told = errors.length === 0 ? ended.stdout : errors.join("\n");
  return `exit ${ended.code}: ${told}${ended.stderr}`.slice(0, DETAIL_MAX);
}

/** The calls by operation; and nothing may have been asked for that the embedded AWS does not do. */
function tell(bench: Bench, exchanges: readonly Exchange[]): void {
  const counts = new Map<string, number>();
  for (const { operation, status } of exchanges) {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    if (status < 400) bench.exercised("terraform", operation);
  }
  const missing = exchanges.flatMap(({ operation, status }) => (status >= 500 ? [`${operation} ${status}`] : []));
  const what = [...new Set(missing)].join(", ");
  bench.check("every operation that Terraform asks for is there", missing.length === 0, what);
  const rows = [...counts].toSorted(([, a], [, b]) => b - a).map(([operation, count]) => `${count} ${operation}`);
  bench.note(`${exchanges.length} calls: ${rows.join(", ")}`);
}
