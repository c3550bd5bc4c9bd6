// The AWS CLI as a witness uses it: one call of an operation by AWS's own name, its exit code, its output and its
// error, in a child of its own.
import { clientEnv, ONLY_REFUSED } from "../bench.mjs";

/** `ListHostedZonesByName` as the CLI's sub-command: `list-hosted-zones-by-name`. */
export const subCommand = (operation) =>
  operation.replaceAll(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_all, before, after, acronym) =>
    acronym === undefined ? `${before}-${after}` : `${acronym}-`,
  ).toLowerCase();

const COMMANDS = { tagging: "resourcegroupstaggingapi" };

/** What the CLI ends with when AWS refuses: version 1 has one code for all errors. Source: AWS CLI user guides, "Return codes". */
export async function refusalCode(bench) {
  const { stdout, stderr } = await bench.run("aws", ["--version"]);
  return `${stdout}${stderr}`.startsWith("aws-cli/1") ? 255 : 254;
}

/** An instant as version 1 writes it (seconds) or version 2 (ISO 8601), in milliseconds. */
export const instant = (shown) => (typeof shown === "number" ? shown * 1_000 : Date.parse(shown));

/** The CLI as one account. `refusal`: its exit code when AWS refuses. */
export function awsCli(bench, { url, refusal }, account, region = "us-east-1") {
  const env = { ...clientEnv(url, account, region), AWS_PAGER: "", AWS_MAX_ATTEMPTS: "1", AWS_RETRY_MODE: "standard" };

  const raw = (args) => bench.run("aws", args, { env });

  function invoke(operation, args) {
    const [service, name] = operation.split(":");
    const command = COMMANDS[service] ?? service;
    return raw([command, subCommand(name), "--output", "json", ...args.map(text)]);
  }

  /** Carries out an operation (`service:Operation`): its output, parsed. Undefined, and a failed check, when it is refused. */
  async function ok(operation, ...args) {
    const { code, stdout, stderr } = await invoke(operation, args);
    const done = bench.check(`${operation.split(":")[1]} ${summary(args)}`, code === 0, `exit ${code}: ${stderr.trim()}`);
    if (!done) return undefined;
    bench.exercised("aws-cli", operation);
    return stdout.trim() === "" ? {} : JSON.parse(stdout);
  }

  /** The operation is refused with this code, as the CLI tells it. */
  async function refused(operation, code, ...args) {
    const result = await invoke(operation, args);
    const name = operation.split(":")[1];
    const words = new RegExp(`An error occurred \\(${code}\\) when calling the ${name} operation(?: \\(reached max retries: \\d+\\))?: .`);
    const right = result.code === refusal && words.test(result.stderr);
    bench.check(`${name} is refused as ${code}`, right, `exit ${result.code}: ${result.stderr.trim()}`);
    if (right && ONLY_REFUSED.has(operation)) bench.exercised("aws-cli", operation);
  }

  /** `aws SERVICE wait WAITER`: whether it came to its end. */
  async function waits(service, waiter, ...args) {
    const { code, stderr } = await raw([service, "wait", waiter, ...args]);
    bench.check(`wait ${waiter}`, code === 0, `exit ${code}: ${stderr.trim()}`);
  }

  return { ok, refused, waits, invoke };
}

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
const summary = (args) => args.map(text).join(" ").slice(0, 60).trim();
